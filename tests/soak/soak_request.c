#include "soak_request.h"

#include "soak_generator.h"
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

const char *const soak_kind_names[SOAK_KINDS] = {
    [SOAK_READ_KEYS] = "READ KEYS",
    [SOAK_READ_RESERVATIONS] = "READ RESERVATION",
    [SOAK_REGISTER] = "REGISTER",
    [SOAK_REGISTER_IGNORE] = "REGISTER AND IGNORE",
    [SOAK_PR_RESERVE] = "RESERVE (persistent)",
    [SOAK_PR_RELEASE] = "RELEASE (persistent)",
    [SOAK_CLEAR] = "CLEAR",
    [SOAK_PREEMPT] = "PREEMPT",
    [SOAK_RESERVE] = "RESERVE",
    [SOAK_RELEASE] = "RELEASE",
    [SOAK_BREAK] = "BREAK_RESERVATION",
    [SOAK_REFUSED] = "refused",
    [SOAK_FOREIGN] = "foreign code",
};

bool soak_reaches_disk(enum soak_kind kind)
{
    return kind != SOAK_REFUSED && kind != SOAK_FOREIGN;
}

void soak_fill_pr_out(struct soak_request *request)
{
    memset(request->input, 0, sizeof(request->input));
    pr_out_request(&request->pr_out, request->input);
    request->in = (struct soak_buffer){'b', PR_OUT_INPUT_LENGTH};
}

void soak_fill_pr_in(struct soak_request *request)
{
    memset(request->input, 0, sizeof(request->input));
    pr_in_request(request->pr_out.action, request->allocation_length, NO_BUFFER, request->input);
    request->in = (struct soak_buffer){'b', PR_IN_INPUT_LENGTH};
}

/* Times in microseconds since `origin`; the clock's unit is 100 ns. */
void soak_describe_request(const struct soak_request *request, uint64_t origin, char *line,
                           size_t size)
{
    const struct soak_answer *answer = &request->answer;
    int used = snprintf(
        line, size, "[%7" PRIu64 " .. %7" PRIu64 "] node %d thread %d handle %d way %c  %s",
        (answer->begin - origin) / 10, (answer->end - origin) / 10, request->node + 1,
        request->thread, request->handle, request->way, soak_kind_names[request->kind]);

    if (request->code == IOCTL_STORAGE_PERSISTENT_RESERVE_OUT)
        used +=
            snprintf(line + used, size - used, " type %x key %" PRIx64 " other %" PRIx64,
                     request->pr_out.type, request->pr_out.key, request->pr_out.service_action_key);
    if (request->kind == SOAK_REFUSED || request->kind == SOAK_FOREIGN)
        used += snprintf(line + used, size - used,
                         " code %" PRIx32 " in %c:%" PRIu32 " out %c:%" PRIu32, request->code,
                         request->in.place, request->in.length, request->out.place,
                         request->out.length);
    used += snprintf(line + used, size - used, " -> error %" PRIu32, answer->error);
    if (request->code == IOCTL_STORAGE_PERSISTENT_RESERVE_IN && answer->error == 0)
        for (uint32_t i = 0; i < answer->output_used && i < 24; i++)
            used +=
                snprintf(line + used, size - used, "%s%02x", i % 8 ? "" : " ", answer->output[i]);
}
