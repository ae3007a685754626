/* What the agent puts in places that a request may leave alone; known to it and to the tests. */
#ifndef TESTS_BED_AGENT_SENTINELS_H
#define TESTS_BED_AGENT_SENTINELS_H

enum {
    AGENT_INPUT_MAX = 1024,
    AGENT_OUTPUT_MAX = 0x11000,
    AGENT_GUARD = 32,         /* bytes in front of the output buffer, and again behind it */
    AGENT_FILL = 0xa5,        /* every byte of the output buffer and its guards */
    AGENT_LAST_ERROR = 24301, /* no Windows error */
    AGENT_FINAL_NOT_ASKED = 2,
};

#define AGENT_RETURNED 0xccccccccu

#endif
