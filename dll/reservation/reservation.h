/* What Windows' disk class driver does with a reservation request, as two steps that any caller
 * can drive: prepare (check, build; nothing is sent) and run (send, judge, retry, finish).
 *
 * The two are apart because Windows' completion is: what prepare refuses fails inline, what run
 * decides has been pending. No step allocates, waits by itself or keeps global state. */
#ifndef HOLDFAST_RESERVATION_H
#define HOLDFAST_RESERVATION_H

#include "../scsi/command.h"
#include "../scsi/transport.h"
#include "control_code.h"
#include "nt_status.h"

/* A request as DeviceIoControl brings it. `input` must hold at least
 * min(input_length, RESERVATION_INPUT_USED) readable bytes; the lengths are the caller's own and
 * may be anything. */
struct reservation_request {
    uint32_t control_code;
    uint32_t granted_access; /* FILE_READ_DATA | FILE_WRITE_DATA of the handle */
    const void *input;
    uint32_t input_length;
    uint32_t output_length;
};

enum {
    RESERVATION_INPUT_USED = 36,       /* no request looks further into its input */
    RESERVATION_OUTPUT_MAX = 0xffff,   /* AllocationLength is 16 bits wide */
    RESERVATION_ATTEMPTS = 5,          /* WDK classpnp.h MAXIMUM_RETRIES 4, and the first */
    RESERVATION_TIMEOUT_MS = 10 * 1000 /* SCSI_DISK_TIMEOUT, where the registry says nothing */
};

/* A checked request, free to be copied. For PR IN, and only there, the caller points `command.data`
 * at `command.transfer_length` writable bytes before running it. */
struct reservation_plan {
    enum reservation_action action;
    struct scsi_command command; /* without meaning for BREAK and RESET_BUS */
    uint8_t parameter_list[SCSI_PR_OUT_PARAMETER_LENGTH];
};

/* The disk a plan is run on. Owned by the caller; may be shared by threads if `handle` may. */
struct reservation_disk {
    const struct scsi_transport *transport;
    void *handle; /* the transport's own */
    void (*wait)(void *wait_context, uint32_t milliseconds);
    void *wait_context;
    uint32_t timeout_ms; /* for each attempt */
    /* Set for good once the disk has refused a six-byte RESERVE or RELEASE (windows-behaviour 3).
     * Never NULL. Only ever goes from 0 to 1, so a race costs one more attempt and no more. */
    _Atomic uint8_t *wants_ten_byte;
};

struct reservation_outcome {
    int32_t status;       /* NTSTATUS */
    uint32_t information; /* bytes for the caller's output buffer; 0 unless status is a success */
    uint32_t attempts;    /* commands sent */
    /* The last command and what came of it, for the trace. */
    struct scsi_command command;
    struct scsi_result result;
    int transport_error;
};

/* An outcome of nothing yet: no command, no answer. */
static inline void reservation_outcome_clear(struct reservation_outcome *outcome)
{
    outcome->status = NT_STATUS_SUCCESS;
    outcome->information = 0;
    outcome->attempts = 0;
    outcome->command.cdb_length = 0;
    scsi_result_clear(&outcome->result);
    outcome->transport_error = SCSI_SENT;
}

/* Checks `request` in Windows' order and fills `plan`. Returns NT_STATUS_PENDING when the plan
 * can be run, or the status with which Windows refuses inline; then `plan` is not to be used.
 * Source: WDS classpnp utils.c ClasspPersistentReserve, class.c ClassDeviceControl. */
int32_t reservation_prepare(const struct reservation_request *request,
                            struct reservation_plan *plan);

/* Sends `outcome->command` with as many attempts as it takes, and leaves the last one's status,
 * command and result in `outcome`; all else in it is zero before. */
void reservation_send(const struct reservation_disk *disk, struct reservation_outcome *outcome);

/* Runs a prepared plan to its end. On success of a PR IN the first `outcome->information` bytes
 * of `plan->command.data` are the answer; after a failure they are to be ignored.
 * Source: WDS classpnp class.c ClassIoComplete; docs/differences.md where Holdfast differs. */
void reservation_run(const struct reservation_disk *disk, struct reservation_plan *plan,
                     struct reservation_outcome *outcome);

#endif
