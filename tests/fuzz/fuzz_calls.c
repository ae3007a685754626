/* The table that Wine calls: arguments of any content, and a kernel that answers anything. */
#include "fuzz.h"

#include "../../dll/unix/calls.h"
#include "../unit/fake_kernel.h"

#include "../../dll/scsi/transport.h"
#include <errno.h>
#include <stdbool.h>
#include <string.h>

typedef int32_t (*unix_call)(void *arguments);
extern const unix_call __wine_unix_call_funcs[HOLDFAST_CALL_COUNT];
extern const unix_call __wine_unix_call_wow64_funcs[HOLDFAST_CALL_COUNT];

static const size_t sizes[HOLDFAST_CALL_COUNT] = {
    [HOLDFAST_CALL_HELLO] = sizeof(struct holdfast_hello),
    [HOLDFAST_CALL_IDENTIFY] = sizeof(struct holdfast_identify),
    [HOLDFAST_CALL_EXECUTE] = sizeof(struct holdfast_execute),
    [HOLDFAST_CALL_RESET] = sizeof(struct holdfast_reset),
    [HOLDFAST_CALL_CLOSE] = sizeof(struct holdfast_close),
    [HOLDFAST_CALL_OPEN] = sizeof(struct holdfast_open),
    [HOLDFAST_CALL_TRACE_OPEN] = sizeof(struct holdfast_trace_open),
    [HOLDFAST_CALL_TRACE_WRITE] = sizeof(struct holdfast_trace_write),
};

static void script_kernel(struct fuzz_input *input)
{
    fake_kernel_clear();
    fake_kernel.answers_ioctl = fake_kernel.answers_fstat = true;
    fake_kernel.error = fuzz_byte(input) % 4 ? 0 : fuzz_byte(input) % 133;
    if (fake_kernel.error == EAGAIN) /* which a reset waits out, by the clock */
        fake_kernel.error = EBUSY;
    fake_kernel.status = fuzz_byte(input);
    fake_kernel.host_status = (uint16_t)fuzz_word(input);
    fake_kernel.driver_status = fuzz_byte(input);
    fake_kernel.sense_length = fuzz_byte(input);
    fake_kernel.resid = (int)fuzz_word(input);
    fake_kernel.scsi_type = fuzz_byte(input);
    fake_kernel.mode = fuzz_word(input);
    fake_kernel.device = fuzz_word(input);
    fuzz_take(input, fake_kernel.sense, 32);
}

static void check_execute(const struct holdfast_execute *call, int32_t status)
{
    if (call->cdb_length > SCSI_CDB_MAX || call->direction > SCSI_DATA_OUT) {
        INVARIANT(status < 0 && fake_kernel.calls == 0);
        return;
    }
    INVARIANT(status == 0 && fake_kernel.calls == 1);
    INVARIANT(call->error >= SCSI_SENT && call->error <= SCSI_TRANSPORT_FAILED);
    INVARIANT((call->error == SCSI_SENT) == (fake_kernel.error == 0));
    INVARIANT(call->sense_length <= sizeof(call->sense));
    if (call->error == SCSI_SENT)
        INVARIANT(call->transferred <= call->transfer_length);
}

/* Of the host's own nodes none is for opening. */
static void lead_nowhere(struct holdfast_open *call)
{
    static const char nowhere[] = "/dev/null/";

    if (call->path[0] == '/')
        memcpy(call->path, nowhere, sizeof(nowhere) - 1);
}

static void check_open(const struct holdfast_open *call, int32_t status)
{
    const bool ends = memchr(call->path, 0, sizeof(call->path)) != NULL;

    INVARIANT(ends == (status == 0));
    if (ends)
        INVARIANT(call->fd == -1 && call->error == SCSI_DEVICE_GONE && call->os_error != 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct fuzz_input input = {bytes, size};
    enum holdfast_call code = fuzz_byte(&input) % HOLDFAST_CALL_COUNT;
    uint8_t *arguments;
    int32_t status;

    script_kernel(&input);
    arguments = fuzz_block(&input, sizes[code]);
    /* The fuzzer's own descriptors are not for closing, nor for direct I/O. */
    if (code == HOLDFAST_CALL_CLOSE || code == HOLDFAST_CALL_IDENTIFY)
        ((struct holdfast_close *)arguments)->fd |= INT32_MIN;
    if (code == HOLDFAST_CALL_OPEN)
        lead_nowhere((struct holdfast_open *)arguments);
    /* Nor are the machine's files for its lines; what is never opened is never written to. */
    if (code == HOLDFAST_CALL_TRACE_OPEN)
        ((struct holdfast_trace_open *)arguments)->path[0] = '.';
    status = __wine_unix_call_funcs[code](arguments);
    INVARIANT(__wine_unix_call_wow64_funcs[code] == __wine_unix_call_funcs[code]);
    if (code == HOLDFAST_CALL_EXECUTE)
        check_execute((const struct holdfast_execute *)arguments, status);
    if (code == HOLDFAST_CALL_OPEN)
        check_open((const struct holdfast_open *)arguments, status);
    if (code == HOLDFAST_CALL_TRACE_OPEN)
        INVARIANT(status < 0 || ((const struct holdfast_trace_open *)arguments)->error == EINVAL);
    if (code == HOLDFAST_CALL_TRACE_WRITE)
        INVARIANT(((const struct holdfast_trace_write *)arguments)->error == EBADF);
    if (code == HOLDFAST_CALL_CLOSE)
        INVARIANT(status < 0);
    free(arguments);
    return 0;
}
