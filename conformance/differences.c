#include "differences.h"

#include <stddef.h>

static const struct difference differences[] = {
    {ON_WINE, 0, "support.*", "STATUS_NOT_", /* SUPPORTED, or IMPLEMENTED behind the sixth disk */
     "Wine does not have the reservation control codes"},
};

bool pattern_matches(const char *pattern, const char *name)
{
    for (; *pattern; pattern++, name++) {
        if (*pattern == '*') {
            do
                if (pattern_matches(pattern + 1, name))
                    return true;
            while (*name++);
            return false;
        }
        if (!*name || (*pattern != '?' && *pattern != *name))
            return false;
    }
    return !*name;
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
