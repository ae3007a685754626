/* Off Wine the system is asked first: over a scripted one, with the shim's own functions linked to
 * this program. */
#include "transport.h"

#include "../../dll/shim/device_io_control.h"
#include "scripted_system.h"
#include "transport_seam.h"

#include <string.h>

static const DWORD unknown_codes[] = {ERROR_INVALID_FUNCTION, ERROR_NOT_SUPPORTED,
                                      ERROR_CALL_NOT_IMPLEMENTED};

static BOOL ask_over_system(HANDLE disk, DWORD code, void *input, DWORD input_length, void *output,
                            DWORD output_length, DWORD *bytes, OVERLAPPED *overlapped)
{
    return device_io_control_serve(scripted_device_io_control, disk, code, input, input_length,
                                   output, output_length, bytes, overlapped);
}

static void answer(BOOL result, DWORD error, DWORD bytes)
{
    scripted_system = (struct scripted_system){.result = result, .error = error, .bytes = bytes};
}

static void begin(void)
{
    version_hide();
    CHECK(transport_seam_begin());
    transport_ask = ask_over_system;
}

/* As it came: last error, bytes, and nothing reaches the disk. */
static void check_is_the_systems(BOOL result, DWORD error)
{
    HANDLE disk = transport_open(1, GENERIC_READ | GENERIC_WRITE, 0);
    BYTE *input = (BYTE *)transport_pr_out_input(PR_IGNORE, 0, 0xa1), output[8];
    DWORD bytes = PRESET_RETURNED;

    answer(result, error, 17);
    SetLastError(PRESET_LAST_ERROR);
    CHECK_EQUAL(transport_ask(disk, PR_OUT, input, PR_OUT_LENGTH, output, 8, &bytes, NULL), result);
    CHECK_EQUAL(GetLastError(), error);
    CHECK_EQUAL(bytes, 17);
    CHECK_EQUAL(scripted_system.calls, 1);
    CHECK(scripted_system.handle == disk && scripted_system.code == PR_OUT);
    CHECK(scripted_system.input == input && scripted_system.input_length == PR_OUT_LENGTH);
    CHECK(scripted_system.output == output && scripted_system.output_length == 8);
    CHECK(scripted_system.bytes_returned == &bytes && !scripted_system.overlapped);
    CloseHandle(disk);
    answer(FALSE, ERROR_NOT_SUPPORTED, 0);
    CHECK_EQUAL(transport_pr_in(1, 0), 8);
}

static void system_answers(void)
{
    static const DWORD errors[] = {
        ERROR_FILE_NOT_FOUND,
        ERROR_ACCESS_DENIED,
        ERROR_INVALID_HANDLE,
        ERROR_NOT_READY,
        ERROR_GEN_FAILURE,
        ERROR_DEV_NOT_EXIST,
        ERROR_INVALID_PARAMETER,
        ERROR_SEM_TIMEOUT,
        ERROR_BUSY,
        ERROR_MORE_DATA,
        ERROR_IO_PENDING,
        ERROR_IO_DEVICE,
        ERROR_DEVICE_NOT_CONNECTED,
    };

    check_is_the_systems(TRUE, ERROR_SUCCESS);
    check_is_the_systems(TRUE, ERROR_NOT_SUPPORTED); /* a success, whatever was left there */
    for (size_t i = 0; i < ARRAYSIZE(errors); i++)
        check_is_the_systems(FALSE, errors[i]);
}

static void check_is_served(DWORD error)
{
    HANDLE disk = transport_open(1, GENERIC_READ | GENERIC_WRITE, 0);
    BYTE *input = (BYTE *)transport_pr_out_input(PR_IGNORE, 0, 0xa1);
    DWORD bytes = PRESET_RETURNED;

    answer(FALSE, error, 17);
    SetLastError(PRESET_LAST_ERROR);
    CHECK(transport_ask(disk, PR_OUT, input, PR_OUT_LENGTH, NULL, 0, &bytes, NULL));
    CHECK_EQUAL(GetLastError(), PRESET_LAST_ERROR);
    CHECK_EQUAL(bytes, 0);
    CHECK_EQUAL(scripted_system.calls, 1);
    CloseHandle(disk);
    CHECK_EQUAL(transport_pr_in(1, 0), 16);
    CHECK_EQUAL(transport_pr_out(1, PR_RESERVE, 0xa1, 0), 0);
    CHECK_EQUAL(transport_pr_in(2, 1), 24);
    CHECK_EQUAL(transport_pr_out(1, PR_CLEAR, 0xa1, 0), 0);
    CHECK_EQUAL(transport_plain(1, RESERVE), 0);
    CHECK_EQUAL(transport_plain(2, RESERVE), ERROR_BUSY);
    CHECK_EQUAL(transport_plain(1, RELEASE), 0);
    CHECK_EQUAL(transport_plain(1, BREAK_RESERVATION), ERROR_INVALID_FUNCTION);
}

/* The checks are ours then, and so is the access that the handle grants. */
static void refused_by_us(void)
{
    HANDLE disk = transport_open(1, GENERIC_READ, 0);
    BYTE *input = (BYTE *)transport_pr_out_input(PR_IGNORE, 0, 0xa1);
    DWORD bytes;

    answer(FALSE, ERROR_NOT_SUPPORTED, 0);
    CHECK(!transport_ask(disk, PR_OUT, input, PR_OUT_LENGTH, NULL, 0, &bytes, NULL));
    CHECK_EQUAL(GetLastError(), ERROR_ACCESS_DENIED);
    CHECK(!transport_ask(disk, PR_IN, input, 4, NULL, 0, &bytes, NULL));
    CHECK_EQUAL(GetLastError(), ERROR_BAD_LENGTH);
    CloseHandle(disk);
    CHECK_EQUAL(transport_pr_in(1, 0), 8);
}

/* What is no disk, and what is no code of ours. */
static void not_ours(void)
{
    HANDLE file = CreateFileA("NUL", GENERIC_READ | GENERIC_WRITE, 0, NULL, OPEN_EXISTING, 0, NULL);
    HANDLE disk = transport_open(1, GENERIC_READ | GENERIC_WRITE, 0);
    DWORD bytes = PRESET_RETURNED;

    answer(FALSE, ERROR_NOT_SUPPORTED, 17);
    CHECK(!transport_ask(file, RESERVE, NULL, 0, NULL, 0, &bytes, NULL));
    CHECK_EQUAL(GetLastError(), ERROR_NOT_SUPPORTED);
    CHECK_EQUAL(bytes, 17);
    CHECK(!transport_ask(NULL, RESERVE, NULL, 0, NULL, 0, &bytes, NULL));
    CHECK_EQUAL(GetLastError(), ERROR_NOT_SUPPORTED);
    CHECK_EQUAL(scripted_system.calls, 2);
    answer(FALSE, ERROR_INVALID_FUNCTION, 17);
    CHECK(!transport_ask(disk, FOREIGN, NULL, 0, NULL, 0, &bytes, NULL));
    CHECK_EQUAL(GetLastError(), ERROR_INVALID_FUNCTION);
    CHECK_EQUAL(scripted_system.calls, 1);
    CloseHandle(file);
    CloseHandle(disk);
}

void system_scenario(const char *unused)
{
    (void)unused;
    begin();
    system_answers();
    for (size_t i = 0; i < ARRAYSIZE(unknown_codes); i++)
        check_is_served(unknown_codes[i]);
    refused_by_us();
    not_ours();
}

/* ---- With FILE_FLAG_OVERLAPPED ---- */

static BYTE keys[200];

static BOOL read_keys(HANDLE disk, OVERLAPPED *overlapped, DWORD *bytes)
{
    static BYTE input[PR_IN_LENGTH] = {12, [4] = 12, [10] = sizeof(keys)};

    SetLastError(PRESET_LAST_ERROR);
    return transport_ask(disk, PR_IN, input, sizeof(input), keys, sizeof(keys), bytes, overlapped);
}

/* Done by us, and at once; what is asked for is told by event and OVERLAPPED. */
static void check_is_done(HANDLE disk, HANDLE event)
{
    OVERLAPPED overlapped = {.hEvent = event};
    HANDLE plain_event = (HANDLE)((ULONG_PTR)event & ~(ULONG_PTR)1);
    DWORD bytes = PRESET_RETURNED;

    answer(FALSE, ERROR_NOT_SUPPORTED, 0);
    CHECK(!read_keys(disk, &overlapped, &bytes));
    CHECK_EQUAL(GetLastError(), ERROR_IO_PENDING);
    CHECK_EQUAL(overlapped.Internal, 0);
    CHECK_EQUAL(overlapped.InternalHigh, 8);
    if (plain_event)
        CHECK_EQUAL(WaitForSingleObject(plain_event, 0), WAIT_OBJECT_0);
    CHECK(GetOverlappedResult(disk, &overlapped, &bytes, TRUE));
    CHECK_EQUAL(bytes, 8);
    CHECK(scripted_system.overlapped == &overlapped);
}

/* A request that the system has is the system's. */
static void pending_at_the_system(HANDLE disk)
{
    HANDLE event = CreateEventW(NULL, TRUE, FALSE, NULL);
    OVERLAPPED overlapped = {.Internal = 0x103, .InternalHigh = 77, .hEvent = event};

    answer(FALSE, ERROR_IO_PENDING, 0);
    CHECK(!read_keys(disk, &overlapped, NULL));
    CHECK_EQUAL(GetLastError(), ERROR_IO_PENDING);
    CHECK_EQUAL(overlapped.Internal, 0x103);
    CHECK_EQUAL(overlapped.InternalHigh, 77);
    CHECK_EQUAL(WaitForSingleObject(event, 0), WAIT_TIMEOUT);
    CHECK_EQUAL(scripted_system.calls, 1);
    CloseHandle(event);
}

/* Nobody could queue its packet: the system's own answer it is, and the disk hears nothing. */
static void bound_to_a_port(HANDLE disk)
{
    HANDLE port = CreateIoCompletionPort(disk, NULL, 7, 0);
    HANDLE event = CreateEventW(NULL, TRUE, FALSE, NULL);
    BYTE *input = (BYTE *)transport_pr_out_input(PR_IGNORE, 0, 0xa1);
    OVERLAPPED overlapped = {0}, *of_packet;
    ULONG_PTR key;
    DWORD bytes;

    CHECK(port != NULL);
    for (size_t i = 0; i < ARRAYSIZE(unknown_codes); i++) {
        answer(FALSE, unknown_codes[i], 0);
        CHECK(!transport_ask(disk, PR_OUT, input, PR_OUT_LENGTH, NULL, 0, NULL, &overlapped));
        CHECK_EQUAL(GetLastError(), unknown_codes[i]);
    }
    check_is_done(disk, (HANDLE)((ULONG_PTR)event | 1)); /* who wants no packet can be served */
    CHECK(!GetQueuedCompletionStatus(port, &bytes, &key, &of_packet, 0));
    CHECK_EQUAL(GetLastError(), WAIT_TIMEOUT);
    CHECK_EQUAL(transport_pr_in(1, 0), 8);
    CloseHandle(event);
    CloseHandle(port);
}

static void refused_at_once(HANDLE disk)
{
    OVERLAPPED overlapped = {0};
    DWORD bytes = PRESET_RETURNED;
    BYTE input[4] = {0};

    answer(FALSE, ERROR_NOT_SUPPORTED, 0);
    CHECK(
        !transport_ask(disk, PR_IN, input, sizeof(input), keys, sizeof(keys), &bytes, &overlapped));
    CHECK_EQUAL(GetLastError(), ERROR_BAD_LENGTH);
    CHECK_EQUAL(bytes, 0);
}

void system_overlapped_scenario(const char *unused)
{
    HANDLE event = CreateEventW(NULL, TRUE, FALSE, NULL);
    HANDLE disk = transport_open(1, GENERIC_READ | GENERIC_WRITE, FILE_FLAG_OVERLAPPED);

    (void)unused;
    begin();
    check_is_done(disk, event);
    ResetEvent(event);
    check_is_done(disk, (HANDLE)((ULONG_PTR)event | 1));
    check_is_done(disk, NULL);
    pending_at_the_system(disk);
    refused_at_once(disk);
    bound_to_a_port(disk);
    CloseHandle(disk);
    CloseHandle(event);
}

/* ---- Over a device that takes its time ---- */

static void check_slow(DWORD flags)
{
    HANDLE disk = transport_open(1, GENERIC_READ | GENERIC_WRITE, flags);
    OVERLAPPED overlapped = {0};
    DWORD bytes = 0;
    BOOL result;

    memset(keys, 0xee, sizeof(keys));
    answer(FALSE, ERROR_NOT_SUPPORTED, 0);
    slow_device = (struct slow_device){.is_slow = true, .closes = disk, .caller = disk};
    result = read_keys(disk, &overlapped, &bytes);
    slow_device.is_slow = false;
    CHECK_EQUAL(result, flags == 0);
    CHECK_EQUAL(overlapped.Internal, 0);
    CHECK_EQUAL(overlapped.InternalHigh, 8);
    CHECK_EQUAL(keys[7], 0);
    CHECK_EQUAL(keys[8], 0xee);
    CHECK(slow_device.calls >= 3); /* INQUIRY, its identity, and the request itself */
    CHECK_EQUAL(slow_device.strange, 0);
    CHECK(!slow_device.closes);
    CHECK(!CloseHandle(disk)); /* it has been closed, and the request has gone on */
}

void system_slow_scenario(const char *unused)
{
    (void)unused;
    begin();
    check_slow(0);
    check_slow(FILE_FLAG_OVERLAPPED);
}
