#include "unix_side.h"

#include "../reservation/nt_status.h"
#include "../unix/calls.h"
#include "disk.h"
#include "wine_version.h"
#include <string.h>

/* Wine's private ways, the same in 8 and 10: dlls/ntdll/ntdll.spec, dlls/ntdll/unix/virtual.c. */
enum { MEMORY_WINE_UNIX_FUNCS = 1000 };
typedef int32_t(WINAPI *unix_call_dispatcher)(uint64_t table, unsigned int code, void *arguments);
typedef int32_t(WINAPI *query_virtual_memory)(HANDLE, const void *, int, void *, SIZE_T, SIZE_T *);
typedef int32_t(CDECL *server_handle_to_fd)(HANDLE, unsigned int, int *, unsigned int *);

/* Set once under the loader lock, before anything can call. */
static struct {
    server_handle_to_fd handle_to_fd;
    unix_call_dispatcher dispatch;
    uint64_t table;
    int32_t status;
    const char *problem;
} unix_side = {.status = NT_STATUS_DLL_NOT_FOUND, .problem = "holdfast.so was not wanted"};

static FARPROC ntdll_function(const char *name)
{
    return GetProcAddress(GetModuleHandleW(L"ntdll.dll"), name);
}

static void fail(int32_t status, const char *problem)
{
    unix_side.status = status;
    unix_side.problem = problem;
}

static int32_t call(enum holdfast_call code, void *arguments)
{
    return unix_side.dispatch(unix_side.table, code, arguments);
}

static void greet(void)
{
    struct holdfast_hello hello = {0};

    unix_side.status = call(HOLDFAST_CALL_HELLO, &hello);
    if (unix_side.status != NT_STATUS_SUCCESS || hello.version != HOLDFAST_CALLS_VERSION)
        fail(NT_STATUS_REVISION_MISMATCH,
             "holdfast.dll and holdfast.so are of different versions: install both from one "
             "build");
}

static void load(void *module, const char *wine_version)
{
    void **dispatcher = (void **)(void *)ntdll_function("__wine_unix_call_dispatcher");
    query_virtual_memory query =
        (query_virtual_memory)(void *)ntdll_function("NtQueryVirtualMemory");

    unix_side.handle_to_fd =
        (server_handle_to_fd)(void *)ntdll_function("wine_server_handle_to_fd");
    if (!dispatcher || !unix_side.handle_to_fd) {
        static char line[320];

        wine_version_explain(line, sizeof(line), WINE_IS_UNKNOWN, wine_version, "way to Linux");
        fail(NT_STATUS_NOT_SUPPORTED, line);
        return;
    }
    unix_side.dispatch = (unix_call_dispatcher)*dispatcher;
    unix_side.status = query(GetCurrentProcess(), module, MEMORY_WINE_UNIX_FUNCS, &unix_side.table,
                             sizeof(unix_side.table), NULL);
    if (unix_side.status == NT_STATUS_SUCCESS)
        greet();
    else
        fail(unix_side.status, "holdfast.so was not found: start the program by the 'holdfast' "
                               "command, or set WINEDLLPATH to Holdfast's directory");
}

int32_t unix_side_load(void *module, const char *wine_version)
{
    load(module, wine_version);
    return unix_side.status;
}

int32_t unix_side_status(void)
{
    return unix_side.status;
}

const char *unix_side_problem(void)
{
    return unix_side.problem;
}

int32_t unix_side_handle_to_fd(HANDLE handle, uint32_t access, int *fd, unsigned int *options)
{
    return unix_side.handle_to_fd(handle, access, fd, options);
}

void unix_side_close(int fd)
{
    struct holdfast_close arguments = {.fd = fd};

    call(HOLDFAST_CALL_CLOSE, &arguments);
}

int unix_side_open(const char *path, uint32_t access, int *error, int32_t *os_error)
{
    struct holdfast_open arguments = {.access = access, .fd = -1, .error = SCSI_TRANSPORT_FAILED};

    if (strlen(path) < sizeof(arguments.path)) {
        memcpy(arguments.path, path, strlen(path) + 1);
        call(HOLDFAST_CALL_OPEN, &arguments);
    }
    *error = arguments.error;
    *os_error = arguments.os_error;
    return arguments.fd;
}

struct unix_side_identity unix_side_identify(int fd)
{
    struct holdfast_identify arguments = {.fd = fd};
    struct unix_side_identity identity = {0};

    if (call(HOLDFAST_CALL_IDENTIFY, &arguments) != NT_STATUS_SUCCESS)
        return identity;
    identity.is_scsi_disk = arguments.is_scsi_disk != 0;
    identity.is_generic = arguments.is_generic != 0;
    identity.device_major = arguments.device_major;
    identity.device_minor = arguments.device_minor;
    identity.sector_size = arguments.sector_size;
    identity.first_sector = arguments.first_sector;
    identity.node = arguments.node;
    return identity;
}

int unix_side_trace_open(const char *path, uint64_t limit, uint32_t keep)
{
    struct holdfast_trace_open arguments = {.limit = limit, .keep = keep};
    const size_t length = strlen(path);

    if (length >= sizeof(arguments.path))
        return -1;
    memcpy(arguments.path, path, length);
    if (call(HOLDFAST_CALL_TRACE_OPEN, &arguments) != NT_STATUS_SUCCESS)
        return -1;
    return arguments.error;
}

void unix_side_trace_write(const char *text, uint32_t length)
{
    struct holdfast_trace_write arguments = {.text = (uintptr_t)text, .length = length};

    call(HOLDFAST_CALL_TRACE_WRITE, &arguments);
}

static int execute(void *handle, const struct scsi_command *command, struct scsi_result *result)
{
    const struct disk *disk = handle;
    struct holdfast_execute arguments;

    if (disk->fd < 0) {
        result->os_error = disk->os_error;
        return disk->open_error;
    }
    /* No initialiser, which would clear the sense bytes first. */
    arguments.fd = disk->fd;
    arguments.is_generic = disk->is_generic;
    arguments.timeout_ms = command->timeout_ms;
    arguments.data = (uintptr_t)command->data;
    arguments.transfer_length = command->transfer_length;
    arguments.direction = (uint8_t)command->direction;
    arguments.cdb_length = command->cdb_length;
    memcpy(arguments.cdb, command->cdb, sizeof(arguments.cdb));
    if (call(HOLDFAST_CALL_EXECUTE, &arguments) != NT_STATUS_SUCCESS)
        return SCSI_TRANSPORT_FAILED;
    result->status = arguments.status;
    result->host_status = arguments.host_status;
    result->driver_status = arguments.driver_status;
    result->sense_length = arguments.sense_length;
    memcpy(result->sense, arguments.sense, min(arguments.sense_length, SCSI_SENSE_MAX));
    result->transferred = arguments.transferred;
    result->os_error = arguments.os_error;
    return arguments.error;
}

static int reset(void *handle, enum scsi_reset_level level, int32_t *os_error)
{
    const struct disk *disk = handle;
    struct holdfast_reset arguments = {.fd = disk->fd, .level = level};

    if (disk->fd < 0) {
        *os_error = disk->os_error;
        return disk->open_error;
    }
    if (call(HOLDFAST_CALL_RESET, &arguments) != NT_STATUS_SUCCESS)
        return SCSI_TRANSPORT_FAILED;
    *os_error = arguments.os_error;
    return arguments.error;
}

const struct scsi_transport unix_side_transport = {execute, reset};
