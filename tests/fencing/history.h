/* What happened in a leg, and whether it may have happened. See fencing.c for the rules. */
#ifndef TESTS_FENCING_HISTORY_H
#define TESTS_FENCING_HISTORY_H

#include "fencing_nodes.h"

enum { CHANGES_MAX = 4096, PROBLEM_KINDS = 16 };

/* What a node may do at some time. */
enum power { POWER_MAY, POWER_MAY_NOT, POWER_EITHER, POWERS };

/* How a request ended. */
enum outcome { OUTCOME_DONE, OUTCOME_BUSY, OUTCOME_OTHER, OUTCOMES };

struct log {
    uint32_t count;
    struct fencing_record *records; /* by time */
};

struct history {
    struct fencing_change changes[CHANGES_MAX];
    int change_count;
    struct log logs[NODE_COUNT][LOGS];
    uint64_t before[DISK_SECTORS]; /* each sector's sequence number when the leg began */
    uint64_t found[DISK_SECTORS];  /* and when it had ended */
    int problems;                  /* found so far */
    struct {
        const char *what; /* one of history.c's */
        uint64_t count;
    } kinds[PROBLEM_KINDS];
    uint64_t writes[POWERS][OUTCOMES], reads[POWERS][OUTCOMES];
    uint64_t ways[WAYS]; /* requests of each */
    uint64_t fresh;      /* sectors read and found to be what they had to be */
    uint64_t compared;   /* sectors of the disk, likewise */
    uint64_t all_changes;
};

/* Takes the records of a node's leg from its file, which is removed. */
bool history_load(struct history *history, int node, const char *path);

/* Says what may not have happened, and counts it in history->problems. Then `before` is ready for
 * the next leg, whose changes and logs replace these. */
void history_judge(struct history *history);

void history_print_counts(const struct history *history);

#endif
