/* usage: host cases */
#include "cases.h"

int main(void)
{
    const struct test_case *const tables[] = {line_cases, request_cases, overlapped_cases};

    return run_cases(tables, sizeof(tables) / sizeof(tables[0]));
}
