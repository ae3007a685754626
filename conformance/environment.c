#include "environment.h"

#include <stddef.h>

static const char *const reasons[] = {
#define X(name, reason) reason,
    NEEDS_TABLE(X)
#undef X
};

const char *environment_lacks(const struct environment *environment, uint32_t needs)
{
    for (unsigned i = 0; i < NEED_COUNT; i++)
        if (needs & 1u << i && !environment->can[i])
            return environment->reason[i][0] ? environment->reason[i] : reasons[i];
    return NULL;
}
