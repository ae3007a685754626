/* The shim with one deliberate fault, to see whether the conformance suite finds it.
 *
 * The same objects as the shipped holdfast.dll, but the linker leads some of the calls between its
 * modules ("seams") through seams.c (--wrap). HOLDFAST_FAULT names the fault of this run; with
 * "none" or without it every seam goes straight on. */
#ifndef FAULTS_H
#define FAULTS_H

#include "../../../dll/shim/call.h"
#include "../../../dll/shim/device_io_control.h"
#include "../../../dll/shim/file_object.h"
#include "../../../dll/shim/transfer.h"

#include "../../../dll/reservation/judge.h"

/* The arguments of DeviceIoControl. */
struct device_call {
    HANDLE handle;
    DWORD code;
    void *input;
    DWORD input_length;
    void *output;
    DWORD output_length;
    DWORD *bytes;
    OVERLAPPED *overlapped;
};

typedef BOOL seam_call(const struct device_call *call);
typedef int32_t seam_prepare(const struct reservation_request *request,
                             struct reservation_plan *plan);
typedef struct reservation_verdict seam_judge(const struct scsi_result *result);
typedef int seam_execute(void *disk, const struct scsi_command *command,
                         struct scsi_result *result);
typedef void seam_reset(const struct reservation_disk *disk, struct reservation_outcome *outcome);
typedef bool seam_open(void *handle, struct disk *disk);
typedef BOOL seam_refused(const struct completion *completion, int32_t status);
typedef BOOL seam_decided(const struct completion *completion, int32_t status,
                          uint32_t information);
typedef BOOL seam_pended(const struct completion *completion);
typedef int32_t seam_reset_event(const struct completion *completion);
typedef bool seam_store(OVERLAPPED *overlapped, int32_t status, uint32_t information);
typedef void seam_post(struct file_object *port, ULONG_PTR key, void *overlapped, int32_t status,
                       uint32_t information);
typedef HANDLE seam_duplicate(HANDLE handle);
typedef bool seam_capture(struct system_buffer *buffer, const void *input, uint32_t *input_length,
                          void *output, uint32_t *output_length);
typedef bool seam_copy_back(const struct system_buffer *buffer, void *output, uint32_t length);
typedef NTSTATUS seam_transfer(const struct transfer *transfer, ULONG_PTR *transferred);
typedef bool seam_unclear(NTSTATUS status);

/* Name of the seam, and of the function of the shim that it stands before. "call" and "execute" are
 * apart: their functions have other parameters here. */
#define PLAIN_SEAMS(X)                      \
    X(prepare, reservation_prepare)         \
    X(judge, reservation_judge)             \
    X(open, disk_open)                      \
    X(refused, complete_refused)            \
    X(decided, complete_decided)            \
    X(pended, complete_pended)              \
    X(reset_event, complete_reset_event)    \
    X(store, complete_store)                \
    X(post, file_object_post)               \
    X(duplicate, handles_duplicate_private) \
    X(capture, system_buffer_capture)       \
    X(copy_back, system_buffer_copy_back)   \
    X(transfer, transfer_run)               \
    X(unclear, disk_error_is_unclear)       \
    X(reset, reservation_break)

/* The shim's own functions, past the seams: real_prepare, real_judge, ... */
#define X(seam, function) extern seam_##seam *const real_##seam;
PLAIN_SEAMS(X)
#undef X
seam_call real_call;
seam_execute real_execute;

/* fault_NAME for each row of list.h. */
#define FAULT(name, seam, cases, words) seam_##seam fault_##name;
#include "list.h"
#undef FAULT

#endif
