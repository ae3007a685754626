#include "differences.h"

#include <stddef.h>

/* scsiport: NOT_SUPPORTED, storport: NOT_IMPLEMENTED, to every control code that they do not know.
 */
#define NO_RESETS "ReactOS' port drivers have no resets"

static const struct difference differences[] = {
    {ON_WINE, 0, "support.*", "STATUS_NOT_", /* SUPPORTED, or IMPLEMENTED behind the sixth disk */
     "Wine does not have the reservation control codes"},
    {ON_REACTOS, 0, "support.codes.break_reservation", "STATUS_NOT_", NO_RESETS},
    {ON_REACTOS, 0, "access.sufficient.break_reservation", "STATUS_NOT_", NO_RESETS},
    {ON_REACTOS, 0, "break.*", "STATUS_NOT_", NO_RESETS},
    {ON_REACTOS, 0, "reset.unit_attention.*", "STATUS_NOT_", NO_RESETS},
    {ON_REACTOS, 0, "reset.codes_absorb_unit_attention.*", "STATUS_NOT_", NO_RESETS},
    {ON_REACTOS, 0, "retries.after_a_reset.*", "STATUS_NOT_", NO_RESETS},
};

bool pattern_matches(const char *pattern, const char *name)
{
    /* Behind the last '*' so far, and what it stands for up to here: a later one can do all that an
     * earlier one could. */
    const char *behind_star = NULL, *again = name;

    while (*name || *pattern == '*') {
        if (*pattern == '*') {
            behind_star = ++pattern;
            again = name;
        } else if (*pattern && (*pattern == '?' || *pattern == *name)) {
            pattern++;
            name++;
        } else if (behind_star) {
            pattern = behind_star;
            name = ++again;
        } else {
            return false;
        }
    }
    return !*pattern;
}

const struct difference *difference_of(const struct environment *environment, const char *name)
{
    for (size_t i = 0; i < sizeof(differences) / sizeof(differences[0]); i++) {
        const struct difference *difference = &differences[i];

        if ((difference->where & environment->platform) &&
            (!difference->lacking || environment_lacks(environment, difference->lacking)) &&
            pattern_matches(difference->cases, name))
            return difference;
    }
    return NULL;
}
