#include "faults.h"

#include "../../../dll/shim/hook.h"
#include "../../../dll/shim/unix_side.h"
#include <winioctl.h>

/* A fault sits at one seam; at the others there is NULL. */
struct fault {
    const char *name;
    seam_call *call;
    seam_execute *execute;
/* NOLINTNEXTLINE(bugprone-macro-parentheses): a member */
#define X(seam, function) seam_##seam *seam;
    PLAIN_SEAMS(X)
#undef X
};

static const struct fault faults[] = {
    {.name = "none"},
#define FAULT(fault_name, seam, cases, words) {.name = #fault_name, .seam = fault_##fault_name},
#include "list.h"
#undef FAULT
};

static const struct fault *chosen = &faults[0];

enum { EXIT_UNKNOWN_FAULT = 99 };

static void choose(void)
{
    char name[64] = "";

    GetEnvironmentVariableA("HOLDFAST_FAULT", name, sizeof(name));
    if (!name[0])
        return;
    for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++) {
        if (lstrcmpA(faults[i].name, name) == 0) {
            chosen = &faults[i];
            return;
        }
    }
    TerminateProcess(GetCurrentProcess(), EXIT_UNKNOWN_FAULT);
}

void __real_hook_install(HMODULE module);
void __wrap_hook_install(HMODULE module);

void __wrap_hook_install(HMODULE module)
{
    choose();
    __real_hook_install(module);
}

/* ---- The linker's names: calls of FUNCTION come to __wrap_FUNCTION, __real_FUNCTION is the shim's
 * own. ---- */

#define X(seam, function)                             \
    seam_##seam __real_##function, __wrap_##function; \
    seam_##seam *const real_##seam = __real_##function;
PLAIN_SEAMS(X)
#undef X

#define LEAD(seam, result, function, parameters, arguments)                   \
    result __wrap_##function parameters                                       \
    {                                                                         \
        return chosen->seam ? chosen->seam arguments : real_##seam arguments; \
    }

LEAD(prepare, int32_t, reservation_prepare,
     (const struct reservation_request *request, struct reservation_plan *plan), (request, plan))
LEAD(judge, struct reservation_verdict, reservation_judge, (const struct scsi_result *result),
     (result))
LEAD(open, bool, disk_open, (void *handle, struct disk *disk), (handle, disk))
LEAD(refused, BOOL, complete_refused, (const struct completion *completion, int32_t status),
     (completion, status))
LEAD(decided, BOOL, complete_decided,
     (const struct completion *completion, int32_t status, uint32_t information),
     (completion, status, information))
LEAD(pended, BOOL, complete_pended, (const struct completion *completion), (completion))
LEAD(reset_event, int32_t, complete_reset_event, (const struct completion *completion),
     (completion))
LEAD(store, bool, complete_store, (OVERLAPPED * overlapped, int32_t status, uint32_t information),
     (overlapped, status, information))
LEAD(post, void, file_object_post,
     (struct file_object * port, ULONG_PTR key, void *overlapped, int32_t status,
      uint32_t information),
     (port, key, overlapped, status, information))
LEAD(duplicate, HANDLE, handles_duplicate_private, (HANDLE handle), (handle))
LEAD(capture, bool, system_buffer_capture,
     (struct system_buffer * buffer, const void *input, uint32_t *input_length, void *output,
      uint32_t *output_length),
     (buffer, input, input_length, output, output_length))
LEAD(copy_back, bool, system_buffer_copy_back,
     (const struct system_buffer *buffer, void *output, uint32_t length), (buffer, output, length))
LEAD(transfer, NTSTATUS, transfer_run, (const struct transfer *transfer, ULONG_PTR *transferred),
     (transfer, transferred))
LEAD(unclear, bool, disk_error_is_unclear, (NTSTATUS status), (status))
LEAD(reset, void, reservation_break,
     (const struct reservation_disk *disk, struct reservation_outcome *outcome), (disk, outcome))

/* ---- DeviceIoControl ---- */

BOOL WINAPI __real_hooked_device_io_control(HANDLE, DWORD, void *, DWORD, void *, DWORD, DWORD *,
                                            OVERLAPPED *);
BOOL WINAPI __wrap_hooked_device_io_control(HANDLE, DWORD, void *, DWORD, void *, DWORD, DWORD *,
                                            OVERLAPPED *);

BOOL real_call(const struct device_call *call)
{
    return __real_hooked_device_io_control(call->handle, call->code, call->input,
                                           call->input_length, call->output, call->output_length,
                                           call->bytes, call->overlapped);
}

/* The reservation codes, and those that look like them. */
static bool is_storage_or_disk_code(DWORD code)
{
    return code >> 16 == FILE_DEVICE_MASS_STORAGE || code >> 16 == FILE_DEVICE_DISK;
}

/* NOLINTBEGIN(readability-non-const-parameter): DeviceIoControl's */
BOOL WINAPI __wrap_hooked_device_io_control(HANDLE handle, DWORD code, void *input,
                                            DWORD input_length, void *output, DWORD output_length,
                                            DWORD *bytes, OVERLAPPED *overlapped)
{
    const struct device_call call = {handle, code,          input, input_length,
                                     output, output_length, bytes, overlapped};

    return chosen->call && is_storage_or_disk_code(code) ? chosen->call(&call) : real_call(&call);
}

/* NOLINTEND(readability-non-const-parameter) */

/* ---- The transport ---- */

struct reservation_disk __real_disk_target(struct disk *disk);
struct reservation_disk __wrap_disk_target(struct disk *disk);

int real_execute(void *disk, const struct scsi_command *command, struct scsi_result *result)
{
    return unix_side_transport.execute(disk, command, result);
}

static int execute(void *disk, const struct scsi_command *command, struct scsi_result *result)
{
    return chosen->execute ? chosen->execute(disk, command, result)
                           : real_execute(disk, command, result);
}

static int reset(void *disk, enum scsi_reset_level level, int32_t *os_error)
{
    return unix_side_transport.reset(disk, level, os_error);
}

static const struct scsi_transport transport = {execute, reset};

struct reservation_disk __wrap_disk_target(struct disk *disk)
{
    struct reservation_disk target = __real_disk_target(disk);

    target.transport = &transport;
    return target;
}
