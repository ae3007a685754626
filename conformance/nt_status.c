#include "nt_status.h"

#include <inttypes.h>
#include <stddef.h>
#include <stdio.h>

static const struct {
    int32_t status;
    const char *name;
    uint32_t error;
} statuses[] = {
#define X(name, value, error) {NT_STATUS_##name, "STATUS_" #name, error},
    NT_STATUS_TABLE(X)
#undef X
};

const char *nt_status_text(int32_t status, char text[NT_STATUS_TEXT_MAX])
{
    for (size_t i = 0; i < sizeof(statuses) / sizeof(statuses[0]); i++)
        if (statuses[i].status == status)
            return statuses[i].name;
    snprintf(text, NT_STATUS_TEXT_MAX, "NTSTATUS 0x%08" PRIx32, (uint32_t)status);
    return text;
}

uint32_t nt_status_error(int32_t status)
{
    for (size_t i = 0; i < sizeof(statuses) / sizeof(statuses[0]); i++)
        if (statuses[i].status == status)
            return statuses[i].error;
    return UINT32_MAX;
}
