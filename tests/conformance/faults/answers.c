/* Faults in what the caller of DeviceIoControl gets back: the BOOL, the last error,
 * *lpBytesReturned, and the bytes in its buffers. */
#include "faults.h"

#include <ntddstor/reservation.h>
#include <string.h>

static bool is_pr_in(const struct device_call *call)
{
    return call->code == IOCTL_STORAGE_PERSISTENT_RESERVE_IN;
}

static bool is_pr_out(const struct device_call *call)
{
    return call->code == IOCTL_STORAGE_PERSISTENT_RESERVE_OUT;
}

/* ---- The BOOL and the last error ---- */

BOOL fault_error_not_set(const struct device_call *call)
{
    const DWORD before = GetLastError();
    const BOOL done = real_call(call);

    if (!done && GetLastError() != ERROR_IO_PENDING)
        SetLastError(before);
    return done;
}

BOOL fault_error_set_on_success(const struct device_call *call)
{
    const BOOL done = real_call(call);

    if (done)
        SetLastError(ERROR_SUCCESS);
    return done;
}

BOOL fault_conflict_says_true(const struct device_call *call)
{
    return real_call(call) || GetLastError() == ERROR_BUSY;
}

BOOL fault_success_says_false(const struct device_call *call)
{
    const BOOL done = real_call(call);

    if (done)
        SetLastError(ERROR_SUCCESS);
    return FALSE;
}

/* Some programs look for what POSIX would say. */
BOOL fault_conflict_is_sharing_violation(const struct device_call *call)
{
    const BOOL done = real_call(call);

    if (!done && GetLastError() == ERROR_BUSY)
        SetLastError(ERROR_SHARING_VIOLATION);
    return done;
}

/* ---- *lpBytesReturned ---- */

BOOL fault_bytes_written_on_error(const struct device_call *call)
{
    const BOOL done = real_call(call);

    if (!done && call->bytes && GetLastError() != ERROR_BUSY)
        *call->bytes = 0;
    return done;
}

BOOL fault_bytes_left_on_conflict(const struct device_call *call)
{
    const DWORD before = call->bytes ? *call->bytes : 0;
    const BOOL done = real_call(call);

    if (!done && call->bytes && GetLastError() == ERROR_BUSY)
        *call->bytes = before;
    return done;
}

BOOL fault_bytes_left_on_success(const struct device_call *call)
{
    const DWORD before = call->bytes ? *call->bytes : 0;
    const BOOL done = real_call(call);

    if (done && call->bytes)
        *call->bytes = before;
    return done;
}

BOOL fault_pr_out_bytes_24(const struct device_call *call)
{
    const BOOL done = real_call(call);

    if (done && call->bytes && is_pr_out(call))
        *call->bytes = SCSI_PR_OUT_PARAMETER_LENGTH;
    return done;
}

BOOL fault_pr_in_bytes_are_output_length(const struct device_call *call)
{
    const BOOL done = real_call(call);

    if (done && call->bytes && is_pr_in(call))
        *call->bytes = call->output_length;
    return done;
}

BOOL fault_pr_in_bytes_one_less(const struct device_call *call)
{
    const BOOL done = real_call(call);

    if (done && call->bytes && is_pr_in(call))
        --*call->bytes;
    return done;
}

BOOL fault_conflict_bytes_24(const struct device_call *call)
{
    const BOOL done = real_call(call);

    if (!done && call->bytes && is_pr_out(call) && GetLastError() == ERROR_BUSY)
        *call->bytes = SCSI_PR_OUT_PARAMETER_LENGTH;
    return done;
}

/* ---- The buffers ---- */

BOOL fault_output_written_on_conflict(const struct device_call *call)
{
    const BOOL done = real_call(call);

    if (!done && call->output && call->output_length && GetLastError() == ERROR_BUSY)
        memset(call->output, 0, call->output_length);
    return done;
}

BOOL fault_output_written_on_refusal(const struct device_call *call)
{
    const BOOL done = real_call(call);

    if (!done && call->output && call->output_length && GetLastError() == ERROR_INVALID_PARAMETER)
        memset(call->output, 0, call->output_length);
    return done;
}

BOOL fault_output_one_byte_behind(const struct device_call *call)
{
    const BOOL done = real_call(call);

    if (done && call->output && is_pr_in(call))
        ((uint8_t *)call->output)[call->output_length] = 0;
    return done;
}

BOOL fault_output_tail_zeroed(const struct device_call *call)
{
    const BOOL done = real_call(call);

    if (done && call->output && call->bytes && *call->bytes < call->output_length)
        memset((uint8_t *)call->output + *call->bytes, 0, call->output_length - *call->bytes);
    return done;
}

BOOL fault_pr_out_copies_list_back(const struct device_call *call)
{
    const BOOL done = real_call(call);

    if (done && call->output && is_pr_out(call))
        memcpy(call->output, (const uint8_t *)call->input + 10,
               min(call->output_length, SCSI_PR_OUT_PARAMETER_LENGTH));
    return done;
}

/* The class driver moves the parameter list to the front of its buffer; here it is the caller's. */
BOOL fault_input_destroyed(const struct device_call *call)
{
    const BOOL done = real_call(call);

    if (done && is_pr_out(call))
        memmove(call->input, (const uint8_t *)call->input + 10, SCSI_PR_OUT_PARAMETER_LENGTH);
    return done;
}

bool fault_output_not_copied(const struct system_buffer *buffer, void *output, uint32_t length)
{
    (void)buffer;
    (void)output;
    (void)length;
    return true;
}

bool fault_output_last_byte_missing(const struct system_buffer *buffer, void *output,
                                    uint32_t length)
{
    return real_copy_back(buffer, output, length ? length - 1 : 0);
}

bool fault_output_first_8_bytes(const struct system_buffer *buffer, void *output, uint32_t length)
{
    return real_copy_back(buffer, output, min(length, 8));
}

/* ---- Bad pointers ---- */

bool fault_output_not_probed(struct system_buffer *buffer, const void *input,
                             uint32_t *input_length, void *output, uint32_t *output_length)
{
    uint32_t none = 0;

    if (!output)
        *output_length = 0;
    return real_capture(buffer, input, input_length, output, &none);
}

/* Only as much as the request uses. */
bool fault_input_tail_not_probed(struct system_buffer *buffer, const void *input,
                                 uint32_t *input_length, void *output, uint32_t *output_length)
{
    uint32_t used = min(*input_length, RESERVATION_INPUT_USED);
    const uint32_t whole = *input_length;
    const bool good = real_capture(buffer, input, &used, output, output_length);

    *input_length = input ? whole : 0;
    return good;
}

bool fault_null_with_length_faults(struct system_buffer *buffer, const void *input,
                                   uint32_t *input_length, void *output, uint32_t *output_length)
{
    return (input || !*input_length) && (output || !*output_length) &&
           real_capture(buffer, input, input_length, output, output_length);
}

/* ---- Which codes ---- */

BOOL fault_pr_alias_served(const struct device_call *call)
{
    struct device_call storage = *call;

    if (call->code == 0x00075018 || call->code == 0x0007d01c)
        storage.code = call->code - (FILE_DEVICE_DISK << 16) + (FILE_DEVICE_MASS_STORAGE << 16);
    return real_call(&storage);
}

BOOL fault_disk_alias_unknown(const struct device_call *call)
{
    if (call->code == IOCTL_DISK_RESERVE || call->code == IOCTL_DISK_RELEASE) {
        SetLastError(ERROR_NOT_SUPPORTED);
        return FALSE;
    }
    return real_call(call);
}
