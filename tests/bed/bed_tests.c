/* The bed's tests: unmodified Windows programs under Wine on two nodes, against one disk and what
 * Linux says of it. Runs inside tests/bed/machine, as
 *     bed_tests NODE_SCRIPT AGENT [--other AGENT] SUITE...
 * (the other agent is node 2's, where the two are not the same)
 * and exits with the number of failed tests, 70 at most (77 is for skipping); 99 when the bed could
 * not be set up. */
#include "suites.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { EXIT_NO_BED = 99, EXIT_MANY = 70, TESTS_MAX = 64 };

static const struct suite *const suites[] = {
    &pr_out_matrix, &pr_out_inputs, &pr_in_lists, &legacy,        &access_and_handles,
    &overlapped,    &native_heart,  &no_pr_disk,  &removed_disk,  &preempt_and_abort,
    &unprivileged,  &faults_loop,   &faults_hung, &faults_iscsi,  &faults_injected,
    &hung_disk,     &raw_table,     &raw_io,      &raw_unshimmed, &raw_program,
    &returned_disk, &disk_names,    &bitness,
};

static const struct suite *find(const char *name)
{
    for (size_t i = 0; i < sizeof(suites) / sizeof(suites[0]); i++)
        if (strcmp(suites[i]->name, name) == 0)
            return suites[i];
    return NULL;
}

/* cmocka takes set-up, tear-down and state from each test. */
static int run(const struct suite *suite, struct bed *bed)
{
    struct CMUnitTest tests[TESTS_MAX];

    if (suite->count > TESTS_MAX) {
        fprintf(stderr, "bed_tests: TESTS_MAX is too small for %s\n", suite->name);
        return 1;
    }
    memcpy(tests, suite->tests, suite->count * sizeof(tests[0]));
    for (size_t i = 0; i < suite->count; i++) {
        tests[i].setup_func = bed_begin_test;
        tests[i].teardown_func = bed_end_test;
        tests[i].initial_state = bed;
    }
    return _cmocka_run_group_tests(suite->name, tests, suite->count, NULL, NULL);
}

static bool are_known(char *const *names)
{
    for (; *names; names++) {
        if (!find(*names)) {
            fprintf(stderr, "bed_tests: there is no suite %s\n", *names);
            return false;
        }
    }
    return true;
}

int main(int argc, char **argv)
{
    static struct bed bed;
    char **names = argv + 3;
    int failed = 0;

    if (argc > 5 && strcmp(argv[3], "--other") == 0)
        names += 2;
    if (argc < 4 || !are_known(names)) {
        fprintf(stderr, "usage: bed_tests NODE_SCRIPT AGENT [--other AGENT] SUITE...\n");
        return EXIT_NO_BED;
    }
    signal(SIGPIPE, SIG_IGN);
    bed.node_script = argv[1];
    bed.agent = argv[2];
    bed.other_agent = names[-1];
    if (!bed_start(&bed)) {
        bed_stop(&bed);
        return EXIT_NO_BED;
    }
    for (; *names; names++)
        failed += run(find(*names), &bed);
    bed_stop(&bed);
    return failed < EXIT_MANY ? failed : EXIT_MANY;
}
