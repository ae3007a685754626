#include "history.h"

#include <inttypes.h>
#include <ntddstor/reservation.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { ERROR_BUSY = 170, SHOWN_OF_EACH = 3, MICROSECOND = 10 };

static bool load_log(FILE *file, struct log *log)
{
    free(log->records);
    log->records = NULL;
    if (fread(&log->count, sizeof(log->count), 1, file) != 1)
        return false;
    log->records = calloc((size_t)log->count + 1, sizeof(*log->records));
    return log->records &&
           fread(log->records, sizeof(*log->records), log->count, file) == log->count;
}

bool history_load(struct history *history, int node, const char *path)
{
    FILE *file = fopen(path, "rb");
    bool good = file != NULL;

    for (int i = 0; good && i < LOGS; i++)
        good = load_log(file, &history->logs[node][i]);
    if (file)
        fclose(file);
    unlink(path);
    if (!good)
        fprintf(stderr, "fencing: the records of node %d cannot be read\n", node + 1);
    return good;
}

static void describe_change(const struct history *history, int i, uint64_t from)
{
    const struct fencing_change *change;

    if (i < 0 || i >= history->change_count)
        return;
    change = &history->changes[i];
    printf("    node %d took a reservation of type %d: registered from %" PRId64
           ", preempted from %" PRId64 " to %" PRId64 "\n",
           change->node + 1, change->type, (int64_t)(change->register_begin - from) / MICROSECOND,
           (int64_t)(change->preempt_begin - from) / MICROSECOND,
           (int64_t)(change->end - from) / MICROSECOND);
}

/* The last change that was over at this time; before the first nobody asks. */
static int change_before(const struct history *history, uint64_t time)
{
    int low = 0, high = history->change_count - 1;

    while (low < high) {
        const int middle = (low + high + 1) / 2;

        if (history->changes[middle].end <= time)
            low = middle;
        else
            high = middle - 1;
    }
    return low;
}

/* Returns true where it is to be shown. */
static bool is_problem(struct history *history, const char *what)
{
    int kind = 0;

    while (history->kinds[kind].what && history->kinds[kind].what != what)
        kind++;
    history->kinds[kind].what = what;
    history->problems++;
    if (++history->kinds[kind].count > SHOWN_OF_EACH)
        return false;
    printf("FAILED: %s\n", what);
    return true;
}

static void show(const struct history *history, const struct fencing_record *record, int node,
                 int number)
{
    const int last = change_before(history, record->begin);

    printf("    node %d thread %d, sequence %" PRIu64 ", sectors %" PRIu32 "+%" PRIu32
           "%s%s, error %" PRIu32 ", took %" PRId64 " us; in microseconds from its begin:\n",
           node + 1, number, record->sequence, record->first, record->count,
           record->way & WAY_OVERLAPPED ? ", overlapped" : "", record->way & WAY_ODD ? ", odd" : "",
           record->error, (int64_t)(record->end - record->begin) / MICROSECOND);
    for (int i = last - 1; i <= last + 1; i++)
        describe_change(history, i, record->begin);
}

static bool keeps_readers_out(uint8_t type)
{
    return type == RESERVATION_TYPE_EXCLUSIVE || type == RESERVATION_TYPE_EXCLUSIVE_REGISTRANTS;
}

/* Who was preempted may again from the begin of its next REGISTER on, not only from its own PREEMPT
 * on: in the types for all registrants that is so. */
static enum power power_of(const struct history *history, int node,
                           const struct fencing_record *record, bool is_read)
{
    const int last = change_before(history, record->begin);
    const struct fencing_change *change = &history->changes[last], *next = change + 1;
    const bool is_holder = change->node == node;
    const bool has_next = last + 1 < history->change_count;

    if (has_next && (is_holder ? next->preempt_begin : next->register_begin) < record->end)
        return POWER_EITHER;
    return is_holder || (is_read && !keeps_readers_out(change->type)) ? POWER_MAY : POWER_MAY_NOT;
}

static enum outcome outcome_of(const struct fencing_record *record)
{
    return record->error == 0            ? OUTCOME_DONE
           : record->error == ERROR_BUSY ? OUTCOME_BUSY
                                         : OUTCOME_OTHER;
}

static void judge_outcome(struct history *history, const struct fencing_record *record, int node,
                          int number, bool is_first_of_read)
{
    static const char *const words[POWERS][OUTCOMES] = {
        [POWER_MAY] = {NULL, "ERROR_BUSY for a node that had the right", "an error for no reason"},
        [POWER_MAY_NOT] = {"done, and the node had lost the reservation", NULL,
                           "another error than ERROR_BUSY for a node without the right"},
        [POWER_EITHER] = {NULL, NULL, "another error than ERROR_BUSY in a change of hands"},
    };
    const bool is_read = number == WRITERS;
    const enum power power = power_of(history, node, record, is_read);
    const enum outcome outcome = outcome_of(record);
    const char *problem = words[power][outcome];

    if (is_first_of_read) {
        (is_read ? history->reads : history->writes)[power][outcome]++;
        history->ways[record->way % WAYS]++;
    }
    if (problem && is_problem(history, problem))
        show(history, record, node, number);
}

static bool covers(const struct fencing_record *write, uint32_t sector)
{
    return sector >= write->first && sector - write->first < write->count;
}

/* Index of the first write that ended after `time`, or the count. */
static uint32_t first_after(const struct log *log, uint64_t time)
{
    uint32_t low = 0, high = log->count;

    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;

        if (log->records[middle].end > time)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

/* A read gives the last write that was done when it began, or one that was under way meanwhile. */
static bool is_fresh(const struct history *history, const struct fencing_record *read,
                     uint64_t *due)
{
    const uint32_t region = read->first / REGION_SECTORS;
    const struct log *log = &history->logs[region / WRITERS][region % WRITERS];
    const uint32_t after = first_after(log, read->begin);

    for (uint32_t i = after; i < log->count && log->records[i].begin < read->end; i++)
        if (!log->records[i].error && covers(&log->records[i], read->first) &&
            (read->sequence == log->records[i].sequence || read->sequence == 0))
            return true; /* 0: half of each, as no disk promises more of two requests at once */
    *due = history->before[read->first];
    for (uint32_t i = after; i-- > 0;) {
        if (!log->records[i].error && covers(&log->records[i], read->first)) {
            *due = log->records[i].sequence;
            break;
        }
    }
    return read->sequence == *due;
}

static void judge_read(struct history *history, const struct fencing_record *read, int node)
{
    uint64_t due = 0;

    if (read->error)
        return;
    if (is_fresh(history, read, &due)) {
        history->fresh++;
    } else if (is_problem(history, "data that are not the last that were written")) {
        printf("    expected sequence %" PRIu64 ", read:\n", due);
        show(history, read, node, WRITERS);
    }
}

static void explain_found(const struct history *history, uint32_t sector, uint64_t due)
{
    const uint32_t region = sector / REGION_SECTORS;
    const int node = (int)region / WRITERS, number = (int)region % WRITERS;
    const struct log *log = &history->logs[node][number];

    printf("    sector %" PRIu32 " has sequence %" PRIu64 ", expected %" PRIu64 "\n", sector,
           history->found[sector], due);
    for (uint32_t i = 0; i < log->count; i++)
        if (log->records[i].sequence == history->found[sector] || log->records[i].sequence == due)
            show(history, &log->records[i], node, number);
}

static void judge_disk(struct history *history)
{
    uint64_t *due = history->before;

    for (uint32_t region = 0; region < REGIONS; region++) {
        const struct log *log = &history->logs[region / WRITERS][region % WRITERS];

        for (uint32_t i = 0; i < log->count; i++)
            for (uint32_t j = 0; !log->records[i].error && j < log->records[i].count; j++)
                due[log->records[i].first + j] = log->records[i].sequence;
    }
    for (uint32_t i = 0; i < DISK_SECTORS; i++) {
        if (history->found[i] == due[i])
            history->compared++;
        else if (is_problem(history, history->found[i] > due[i]
                                         ? "a write that was not reported done is on the disk"
                                         : "a write that was reported done is missing"))
            explain_found(history, i, due[i]);
    }
    memcpy(history->before, history->found, sizeof(history->before));
}

void history_judge(struct history *history)
{
    for (int node = 0; node < NODE_COUNT; node++) {
        for (int number = 0; number < LOGS; number++) {
            const struct log *log = &history->logs[node][number];

            for (uint32_t i = 0; i < log->count; i++) {
                const struct fencing_record *record = &log->records[i];

                judge_outcome(history, record, node, number,
                              number < WRITERS || i == 0 || record->begin != record[-1].begin);
                if (number == WRITERS)
                    judge_read(history, record, node);
            }
        }
    }
    judge_disk(history);
    history->all_changes += (uint64_t)history->change_count;
}

static void print_kind(const char *name, const uint64_t counts[POWERS][OUTCOMES])
{
    printf("%s: with the right %" PRIu64 " done; without it %" PRIu64
           " ERROR_BUSY; in a change of hands %" PRIu64 " done, %" PRIu64 " ERROR_BUSY\n",
           name, counts[POWER_MAY][OUTCOME_DONE], counts[POWER_MAY_NOT][OUTCOME_BUSY],
           counts[POWER_EITHER][OUTCOME_DONE], counts[POWER_EITHER][OUTCOME_BUSY]);
}

void history_print_counts(const struct history *history)
{
    print_kind("writes", history->writes);
    print_kind("reads", history->reads);
    printf("synchronous %" PRIu64 " and overlapped %" PRIu64 "; from odd buffers %" PRIu64
           " and %" PRIu64 "\n",
           history->ways[0] + history->ways[WAY_ODD],
           history->ways[WAY_OVERLAPPED] + history->ways[WAY_OVERLAPPED | WAY_ODD],
           history->ways[WAY_ODD], history->ways[WAY_OVERLAPPED | WAY_ODD]);
    printf("changes of hands %" PRIu64 "; sectors read and fresh %" PRIu64
           ", sectors of the disk compared %" PRIu64 "; problems %d\n",
           history->all_changes, history->fresh, history->compared, history->problems);
    for (int i = 0; i < PROBLEM_KINDS && history->kinds[i].what; i++)
        printf("problem: %s: %" PRIu64 " times\n", history->kinds[i].what, history->kinds[i].count);
}
