/* What the agent puts where nothing, or nothing more, may be written. */
#ifndef TESTS_SOAK_SOAK_SENTINELS_H
#define TESTS_SOAK_SOAK_SENTINELS_H

enum {
    SOAK_FILL = 0xa5, /* every byte of an output buffer, and of the guard behind it */
    SOAK_RETURNED = 0x5eed,
    SOAK_LAST_ERROR = 0x3039,
    SOAK_INTERNAL = 0x7777, /* OVERLAPPED.Internal */
};

#endif
