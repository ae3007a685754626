#include "record.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

struct exchange *record_exchange(struct test *test)
{
    const unsigned at = test->result->exchange_count++;

    if (at >= RESULT_EXCHANGES)
        return NULL;
    memset(&test->result->exchanges[at], 0, sizeof(struct exchange));
    return &test->result->exchanges[at];
}

void note_exchange(struct test *test, const char *request, const char *outcome, ...)
{
    struct exchange *exchange = record_exchange(test);
    va_list arguments;

    if (!exchange)
        return;
    snprintf(exchange->request, sizeof(exchange->request), "%s", request);
    va_start(arguments, outcome);
    vsnprintf(exchange->outcome, sizeof(exchange->outcome), outcome, arguments);
    va_end(arguments);
}

bool check(struct test *test, bool ok, const char *what, const char *expected, const char *seen,
           ...)
{
    struct mismatch *mismatch;
    va_list arguments;

    if (ok)
        return true;
    test->result->verdict = FAILED;
    if (test->result->mismatch_count++ >= RESULT_MISMATCHES)
        return false;
    mismatch = &test->result->mismatches[test->result->mismatch_count - 1];
    snprintf(mismatch->what, sizeof(mismatch->what), "%s", what);
    snprintf(mismatch->expected, sizeof(mismatch->expected), "%s", expected);
    va_start(arguments, seen);
    vsnprintf(mismatch->seen, sizeof(mismatch->seen), seen, arguments);
    va_end(arguments);
    return false;
}

void observe(struct test *test, enum question question, const char *answer, ...)
{
    struct observation *observation;
    va_list arguments;

    if (test->result->observation_count++ >= RESULT_OBSERVATIONS)
        return;
    observation = &test->result->observations[test->result->observation_count - 1];
    snprintf(observation->question, sizeof(observation->question), "%s", question_name(question));
    va_start(arguments, answer);
    vsnprintf(observation->answer, sizeof(observation->answer), answer, arguments);
    va_end(arguments);
}

void skip(struct test *test, const char *reason, ...)
{
    va_list arguments;

    if (test->result->verdict != FAILED)
        test->result->verdict = SKIPPED;
    va_start(arguments, reason);
    vsnprintf(test->result->reason, sizeof(test->result->reason), reason, arguments);
    va_end(arguments);
}
