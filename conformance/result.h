/* What came of a run: the environment it ran in and a result for each case. Portable, without any
 * Windows header: the reporters and --compare are tested natively. All texts are UTF-8. */
#ifndef CONFORMANCE_RESULT_H
#define CONFORMANCE_RESULT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum verdict {
    PASSED,
    FAILED,          /* an answer that nobody expects */
    SKIPPED,         /* could not be asked here; `reason` says why */
    DIFFERS,         /* an expected difference of this platform was seen; `reason` says why */
    DIFFERS_NO_MORE, /* an expected difference did not occur: a failure, the list is wrong */
    TIMED_OUT,       /* a failure */
    VERDICTS
};

/* Passed, skipped and an expected difference are not. */
bool verdict_is_failure(enum verdict verdict);
const char *verdict_name(enum verdict verdict); /* "passed", ... */

/* One thing that was not as expected. */
struct mismatch {
    char what[96]; /* "answer", "keys on the disk", ... */
    char expected[192];
    char seen[192];
};

/* Which of several acceptable answers was seen, and the open question that it settles. */
struct observation {
    char question[64]; /* a name of questions.h, such as "pr_out.information" */
    char answer[128];
};

/* One request and its answer, as the report shows it. `outcome` is the same on every system that
 * answers the same: no key, no time, no address in it; it is what --compare compares. */
struct exchange {
    char request[160]; /* "node 1: PR_OUT RESERVE type 3, input 36 bytes, output none" */
    char input[76];    /* hexadecimal, the first 36 bytes; empty without input */
    char outcome[128]; /* "FALSE, error 170, STATUS_DEVICE_BUSY, 0 bytes" */
};

enum { RESULT_MISMATCHES = 4, RESULT_OBSERVATIONS = 4, RESULT_EXCHANGES = 48 };

struct case_result {
    const char *name;   /* "pr_out.reserve.type_sweep.type_7" */
    const char *source; /* where the expectation comes from */
    enum verdict verdict;
    uint32_t milliseconds;
    char reason[256];
    /* The first few of each; the counts go on. */
    unsigned mismatch_count, observation_count, exchange_count;
    struct mismatch mismatches[RESULT_MISMATCHES];
    struct observation observations[RESULT_OBSERVATIONS];
    struct exchange exchanges[RESULT_EXCHANGES];
};

/* One line of the environment block: "system", "Windows 10.0.19045". Names are stable, for
 * programs; they are JSON members' names. */
struct environment_line {
    const char *name;
    char text[256];
};

enum { ENVIRONMENT_LINES = 32 };

struct run_result {
    const char *suite_version;
    char started[32]; /* ISO 8601, UTC */
    uint32_t milliseconds;
    unsigned line_count;
    struct environment_line lines[ENVIRONMENT_LINES];
    size_t case_count;
    struct case_result *cases; /* in the order in which they ran */
    /* Whether the run came to its end, and what is left on the disk: empty where nothing is. */
    char stopped[256];     /* why cases are missing */
    char left_behind[256]; /* "keys of this run are still registered: run --cleanup FILE" */
};

/* "pr_out.reserve" of "pr_out.reserve.type_sweep.type_7": the first two words, or the first one
 * where the name has but two. Returns the length. */
size_t case_family_length(const char *name);

size_t run_count(const struct run_result *run, enum verdict verdict);

/* 0: nothing failed; 1: something did; 3: the run was stopped or left something behind; 77: every
 * case was skipped. (2 is a usage error.) */
int run_exit_code(const struct run_result *run);

#endif
