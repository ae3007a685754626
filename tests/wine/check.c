/* The checks of test.h in a program that has no list of cases: all of it is one. */
#include "test.h"

#include <stdio.h>

static int wrong;

void test_check(bool good, const char *what, const char *file, int line)
{
    if (good)
        return;
    wrong++;
    printf("# %s:%d: not true: %s\n", file, line, what);
}

void test_check_equal(long long seen, long long expected, const char *what, const char *file,
                      int line)
{
    if (seen == expected)
        return;
    wrong++;
    printf("# %s:%d: %s is %lld (0x%llx), expected %lld (0x%llx)\n", file, line, what, seen,
           (unsigned long long)seen, expected, (unsigned long long)expected);
}

bool test_failed(void)
{
    return wrong != 0;
}
