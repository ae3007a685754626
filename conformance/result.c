#include "result.h"

#include <string.h>

static const struct {
    const char *name;
    bool failure;
} verdicts[VERDICTS] = {
    [PASSED] = {"passed", false},
    [FAILED] = {"failed", true},
    [SKIPPED] = {"skipped", false},
    [DIFFERS] = {"differs", false},
    [DIFFERS_NO_MORE] = {"differs_no_more", true},
    [TIMED_OUT] = {"timed_out", true},
};

bool verdict_is_failure(enum verdict verdict)
{
    return verdicts[verdict].failure;
}

const char *verdict_name(enum verdict verdict)
{
    return verdicts[verdict].name;
}

size_t case_family_length(const char *name)
{
    const size_t first = strcspn(name, ".");
    size_t second;

    if (!name[first])
        return first;
    second = first + 1 + strcspn(name + first + 1, ".");
    return name[second] ? second : first;
}

size_t run_count(const struct run_result *run, enum verdict verdict)
{
    size_t count = 0;

    for (size_t i = 0; i < run->case_count; i++)
        count += run->cases[i].verdict == verdict;
    return count;
}

/* The disk comes first: who reads only the exit code has to hear that it needs attention. */
int run_exit_code(const struct run_result *run)
{
    if (run->stopped[0] || run->left_behind[0])
        return 3;
    for (size_t i = 0; i < run->case_count; i++)
        if (verdict_is_failure(run->cases[i].verdict))
            return 1;
    return run_count(run, SKIPPED) == run->case_count ? 77 : 0;
}
