#include "test.h"

#include <stdio.h>
#include <string.h>

static struct {
    int number;
    int failed;
    bool case_failed;
} run;

void test_check(bool good, const char *what, const char *file, int line)
{
    if (good)
        return;
    run.case_failed = true;
    printf("# %s:%d: not true: %s\n", file, line, what);
}

void test_check_equal(long long seen, long long expected, const char *what, const char *file,
                      int line)
{
    if (seen == expected)
        return;
    run.case_failed = true;
    printf("# %s:%d: %s is %lld (0x%llx), expected %lld (0x%llx)\n", file, line, what, seen,
           (unsigned long long)seen, expected, (unsigned long long)expected);
}

static void run_case(const struct test_case *test)
{
    run.case_failed = false;
    test->run();
    if (run.case_failed)
        run.failed++;
    printf("%sok %d - %s\n", run.case_failed ? "not " : "", ++run.number, test->name);
    fflush(stdout);
}

static const struct {
    const char *name;
    const struct test_case *cases;
} families[] = {
    {"hook", hook_cases},           {"request", request_cases},
    {"pointer", pointer_cases},     {"overlapped", overlapped_cases},
    {"children", children_cases},   {"trace", trace_cases},
    {"pending", pending_cases},     {"order", order_cases},
    {"port", port_cases},           {"tie", tie_cases},
    {"handle", handle_cases},       {"callback", callback_cases},
    {"lifetime", lifetime_cases},   {"thread", thread_cases},
    {"hostile", hostile_cases},     {"fault", fault_cases},
    {"capture", capture_cases},     {"touch", touch_cases},
    {"name", name_cases},           {"map", map_cases},
    {"map_fault", map_fault_cases},
};

int main(int argc, char **argv)
{
    if (argc > 1 && strcmp(argv[1], "--child") == 0)
        return children_main(argc, argv);
    for (size_t family = 0; family < sizeof(families) / sizeof(families[0]); family++) {
        if (argc > 1 && strcmp(argv[1], families[family].name) != 0)
            continue;
        for (const struct test_case *test = families[family].cases; test->name; test++)
            run_case(test);
    }
    printf("1..%d\n", run.number);
    if (run.number == 0)
        fprintf(stderr, "no such family of cases: %s\n", argc > 1 ? argv[1] : "");
    return run.number == 0 ? 2 : run.failed != 0;
}
