/* The table that Wine finds in holdfast.so. Each entry unpacks one call, does it, and packs the
 * answer; the NTSTATUS returned says only whether the call itself made sense. */
#include "calls.h"

#include "../scsi/transport.h"
#include "direct_io.h"
#include "open_node.h"
#include "sg_io.h"
#include "trace_log.h"
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

enum {
    CALL_OK = 0,
    CALL_INVALID_PARAMETER = (int32_t)0xc000000d,
};

typedef int32_t (*unix_call)(void *arguments);

_Static_assert(sizeof(((struct holdfast_execute *)0)->cdb) == SCSI_CDB_MAX, "one CDB size");
_Static_assert(sizeof(((struct holdfast_execute *)0)->sense) == SCSI_SENSE_MAX, "one sense size");

static int32_t call_hello(void *arguments)
{
    struct holdfast_hello *hello = arguments;

    hello->version = HOLDFAST_CALLS_VERSION;
    return CALL_OK;
}

/* The descriptor of a disk is kept for as long as the program's handle lives. */
static int32_t call_identify(void *arguments)
{
    struct holdfast_identify *call = arguments;
    struct sg_disk_identity identity = sg_io_identify(call->fd);

    if (identity.is_scsi_disk)
        fcntl(call->fd, F_SETFD, FD_CLOEXEC);
    call->sector_size =
        identity.is_scsi_disk && !identity.is_generic ? direct_io_start(call->fd) : 0;
    call->is_scsi_disk = identity.is_scsi_disk;
    call->is_generic = identity.is_generic;
    call->first_sector = call->sector_size
                             ? direct_io_first_sector(identity.device_major, identity.device_minor)
                             : 0;
    call->device_major = identity.device_major;
    call->device_minor = identity.device_minor;
    call->node = identity.node;
    return CALL_OK;
}

static int32_t call_execute(void *arguments)
{
    struct holdfast_execute *call = arguments;
    struct sg_disk disk = {.fd = call->fd, .is_generic = call->is_generic != 0};
    struct scsi_command command = {
        .cdb_length = call->cdb_length,
        .direction = (enum scsi_direction)call->direction,
        .transfer_length = call->transfer_length,
        .data = (void *)(uintptr_t)call->data,
        .timeout_ms = call->timeout_ms,
    };
    struct scsi_result result;

    scsi_result_clear(&result);
    if (call->cdb_length > SCSI_CDB_MAX || call->direction > SCSI_DATA_OUT)
        return CALL_INVALID_PARAMETER;
    memcpy(command.cdb, call->cdb, sizeof(command.cdb));
    call->error = sg_io_transport.execute(&disk, &command, &result);
    call->status = result.status;
    call->host_status = result.host_status;
    call->driver_status = result.driver_status;
    call->sense_length = result.sense_length;
    if (result.sense_length)
        memcpy(call->sense, result.sense, sizeof(call->sense));
    call->transferred = result.transferred;
    call->os_error = result.os_error;
    return CALL_OK;
}

static int32_t call_reset(void *arguments)
{
    struct holdfast_reset *call = arguments;
    struct sg_disk disk = {.fd = call->fd};

    if (call->level > SCSI_RESET_BUS)
        return CALL_INVALID_PARAMETER;
    call->error = sg_io_transport.reset(&disk, (enum scsi_reset_level)call->level, &call->os_error);
    return CALL_OK;
}

/* Wine hands out duplicates of its descriptors; they are ours to close, and only Unix code can. */
static int32_t call_close(void *arguments)
{
    struct holdfast_close *call = arguments;

    return close(call->fd) == 0 ? CALL_OK : CALL_INVALID_PARAMETER;
}

static int32_t call_open(void *arguments)
{
    struct holdfast_open *call = arguments;

    if (!memchr(call->path, 0, sizeof(call->path)))
        return CALL_INVALID_PARAMETER;
    call->fd = open_node(call->path, call->access, &call->os_error);
    call->error = call->fd >= 0 ? SCSI_SENT : open_node_error(call->os_error);
    return CALL_OK;
}

static struct trace_log trace = TRACE_LOG_CLOSED;

/* Called once, before there are threads. */
static int32_t call_trace_open(void *arguments)
{
    struct holdfast_trace_open *call = arguments;

    if (!memchr(call->path, 0, sizeof(call->path)))
        return CALL_INVALID_PARAMETER;
    call->error = trace_log_open(&trace, call->path, call->limit, call->keep);
    return CALL_OK;
}

static int32_t call_trace_write(void *arguments)
{
    struct holdfast_trace_write *call = arguments;

    call->error = trace_log_write(&trace, (const void *)(uintptr_t)call->text, call->length);
    return CALL_OK;
}

/* Wine looks the tables up by these names, dlls/ntdll/unix/loader.c. The structures hold no
 * pointer and no long, so 32-bit programs on a 64-bit Wine use the same functions. */
#define CALL_TABLE                                                                    \
    {                                                                                 \
        [HOLDFAST_CALL_HELLO] = call_hello, [HOLDFAST_CALL_IDENTIFY] = call_identify, \
        [HOLDFAST_CALL_EXECUTE] = call_execute, [HOLDFAST_CALL_RESET] = call_reset,   \
        [HOLDFAST_CALL_CLOSE] = call_close, [HOLDFAST_CALL_OPEN] = call_open,         \
        [HOLDFAST_CALL_TRACE_OPEN] = call_trace_open,                                 \
        [HOLDFAST_CALL_TRACE_WRITE] = call_trace_write,                               \
    }

extern const unix_call __wine_unix_call_funcs[HOLDFAST_CALL_COUNT];
extern const unix_call __wine_unix_call_wow64_funcs[HOLDFAST_CALL_COUNT];

__attribute__((visibility("default"))) const unix_call __wine_unix_call_funcs[HOLDFAST_CALL_COUNT] =
    CALL_TABLE;
__attribute__((visibility("default")))
const unix_call __wine_unix_call_wow64_funcs[HOLDFAST_CALL_COUNT] = CALL_TABLE;
