#include "compare_case.h"

#include "result.h"

#include <string.h>

/* How far ahead the same request is looked for: a system may need a request more than another, such
 * as one again after a unit attention. Bounded, since files are hostile. */
enum { LOOK_AHEAD = 8 };

static bool same_text(const struct json *a, const struct json *b, const char *name)
{
    return !strcmp(json_member_text(a, name), json_member_text(b, name));
}

static const struct json *entries(const struct file_case *result, const char *name)
{
    const struct json *list = json_member(result->json, name, JSON_LIST);

    return list ? list->first : NULL;
}

static const struct json *same_request(const struct json *exchange, const struct json *among)
{
    for (int i = 0; among && i < LOOK_AHEAD; i++, among = among->next)
        if (same_text(exchange, among, "request"))
            return among;
    return NULL;
}

static void compare_exchanges(const struct file_case *first, const struct file_case *second,
                              struct case_difference *difference)
{
    const struct json *others = entries(second, "exchanges");

    for (const struct json *one = entries(first, "exchanges"); one; one = one->next) {
        const struct json *other = same_request(one, others);

        if (!other)
            continue;
        others = other->next;
        if (same_text(one, other, "outcome"))
            continue;
        difference->first_exchange = one;
        difference->second_exchange = other;
        return;
    }
}

static bool compare_observations(const struct file_case *first, const struct file_case *second,
                                 struct tally *observations)
{
    const struct json *one = entries(first, "observations");
    bool differ = false;

    for (int i = 0; one && i < RESULT_OBSERVATIONS; i++, one = one->next) {
        const struct json *other = entries(second, "observations");

        for (int k = 0; other && k < RESULT_OBSERVATIONS; k++, other = other->next) {
            if (!same_text(one, other, "question") || same_text(one, other, "answer"))
                continue;
            tally_add(observations, json_member_text(one, "question"),
                      json_member_text(one, "answer"), json_member_text(other, "answer"),
                      first->name);
            differ = true;
        }
    }
    return differ;
}

static bool is_skipped(const struct file_case *result)
{
    return !strcmp(result->verdict, verdict_name(SKIPPED));
}

struct case_difference compare_case(const struct file_case *first, const struct file_case *second,
                                    struct tally *observations)
{
    struct case_difference difference = {.verdict = strcmp(first->verdict, second->verdict) != 0};

    difference.skipped_once = is_skipped(first) != is_skipped(second);
    if (is_skipped(first) || is_skipped(second))
        return difference;
    compare_exchanges(first, second, &difference);
    difference.observation = compare_observations(first, second, observations);
    return difference;
}

bool case_differs(const struct case_difference *difference)
{
    return difference->verdict || difference->observation || difference->first_exchange;
}
