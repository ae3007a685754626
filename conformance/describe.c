#include "describe.h"

#include "nt_status.h"

#include <inttypes.h>
#include <ntddstor/reservation.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "compiler.h"

static const struct {
    uint32_t code;
    const char *name;
} code_names[] = {
    {IOCTL_STORAGE_RESERVE, "STORAGE_RESERVE"},
    {IOCTL_STORAGE_RELEASE, "STORAGE_RELEASE"},
    {IOCTL_DISK_RESERVE, "DISK_RESERVE"},
    {IOCTL_DISK_RELEASE, "DISK_RELEASE"},
    {IOCTL_STORAGE_PERSISTENT_RESERVE_IN, "PR_IN"},
    {IOCTL_STORAGE_PERSISTENT_RESERVE_OUT, "PR_OUT"},
    {IOCTL_STORAGE_BREAK_RESERVATION, "BREAK_RESERVATION"},
    {IOCTL_STORAGE_RESET_BUS, "RESET_BUS"},
    {IOCTL_STORAGE_RESET_DEVICE, "RESET_DEVICE"},
    {OBSOLETE_IOCTL_STORAGE_RESET_BUS, "OBSOLETE_RESET_BUS"},
    {OBSOLETE_IOCTL_STORAGE_RESET_DEVICE, "OBSOLETE_RESET_DEVICE"},
};

static const char *const pr_in_actions[] = {
    [RESERVATION_ACTION_READ_KEYS] = "READ_KEYS",
    [RESERVATION_ACTION_READ_RESERVATIONS] = "READ_RESERVATIONS",
};

static const char *const pr_out_actions[] = {
    [RESERVATION_ACTION_REGISTER] = "REGISTER",
    [RESERVATION_ACTION_RESERVE] = "RESERVE",
    [RESERVATION_ACTION_RELEASE] = "RELEASE",
    [RESERVATION_ACTION_CLEAR] = "CLEAR",
    [RESERVATION_ACTION_PREEMPT] = "PREEMPT",
    [RESERVATION_ACTION_PREEMPT_ABORT] = "PREEMPT_ABORT",
    [RESERVATION_ACTION_REGISTER_IGNORE_EXISTING] = "REGISTER_IGNORE_EXISTING",
};

static const char *const access_words[HANDLE_ACCESSES] = {
    [OPEN_READ_WRITE] = "",
    [OPEN_READ] = ", read-only handle",
    [OPEN_WRITE] = ", write-only handle",
    [OPEN_NOTHING] = ", handle without access",
};

/* Adds to a text that is cut where it does not fit. */
PRINTF_FORMAT(3, 4) static void add(char *text, size_t size, const char *format, ...)
{
    const size_t used = strlen(text);
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(text + used, size - used, format, arguments);
    va_end(arguments);
}

static void add_code(uint32_t code, char *text, size_t size)
{
    for (size_t i = 0; i < sizeof(code_names) / sizeof(code_names[0]); i++) {
        if (code_names[i].code == code) {
            add(text, size, "%s", code_names[i].name);
            return;
        }
    }
    add(text, size, "code 0x%08" PRIx32, code);
}

static void add_action(const char *const *names, size_t count, uint8_t action, char *text,
                       size_t size)
{
    if (action < count)
        add(text, size, " %s", names[action]);
    else
        add(text, size, " action 0x%02x", action);
}

static void add_parameters(const struct request *request, char *text, size_t size)
{
    const uint8_t action = request->input[8] & 0x1f;

    if (request->input_flags & NULL_BUFFER || request->input_length < PR_COMMAND_LENGTH)
        return;
    if (request->code == IOCTL_STORAGE_PERSISTENT_RESERVE_IN) {
        add_action(pr_in_actions, sizeof(pr_in_actions) / sizeof(pr_in_actions[0]), action, text,
                   size);
        add(text, size, " allocation %d", request->input[10] | request->input[11] << 8);
    } else if (request->code == IOCTL_STORAGE_PERSISTENT_RESERVE_OUT) {
        add_action(pr_out_actions, sizeof(pr_out_actions) / sizeof(pr_out_actions[0]), action, text,
                   size);
        add(text, size, " type %d", request->input[9] & 15);
        if (request->input[9] >> 4)
            add(text, size, " scope %d", request->input[9] >> 4);
    }
}

static void add_buffer(const char *name, uint32_t flags, uint32_t length, char *text, size_t size)
{
    if (!(flags & NULL_BUFFER))
        add(text, size, ", %s %" PRIu32, name, length);
    else if (length)
        add(text, size, ", %s NULL with length %" PRIu32, name, length);
}

void describe_request(unsigned node, const struct request *request, char *text, size_t size)
{
    snprintf(text, size, "node %u: ", node + 1);
    add_code(request->code, text, size);
    add_parameters(request, text, size);
    add_buffer("input", request->input_flags, request->input_length, text, size);
    add_buffer("output", request->output_flags, request->output_length, text, size);
    add(text, size, "%s%s",
        request->access < HANDLE_ACCESSES ? access_words[request->access] : ", unknown handle",
        request->overlapped ? ", overlapped" : "");
}

void describe_scsi_request(unsigned node, const struct scsi_request *request, char *text,
                           size_t size)
{
    snprintf(text, size, "node %u: SCSI command", node + 1);
    for (uint32_t i = 0; i < request->cdb_length && i < SCSI_CDB_MAX; i++)
        add(text, size, " %02x", request->cdb[i]);
}

void describe_raw_request(unsigned node, const struct raw_request *request, char *text, size_t size)
{
    static const char *const names[] = {
        [RAW_READ] = "ReadFile", [RAW_WRITE] = "WriteFile", [RAW_FLUSH] = "FlushFileBuffers"};

    snprintf(text, size, "node %u: %s", node + 1,
             request->action < sizeof(names) / sizeof(names[0]) ? names[request->action] : "?");
    if (request->action != RAW_FLUSH)
        add(text, size, " of %" PRIu32 " bytes%s", request->length,
            request->overlapped ? ", overlapped" : "");
}

static void add_bytes(uint32_t bytes, char *text, size_t size)
{
    if (bytes == BYTES_SENTINEL)
        add(text, size, ", bytes not set");
    else
        add(text, size, ", %" PRIu32 " bytes", bytes);
}

static void add_result(uint32_t returned, uint32_t error, char *text, size_t size)
{
    if (returned)
        add(text, size, error == ERROR_SENTINEL || !error ? "TRUE" : "TRUE, error %" PRIu32, error);
    else if (error == ERROR_SENTINEL)
        add(text, size, "FALSE, error not set");
    else
        add(text, size, "FALSE, error %" PRIu32, error);
}

static void add_end_of_overlapped(const struct answer *answer, char *text, size_t size)
{
    char name[NT_STATUS_TEXT_MAX];
    const bool pending = !answer->returned && answer->error == 997;

    if (pending) {
        add(text, size, ", then ");
        add_result(answer->final_returned, answer->final_error, text, size);
        add_bytes(answer->final_bytes, text, size);
        add_bytes(answer->internal_high, text, size);
    }
    add(text, size, ", event %sset, Internal %s", answer->signalled ? "" : "not ",
        nt_status_text((int32_t)answer->internal, name));
}

void describe_answer(const struct request *request, const struct answer *answer, char *text,
                     size_t size)
{
    text[0] = 0;
    add_result(answer->returned, answer->error, text, size);
    if (!request->overlapped) {
        char name[NT_STATUS_TEXT_MAX];

        add(text, size, ", %s", nt_status_text(answer->status, name));
        add_bytes(answer->bytes, text, size);
    } else {
        add_end_of_overlapped(answer, text, size);
    }
}

void describe_scsi_answer(const struct scsi_answer *answer, char *text, size_t size)
{
    text[0] = 0;
    if (!answer->returned)
        add_result(0, answer->error, text, size);
    else if (answer->key)
        add(text, size, "SCSI status %02" PRIx32 ", sense %" PRIx32 "/%02" PRIx32 "/%02" PRIx32,
            answer->status, answer->key, answer->asc, answer->ascq);
    else
        add(text, size, "SCSI status %02" PRIx32, answer->status);
}

void describe_raw_answer(const struct raw_answer *answer, char *text, size_t size)
{
    text[0] = 0;
    add_result(answer->returned, answer->error, text, size);
    add_bytes(answer->bytes, text, size);
}

void describe_input(const struct request *request, char *text, size_t size)
{
    text[0] = 0;
    if (request->input_flags & NULL_BUFFER)
        return;
    for (uint32_t i = 0; i < request->input_length && 2 * i + 3 <= size; i++)
        add(text, size, "%02x", request->input[i]);
}
