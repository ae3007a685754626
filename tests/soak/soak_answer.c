/* windows-behaviour 2.8 and 2.9: return value, last error, bytes returned, OVERLAPPED, event and
 * packet, on both kinds of handle; the buffers outside of what is due. */
#include "soak_answer.h"

#include "soak_sentinels.h"
#include <stddef.h>

enum { NOT_ASKED = 2, ERROR_NOT_SUPPORTED = 50, ERROR_NOACCESS = 998 };
static const uint32_t PENDING = 0x103;

/* The Win32 errors that a disk here can lead to, and the NTSTATUS behind each. */
static const struct {
    uint32_t error, status;
} known_errors[] = {
    {ERROR_SUCCESS, 0},
    {ERROR_BUSY, 0x80000011},             /* STATUS_DEVICE_BUSY */
    {ERROR_NOT_READY, 0xc00000a3},        /* STATUS_DEVICE_NOT_READY */
    {ERROR_INVALID_FUNCTION, 0xc0000010}, /* STATUS_INVALID_DEVICE_REQUEST */
    {ERROR_IO_DEVICE, 0xc0000185},        /* STATUS_IO_DEVICE_ERROR */
};

static bool is_overlapped(enum soak_handle handle)
{
    switch (handle) {
    case HANDLE_DISK_OVERLAPPED:
    case HANDLE_SG_OVERLAPPED:
    case HANDLE_DISK_PORT:
    case HANDLE_SG_PORT:
    case HANDLE_READ_ONLY_OVERLAPPED:
    case HANDLE_NO_ACCESS:
        return true;
    default:
        return false;
    }
}

static bool status_of(uint32_t error, uint32_t *status)
{
    for (size_t i = 0; i < sizeof(known_errors) / sizeof(known_errors[0]); i++) {
        if (known_errors[i].error == error) {
            *status = known_errors[i].status;
            return true;
        }
    }
    return false;
}

/* Bytes of output that may have been written. */
static uint32_t information_of(const struct soak_request *request)
{
    const struct soak_answer *answer = &request->answer;

    if (answer->error != ERROR_SUCCESS || request->code != IOCTL_STORAGE_PERSISTENT_RESERVE_IN)
        return 0;
    return request->way == 's' ? answer->returned : answer->internal_high;
}

/* Return value and last error of a call that said the end itself. */
static const char *inline_problem(const struct soak_answer *answer)
{
    if (answer->final != NOT_ASKED || answer->packets)
        return "completed after it had been answered";
    if (answer->result && answer->last_error != SOAK_LAST_ERROR)
        return "a success that changed the last error";
    return NULL;
}

static const char *refused_problem(const struct soak_request *request)
{
    const struct soak_answer *answer = &request->answer;
    const bool has_overlapped = request->way != 's';

    if (answer->result || answer->last_error != request->refusal)
        return "expected to be refused with another error";
    if (answer->returned != (has_overlapped ? 0 : SOAK_RETURNED))
        return "bytes returned";
    if (has_overlapped && (answer->internal != PENDING || answer->signalled))
        return "a refusal that reached OVERLAPPED or event";
    return inline_problem(answer);
}

static const char *synchronous_problem(const struct soak_answer *answer)
{
    const uint32_t untouched = SOAK_RETURNED;

    if (answer->error == ERROR_BUSY && answer->returned != 0)
        return "a conflict's bytes returned are not 0";
    if (answer->error != ERROR_SUCCESS && answer->error != ERROR_BUSY &&
        answer->returned != untouched)
        return "an error that wrote bytes returned";
    return inline_problem(answer);
}

/* An OVERLAPPED on a synchronous handle: errors do not reach it, success and warnings do. */
static const char *overlapped_inline_problem(const struct soak_answer *answer)
{
    const bool reaches = answer->error == ERROR_SUCCESS || answer->error == ERROR_BUSY;
    uint32_t status = PENDING;

    if (reaches)
        status_of(answer->error, &status);
    if (answer->internal != status || answer->signalled != reaches)
        return "OVERLAPPED or event on a synchronous handle";
    if (answer->returned != answer->internal_high)
        return "bytes returned differ from InternalHigh";
    return inline_problem(answer);
}

static const char *pended_problem(const struct soak_request *request, uint32_t status)
{
    const struct soak_answer *answer = &request->answer;

    if (answer->result || answer->last_error != ERROR_IO_PENDING)
        return "decided by the disk, and not answered with ERROR_IO_PENDING first";
    if (answer->final != (answer->error == ERROR_SUCCESS) || !answer->signalled)
        return "the end of a pending request";
    if (answer->internal != status || answer->final_bytes != answer->internal_high)
        return "the OVERLAPPED of a request that has ended";
    if (answer->returned != 0 && answer->returned != answer->internal_high)
        return "bytes returned of a pending request";
    if (answer->packets != (request->way == 'p'))
        return "the number of completion packets";
    return NULL;
}

static const char *decided_problem(const struct soak_request *request)
{
    uint32_t status;

    if (!status_of(request->answer.error, &status))
        return "an error that this disk never gives";
    if (request->way == 's')
        return synchronous_problem(&request->answer);
    if (!is_overlapped(request->handle))
        return overlapped_inline_problem(&request->answer);
    return pended_problem(request, status);
}

/* Wine says 50, or 1 once its cache of disks is full (wine-mechanics 1). */
static const char *foreign_problem(const struct soak_answer *answer)
{
    if (answer->result ||
        (answer->error != ERROR_NOT_SUPPORTED && answer->error != ERROR_INVALID_FUNCTION))
        return "a foreign code that was answered";
    return NULL;
}

const char *soak_answer_problem(const struct soak_request *request)
{
    const struct soak_answer *answer = &request->answer;

    if (!answer->input_untouched)
        return "the input buffer was written to";
    if (answer->output_used > information_of(request))
        return "bytes of the output buffer were written that were not due";
    if (request->kind == SOAK_REFUSED)
        return refused_problem(request);
    if (request->kind == SOAK_FOREIGN)
        return foreign_problem(answer);
    return decided_problem(request);
}
