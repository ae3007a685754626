/* raw_cases.exe, whose cases need a program of their own. */
#include "suites.h"
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* It lies beside the agent. */
static void find_program(const struct bed *bed, char *path, size_t size)
{
    const char *name = strrchr(bed->agent, '/');

    snprintf(path, size, "%.*sraw_cases.exe", name ? (int)(name + 1 - bed->agent) : 0, bed->agent);
}

static void run_on(const struct bed *bed, const char *node)
{
    char program[1024];
    const char *const words[] = {bed->node_script, node, bed->holdfast, "run", program, NULL};
    int status = -1;
    pid_t pid;

    find_program(bed, program, sizeof(program));
    assert_int_equal(posix_spawn(&pid, words[0], NULL, NULL, (char *const *)words, environ), 0);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
}

static void all_cases_hold(void **state)
{
    run_on(*state, "1");
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(all_cases_hold),
};

const struct suite raw_program = SUITE("raw_program", tests);
