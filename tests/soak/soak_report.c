#include "soak_report.h"

#include <inttypes.h>
#include <stdio.h>

enum { LINE_SIZE = 400, STATES_SHOWN = 8 };

static int index_of_error(struct soak_counts *counts, uint32_t error)
{
    for (int i = 0; i < counts->error_count; i++)
        if (counts->errors[i] == error)
            return i;
    if (counts->error_count == COUNTED_ERRORS)
        return COUNTED_ERRORS - 1;
    counts->errors[counts->error_count] = error;
    return counts->error_count++;
}

static bool overlap(const struct soak_answer *a, const struct soak_answer *b)
{
    return a->begin < b->end && b->begin < a->end;
}

static bool nodes_overlap(const struct soak_burst *burst)
{
    for (int i = 0; i < burst->count; i++)
        for (int j = 0; j < i; j++)
            if (burst->requests[i].node != burst->requests[j].node &&
                soak_reaches_disk(burst->requests[i].kind) &&
                soak_reaches_disk(burst->requests[j].kind) &&
                overlap(&burst->requests[i].answer, &burst->requests[j].answer))
                return true;
    return false;
}

void soak_count(struct soak_counts *counts, const struct soak_burst *burst)
{
    counts->bursts++;
    counts->overlapping += nodes_overlap(burst);
    for (int i = 0; i < burst->count; i++) {
        const struct soak_request *request = &burst->requests[i];

        counts->answers[request->kind][index_of_error(counts, request->answer.error)]++;
        counts->ways[(unsigned char)request->way & 127]++;
        counts->reached_disk += soak_reaches_disk(request->kind);
    }
}

static uint32_t sum(const uint32_t *numbers, int count)
{
    uint32_t all = 0;

    for (int i = 0; i < count; i++)
        all += numbers[i];
    return all;
}

static void print_kinds(const struct soak_counts *counts)
{
    printf("%-22s", "answers, by error");
    for (int i = 0; i < counts->error_count; i++)
        printf("%7" PRIu32, counts->errors[i]);
    printf("%8s\n", "all");
    for (int kind = 0; kind < SOAK_KINDS; kind++) {
        printf("%-22s", soak_kind_names[kind]);
        for (int i = 0; i < counts->error_count; i++)
            printf("%7" PRIu32, counts->answers[kind][i]);
        printf("%8" PRIu32 "\n", sum(counts->answers[kind], COUNTED_ERRORS));
    }
}

void soak_print_counts(const struct soak_counts *counts)
{
    uint32_t all = 0;

    print_kinds(counts);
    for (int kind = 0; kind < SOAK_KINDS; kind++)
        all += sum(counts->answers[kind], COUNTED_ERRORS);
    printf("requests: %" PRIu32 " in %" PRIu32 " bursts; without OVERLAPPED %" PRIu32
           ", event %" PRIu32 ", tagged event %" PRIu32 ", completion port %" PRIu32 "\n",
           all, counts->bursts, counts->ways['s'], counts->ways['e'], counts->ways['t'],
           counts->ways['p']);
    printf("the disk was asked by %" PRIu32 " requests, with %" PRIu64 " commands\n",
           counts->reached_disk, counts->commands);
    printf("bursts searched: %" PRIu32 " (%" PRIu64 " positions; %" PRIu32
           " were too much), of refused requests alone: %" PRIu32
           "; with requests of both nodes under way at once: %" PRIu32 "\n",
           counts->searched, counts->visited, counts->given_up, counts->refusal_bursts,
           counts->overlapping);
    printf("check points: %" PRIu32 ", of these by sg_persist: %" PRIu32 "\n", counts->check_points,
           counts->sg_persist_check_points);
}

/* Insertion: a burst is short. */
static void sort_by_begin(const struct soak_burst *burst, const struct soak_request **sorted)
{
    for (int i = 0; i < burst->count; i++) {
        int place = i;

        for (; place > 0 && burst->requests[i].answer.begin < sorted[place - 1]->answer.begin;
             place--)
            sorted[place] = sorted[place - 1];
        sorted[place] = &burst->requests[i];
    }
}

void soak_print_burst(const struct soak_burst *burst)
{
    const struct soak_request *sorted[SOAK_BURST_MAX];
    char line[LINE_SIZE];

    sort_by_begin(burst, sorted);
    printf("burst %" PRIu32 ", times in microseconds:\n", burst->number);
    for (int i = 0; i < burst->count; i++) {
        soak_describe_request(sorted[i], sorted[0]->answer.begin, line, sizeof(line));
        printf("  %s\n", line);
    }
}

void soak_print_states(const char *heading, const struct soak_states *states)
{
    char line[LINE_SIZE];

    printf("%s (%d):\n", heading, states->count);
    for (int i = 0; i < states->count && i < STATES_SHOWN; i++) {
        soak_describe_state(&states->states[i], line, sizeof(line));
        printf("  %s\n", line);
    }
}

static const char *suffix(const struct soak_step *step)
{
    if (step->request->kind != SOAK_BREAK)
        return "";
    return step->is_reset ? " (the reset)" : " (the look after it)";
}

void soak_print_longest(const struct soak_step *steps, int count, const struct soak_search *search)
{
    uint32_t done = 0;
    char line[LINE_SIZE];

    printf("no order explains all answers; the longest has %d of %d:\n", search->longest, count);
    for (int i = 0; i < search->longest; i++) {
        const struct soak_step *step = &steps[search->order[i]];

        done |= 1U << search->order[i];
        printf("  node %d thread %d %s%s\n", step->request->node + 1, step->request->thread,
               soak_kind_names[step->request->kind], suffix(step));
    }
    soak_describe_state(&search->reached, line, sizeof(line));
    printf("  and then the disk has %s,\n  in which none of these can have had its answer:\n",
           line);
    for (int i = 0; i < count; i++)
        if (!(done >> i & 1))
            printf("  node %d thread %d %s%s -> error %" PRIu32 "\n", steps[i].request->node + 1,
                   steps[i].request->thread, soak_kind_names[steps[i].request->kind],
                   suffix(&steps[i]), steps[i].request->answer.error);
}
