#include "cases.h"

#include <stdio.h>

static bool has_failed;

void check(long long seen, long long expected, const char *what, const char *file, int line)
{
    if (seen == expected)
        return;
    has_failed = true;
    printf("# %s:%d: %s is %lld (0x%llx), expected %lld (0x%llx)\n", file, line, what, seen,
           (unsigned long long)seen, expected, (unsigned long long)expected);
}

int run_cases(const struct test_case *const *tables, int count)
{
    int number = 0, failed = 0;

    for (int i = 0; i < count; i++) {
        for (const struct test_case *test = tables[i]; test->name; test++) {
            has_failed = false;
            test->run();
            failed += has_failed;
            printf("%sok %d - %s\n", has_failed ? "not " : "", ++number, test->name);
            fflush(stdout);
        }
    }
    printf("1..%d\n", number);
    return number == 0 || failed != 0;
}
