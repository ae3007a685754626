#include "runner.h"

#include "behaviour.h"
#include "differences.h"
#include "node.h"
#include "unit_state.h"

#include <process.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <windows.h>

/* One case on its way. It outlives a case that never ends, whose thread goes on writing to it. */
struct attempt {
    struct test test;
    struct case_result result;
    const struct behaviour *behaviour;
    unsigned row;
    bool freed; /* the unit, at the end */
};

static uint32_t needs_of(const struct behaviour *behaviour, unsigned row)
{
    return behaviour->needs | (behaviour->row_needs ? behaviour->row_needs(row) : 0);
}

static bool matches_any(const char *const *patterns, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (pattern_matches(patterns[i], name))
            return true;
    return false;
}

static bool is_selected(const struct selection *selection, const char *name)
{
    return selection->run_count == 0 || matches_any(selection->run, selection->run_count, name);
}

typedef void (*case_visitor)(void *context, const struct behaviour *behaviour, unsigned row,
                             const char *name);

static void for_each_case(const struct selection *selection, case_visitor visit, void *context)
{
    for (size_t i = 0; behaviours[i]; i++) {
        for (unsigned row = 0; row < behaviour_cases(behaviours[i]); row++) {
            char name[CASE_NAME_MAX];

            behaviour_case_name(behaviours[i], row, name);
            if (is_selected(selection, name))
                visit(context, behaviours[i], row, name);
        }
    }
}

static void list_one(void *context, const struct behaviour *behaviour, unsigned row,
                     const char *name)
{
    (void)row;
    fprintf(context, "%s\n    %s\n", name, behaviour->source);
}

void runner_list(FILE *stream, const struct selection *selection)
{
    for_each_case(selection, list_one, stream);
}

struct needs_search {
    const struct selection *selection;
    uint32_t needs;
};

static void add_needs(void *context, const struct behaviour *behaviour, unsigned row,
                      const char *name)
{
    struct needs_search *search = context;

    if (!matches_any(search->selection->skip, search->selection->skip_count, name))
        search->needs |= needs_of(behaviour, row);
}

uint32_t runner_needs(const struct selection *selection)
{
    struct needs_search search = {selection, 0};

    for_each_case(selection, add_needs, &search);
    return search.needs;
}

static unsigned __stdcall run_attempt(void *context)
{
    struct attempt *attempt = context;

    attempt->behaviour->run(&attempt->test, attempt->row);
    attempt->freed = free_unit(&attempt->test);
    return 0;
}

static void skip_case(struct case_result *result, const char *reason)
{
    result->verdict = SKIPPED;
    snprintf(result->reason, sizeof(result->reason), "%s", reason);
}

/* What the case has found, in the light of what is known of this platform. */
static void apply_differences(const struct environment *environment, struct case_result *result)
{
    const struct difference *difference = difference_of(environment, result->name);

    if (!difference || result->verdict == SKIPPED || result->verdict == TIMED_OUT)
        return;
    if (result->verdict == PASSED)
        result->verdict = DIFFERS_NO_MORE;
    else if (!difference->seen || strstr(result->mismatches[0].seen, difference->seen))
        result->verdict = DIFFERS;
    snprintf(result->reason, sizeof(result->reason), "%s", difference->reason);
}

/* Why nothing may be asked of the disk any more, or NULL. */
static const char *run_in_time(struct attempt *attempt, uint32_t timeout_s)
{
    HANDLE thread = (HANDLE)_beginthreadex(NULL, 0, run_attempt, attempt, 0, NULL);
    DWORD waited;

    if (!thread) {
        skip_case(&attempt->result, "no thread could be made");
        return "no thread could be made for ";
    }
    waited = WaitForSingleObject(thread, timeout_s * 1000);
    CloseHandle(thread);
    if (waited != WAIT_OBJECT_0) {
        attempt->result.verdict = TIMED_OUT;
        return "the disk cannot be asked any more: no end of ";
    }
    return attempt->freed ? NULL : "the disk could not be brought back to where it was after ";
}

struct progress {
    struct runner *runner;
    struct run_result *run;
    size_t planned;
};

static void count_one(void *context, const struct behaviour *behaviour, unsigned row,
                      const char *name)
{
    (void)behaviour;
    (void)row;
    (void)name;
    ((struct progress *)context)->planned++;
}

/* The first reason counts. */
static void stop(struct run_result *run, const char *reason, const char *name)
{
    if (!run->stopped[0])
        snprintf(run->stopped, sizeof(run->stopped), "%s%s", reason, name);
}

static struct attempt *make_attempt(const struct runner *runner, const struct behaviour *behaviour,
                                    unsigned row, const char *name)
{
    struct attempt *attempt = calloc(1, sizeof(*attempt));

    if (!attempt)
        return NULL;
    attempt->test = runner->test;
    attempt->test.result = &attempt->result;
    attempt->behaviour = behaviour;
    attempt->row = row;
    attempt->result.name = _strdup(name);
    attempt->result.source = behaviour->source;
    if (attempt->result.name)
        return attempt;
    free(attempt);
    return NULL;
}

/* Runs the case, or says why it is skipped. What it returns is run_in_time's. */
static const char *run_or_skip(const struct runner *runner, struct attempt *attempt)
{
    const struct selection *selection = &runner->selection;
    const char *lack =
        environment_lacks(runner->test.environment, needs_of(attempt->behaviour, attempt->row));

    if (matches_any(selection->skip, selection->skip_count, attempt->result.name))
        lack = "left out by --skip";
    if (!lack)
        return run_in_time(attempt, runner->timeout_s);
    skip_case(&attempt->result, lack);
    return NULL;
}

/* What the result means for the cases to come. */
static void decide_to_go_on(const struct runner *runner, struct run_result *run,
                            const struct case_result *result)
{
    for (unsigned node = 0; node < NODES; node++)
        if (runner->test.nodes[node] && runner->test.nodes[node]->problem[0])
            stop(run, "a node was lost in ", result->name);
    if (runner->stop_at_first_failure && verdict_is_failure(result->verdict))
        stop(run, "the first failure (--fail-fast): ", result->name);
}

static void run_one(void *context, const struct behaviour *behaviour, unsigned row,
                    const char *name)
{
    struct progress *progress = context;
    const struct runner *runner = progress->runner;
    struct run_result *run = progress->run;
    struct case_result *result = &run->cases[run->case_count];
    const DWORD start = GetTickCount();
    struct attempt *attempt;
    const char *end;

    if (*runner->interrupted)
        stop(run, "interrupted before ", name);
    if (run->stopped[0])
        return;
    attempt = make_attempt(runner, behaviour, row, name);
    if (!attempt) {
        stop(run, "out of memory at ", name);
        return;
    }
    report_case_starts(runner->report, name, run->case_count, progress->planned);
    end = run_or_skip(runner, attempt);
    if (end)
        stop(run, end, name);
    attempt->result.milliseconds = GetTickCount() - start;
    *result = attempt->result;
    run->case_count++;
    apply_differences(runner->test.environment, result);
    report_case(runner->report, result);
    decide_to_go_on(runner, run, result);
    if (result->verdict != TIMED_OUT)
        free(attempt);
}

void runner_run(struct runner *runner, struct run_result *run)
{
    struct progress progress = {runner, run, 0};

    for_each_case(&runner->selection, count_one, &progress);
    run->cases = calloc(progress.planned ? progress.planned : 1, sizeof(*run->cases));
    if (!run->cases) {
        stop(run, "out of memory", "");
        return;
    }
    report_start(runner->report, run, progress.planned);
    for_each_case(&runner->selection, run_one, &progress);
}
