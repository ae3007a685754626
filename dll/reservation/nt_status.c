#include "nt_status.h"

#include <string.h>

static const struct {
    int32_t value;
    const char *name;
    uint32_t error;
} statuses[] = {
#define X(name, value, error) {NT_STATUS_##name, "STATUS_" #name, error},
    NT_STATUS_TABLE(X)
#undef X
};

enum { ERROR_NO_MESSAGE = 317 }; /* ERROR_MR_MID_NOT_FOUND */

const char *nt_status_name(int32_t status)
{
    for (size_t i = 0; i < sizeof(statuses) / sizeof(statuses[0]); i++)
        if (statuses[i].value == status)
            return statuses[i].name;
    return "?";
}

uint32_t nt_status_windows_error(int32_t status)
{
    for (size_t i = 0; i < sizeof(statuses) / sizeof(statuses[0]); i++)
        if (statuses[i].value == status)
            return statuses[i].error;
    return ERROR_NO_MESSAGE;
}

bool nt_status_at(size_t index, int32_t *status)
{
    if (index >= sizeof(statuses) / sizeof(statuses[0]))
        return false;
    *status = statuses[index].value;
    return true;
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
