/* Where the suite runs: the system, the disk, what the user has agreed to, and what cannot be done
 * here and why. Filled once before the first case, only read afterwards. */
#ifndef CONFORMANCE_ENVIRONMENT_H
#define CONFORMANCE_ENVIRONMENT_H

#include <stdbool.h>
#include <stdint.h>

/* What answers DeviceIoControl. A bit each, so that tables can name several. */
enum platform {
    ON_WINDOWS = 1,
    ON_WINDOWS_BEFORE_8 = 2, /* with ON_WINDOWS: 6.1 and older */
    ON_WINE = 4,             /* without Holdfast */
    ON_HOLDFAST = 8,
    ON_REACTOS = 16,
    EVERYWHERE = 31,
};

/* What a case may need. One table: the constants, and the reason that a skipped case is given where
 * the suite knows no better one. */
#define NEEDS_TABLE(X)                                                      \
    X(CONSENT, "changes reservations: say --reserve")                       \
    X(CODES, "this system does not have the control codes")                 \
    X(PR, "the disk has no persistent reservations")                        \
    X(NO_PR, "the disk has persistent reservations")                        \
    X(LEGACY, "the disk has no RESERVE and RELEASE")                        \
    X(NO_LEGACY, "the disk has RESERVE and RELEASE")                        \
    X(BOTH_NODES, "needs a second initiator: --other or --peer")            \
    X(PASS_THROUGH, "SCSI pass-through does not work on this disk here")    \
    X(DATA, "writes to the disk: say --data-loss")                          \
    X(RAW, "ReadFile does not work on this disk here")                      \
    X(BUS_RESET, "resets the whole bus, other disks' too: say --bus-reset") \
    X(BREAK, "this system or disk cannot reset a logical unit")             \
    X(APTPL, "the disk does not keep registrations through a power loss")

enum need_index {
#define X(name, reason) NEED_##name,
    NEEDS_TABLE(X)
#undef X
        NEED_COUNT
};

enum need {
#define X(name, reason) NEEDS_##name = 1u << NEED_##name,
    NEEDS_TABLE(X)
#undef X
};

enum { REASON_MAX = 200 };

struct disk_identity {
    char vendor[9], product[17], revision[5]; /* INQUIRY's, without trailing blanks */
    char serial[64];                          /* VPD page 80h, or the storage property's */
    char designator[64]; /* VPD page 83h of the logical unit, hexadecimal; NAA before EUI-64 */
    uint32_t block_size; /* bytes */
    uint64_t blocks;
};

struct environment {
    uint32_t platform; /* ON_ bits that hold */
    char system[128];  /* "Windows 10.0.19045", "Wine 8.0 with Holdfast 0.1.0" */
    char adapter[128]; /* bus type and driver, where the system tells */
    struct disk_identity disk;
    uint64_t key_base;   /* of this run: the suite's mark, a random number, 16 bits of 0 */
    uint32_t work_block; /* the first of WORK_BLOCKS blocks that data cases may write to */
    bool can[NEED_COUNT];
    char reason[NEED_COUNT][REASON_MAX]; /* why not, where !can */
};

enum { WORK_BLOCKS = 16 };

/* The first reason why `needs` are not met, or NULL. */
const char *environment_lacks(const struct environment *environment, uint32_t needs);

#endif
