/* The heart over a scripted device, for callgrind and memcheck to count in: `count` requests of one
 * kind, checked, built, sent, judged. What a request costs is the difference of two runs.
 *
 * usage: bench_heart KIND COUNT      KIND: see `kinds` */
#include "dll/reservation/reservation.h"

#include <ntddstor/reservation.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct kind {
    const char *name;
    uint32_t control_code;
    uint8_t service_action;
    uint8_t status; /* what the device says */
    int32_t end;    /* and how the request has to end */
} kinds[] = {
    {"pr_out", IOCTL_STORAGE_PERSISTENT_RESERVE_OUT, RESERVATION_ACTION_RESERVE, SCSI_STATUS_GOOD,
     NT_STATUS_SUCCESS},
    {"pr_out_conflict", IOCTL_STORAGE_PERSISTENT_RESERVE_OUT, RESERVATION_ACTION_RESERVE,
     SCSI_STATUS_RESERVATION_CONFLICT, NT_STATUS_DEVICE_BUSY},
    {"pr_in", IOCTL_STORAGE_PERSISTENT_RESERVE_IN, RESERVATION_ACTION_READ_KEYS, SCSI_STATUS_GOOD,
     NT_STATUS_SUCCESS},
};

static int execute(void *disk, const struct scsi_command *command, struct scsi_result *result)
{
    *result = (struct scsi_result){.status = *(const uint8_t *)disk,
                                   .transferred = command->transfer_length};
    return SCSI_SENT;
}

static int reset(void *disk, enum scsi_reset_level level, int32_t *os_error)
{
    (void)disk, (void)level;
    *os_error = 0;
    return SCSI_NOT_SUPPORTED;
}

static void wait_for(void *context, uint32_t milliseconds)
{
    (void)context, (void)milliseconds;
}

static const struct scsi_transport scripted = {execute, reset};

static int32_t request_once(const struct kind *kind, const struct reservation_disk *disk,
                            const uint8_t input[static RESERVATION_INPUT_USED])
{
    static uint8_t output[256];
    const struct reservation_request request = {
        .control_code = kind->control_code,
        .granted_access = 3,
        .input = input,
        .input_length = RESERVATION_INPUT_USED,
        .output_length = sizeof(output),
    };
    struct reservation_plan plan;
    struct reservation_outcome outcome;
    const int32_t status = reservation_prepare(&request, &plan);

    if (status != NT_STATUS_PENDING)
        return status;
    if (plan.action == RESERVATION_PR_IN)
        plan.command.data = output;
    reservation_run(disk, &plan, &outcome);
    return outcome.status;
}

static int run(const struct kind *kind, long count)
{
    _Atomic uint8_t wants_ten_byte = 0;
    uint8_t status = kind->status;
    const struct reservation_disk disk = {
        &scripted, &status, wait_for, NULL, RESERVATION_TIMEOUT_MS, &wants_ten_byte};
    uint8_t input[RESERVATION_INPUT_USED] = {0};
    PERSISTENT_RESERVE_COMMAND head = {.Version = sizeof(head), .Size = sizeof(input)};

    if (kind->control_code == IOCTL_STORAGE_PERSISTENT_RESERVE_OUT) {
        head.PR_OUT.ServiceAction = kind->service_action;
        head.PR_OUT.Type = RESERVATION_TYPE_WRITE_EXCLUSIVE_REGISTRANTS;
    } else {
        head.PR_IN.ServiceAction = kind->service_action;
        head.PR_IN.AllocationLength = 256;
    }
    memcpy(input, &head, sizeof(head));
    for (long i = 0; i < count; i++) {
        const int32_t end = request_once(kind, &disk, input);

        if (end != kind->end) {
            fprintf(stderr, "bench_heart: %s ended with %s\n", kind->name, nt_status_name(end));
            return 1;
        }
    }
    return 0;
}

int main(int argc, char **argv)
{
    const long count = argc == 3 ? strtol(argv[2], NULL, 10) : 0;

    for (size_t i = 0; count > 0 && i < sizeof(kinds) / sizeof(kinds[0]); i++)
        if (!strcmp(kinds[i].name, argv[1]))
            return run(&kinds[i], count);
    fputs("usage: bench_heart pr_out|pr_out_conflict|pr_in COUNT\n", stderr);
    return 2;
}
