#include "direct.h"

#include "describe.h"
#include "system.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { NAME_MAX_LENGTH = 300, SLICE_MS = 5 };

void direct_disk_name(const struct test *test, wchar_t *name, int size)
{
    if (!MultiByteToWideChar(CP_UTF8, 0, test->disk_name, -1, name, size))
        name[0] = 0;
}

HANDLE direct_open(struct test *test, DWORD access, DWORD flags)
{
    wchar_t name[NAME_MAX_LENGTH];
    HANDLE handle;

    direct_disk_name(test, name, NAME_MAX_LENGTH);
    handle = CreateFileW(name, access, FILE_SHARE_READ | FILE_SHARE_WRITE, NULL, OPEN_EXISTING,
                         flags, NULL);
    check(test, handle != INVALID_HANDLE_VALUE, "opening the disk", "a handle", "error %lu",
          GetLastError());
    return handle;
}

void direct_send(struct test *test, const struct direct *direct, struct answer *answer)
{
    const struct request *request = direct->request;
    char words[sizeof(((struct exchange *)0)->request)],
        outcome[sizeof(((struct exchange *)0)->outcome)];
    DWORD bytes = BYTES_SENTINEL;

    memset(answer, 0, sizeof(*answer));
    system_calls()->status_to_error(NT_STATUS_SUCCESS);
    SetLastError(ERROR_SENTINEL);
    answer->returned =
        DeviceIoControl(direct->handle, request->code, direct->input, request->input_length,
                        direct->output, request->output_length, &bytes, direct->overlapped) != 0;
    answer->error = GetLastError();
    answer->bytes = bytes;
    answer->status = answer->returned ? NT_STATUS_SUCCESS : system_calls()->last_status();
    /* One that should have been refused; the suite releases what it holds. */
    if (answer->returned && request->code == IOCTL_STORAGE_RESERVE)
        test->reserved[NODE_1] = true;
    describe_request(NODE_1, request, words, sizeof(words));
    describe_answer(request, answer, outcome, sizeof(outcome));
    note_exchange(test, words, "%s", outcome);
}

bool direct_is_information(const struct test *test, const struct direct *direct, uint32_t proper,
                           uint32_t seen)
{
    return seen == proper || ((test->environment->platform & (ON_WINDOWS | ON_REACTOS)) != 0 &&
                              direct->request->code == IOCTL_STORAGE_PERSISTENT_RESERVE_OUT &&
                              seen == PR_OUT_LIST_LENGTH);
}

static bool check_call(struct test *test, const struct direct *direct, const struct answer *proper,
                       const struct answer *seen)
{
    char what[sizeof(((struct mismatch *)0)->what)], expected[192], found[192];

    describe_request(NODE_1, direct->request, what, sizeof(what));
    describe_answer(direct->request, proper, expected, sizeof(expected));
    describe_answer(direct->request, seen, found, sizeof(found));
    return check(test,
                 proper->returned == seen->returned && proper->error == seen->error &&
                     proper->status == seen->status &&
                     direct_is_information(test, direct, proper->bytes, seen->bytes),
                 what, expected, "%s", found);
}

bool direct_expect(struct test *test, const struct direct *direct, int32_t status,
                   uint32_t information)
{
    struct answer seen, proper = {0};

    direct_send(test, direct, &seen);
    proper.status = status;
    proper.returned = nt_status_is_success(status);
    proper.error = proper.returned ? ERROR_SENTINEL : nt_status_error(status);
    proper.bytes = nt_status_is_error(status) ? BYTES_SENTINEL : information;
    return check_call(test, direct, &proper, &seen);
}

/* What lpBytesReturned gets with an OVERLAPPED is a question of its own. */
static bool expect_false(struct test *test, const struct direct *direct, int32_t status)
{
    struct answer seen, proper = {0};

    direct_send(test, direct, &seen);
    proper.status = status;
    proper.error = nt_status_error(status);
    proper.bytes = seen.bytes;
    if (status == NT_STATUS_PENDING)
        proper.status = seen.status; /* 103h is a success, which not every system remembers */
    return check_call(test, direct, &proper, &seen);
}

bool direct_expect_pending(struct test *test, const struct direct *direct)
{
    return expect_false(test, direct, NT_STATUS_PENDING);
}

bool direct_expect_refused(struct test *test, const struct direct *direct, int32_t status)
{
    return expect_false(test, direct, status) &&
           check(test, direct->overlapped->Internal == (ULONG_PTR)NT_STATUS_PENDING,
                 "Internal after a refusal", "STATUS_PENDING, as it was preset", "%08" PRIx32,
                 (uint32_t)direct->overlapped->Internal);
}

bool direct_expect_end(struct test *test, const struct direct *direct, int32_t status,
                       uint32_t information)
{
    const OVERLAPPED *overlapped = direct->overlapped;
    const volatile ULONG_PTR *internal = &overlapped->Internal;
    char expected[NT_STATUS_TEXT_MAX], seen[NT_STATUS_TEXT_MAX], bytes[96];

    for (DWORD waited = 0; *internal == (ULONG_PTR)NT_STATUS_PENDING; waited += SLICE_MS) {
        if (!check(test, waited < DIRECT_PATIENCE_MS, "an overlapped request", "an end",
                   "none within %d s", DIRECT_PATIENCE_MS / 1000))
            return false;
        Sleep(SLICE_MS);
    }
    /* An IO_STATUS_BLOCK's Status has 32 bits; the rest of Internal is as it was preset, 0. */
    snprintf(bytes, sizeof(bytes), "%s, %" PRIu32 " bytes", nt_status_text(status, expected),
             information);
    return check(
        test,
        *internal == (uint32_t)status &&
            direct_is_information(test, direct, information, (uint32_t)overlapped->InternalHigh),
        "Internal and InternalHigh", bytes, "%s%s, %" PRIu32 " bytes",
        nt_status_text((int32_t)*internal, seen),
        *internal > UINT32_MAX ? " with bits above it" : "", (uint32_t)overlapped->InternalHigh);
}
