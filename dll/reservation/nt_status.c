#include "nt_status.h"

#include <stddef.h>
#include <string.h>

static const struct {
    int32_t value;
    const char *name;
} statuses[] = {
#define X(name, value) {NT_STATUS_##name, "STATUS_" #name},
    NT_STATUS_TABLE(X)
#undef X
};

const char *nt_status_name(int32_t status)
{
    for (size_t i = 0; i < sizeof(statuses) / sizeof(statuses[0]); i++)
        if (statuses[i].value == status)
            return statuses[i].name;
    return "?";
}

bool nt_status_from_name(const char *name, int32_t *status)
{
    for (size_t i = 0; i < sizeof(statuses) / sizeof(statuses[0]); i++) {
        if (strcmp(statuses[i].name, name) == 0) {
            *status = statuses[i].value;
            return true;
        }
    }
    return false;
}
