#include "in_flight.h"

#include <string.h>
#include <winioctl.h>

const struct scripted_disk ready_disk = {.transferred = REQUEST_BYTES,
                                         .data = {[0 ... 127] = 0x5a}};
const struct scripted_disk busy_disk = {
    .transferred = REQUEST_BYTES, .held = 1, .data = {[0 ... 127] = 0x5a}};

HANDLE new_event(void)
{
    return CreateEventW(NULL, TRUE, FALSE, NULL);
}

bool is_signalled(HANDLE event)
{
    return WaitForSingleObject(event, 0) == WAIT_OBJECT_0;
}

bool gets_signalled(HANDLE event)
{
    return WaitForSingleObject(event, patience_ms()) == WAIT_OBJECT_0;
}

HANDLE open_overlapped(int number)
{
    return numbered_disk_open(number, GENERIC_READ | GENERIC_WRITE, FILE_FLAG_OVERLAPPED);
}

HANDLE open_first_disk(void)
{
    return open_overlapped(1);
}

HANDLE open_second_disk(void)
{
    return open_overlapped(2);
}

HANDLE open_a_port(void)
{
    return CreateIoCompletionPort(INVALID_HANDLE_VALUE, NULL, 0, 0);
}

HANDLE copy_of(HANDLE handle)
{
    HANDLE copy = NULL;

    CHECK(DuplicateHandle(GetCurrentProcess(), handle, GetCurrentProcess(), &copy, 0, FALSE,
                          DUPLICATE_SAME_ACCESS));
    return copy;
}

enum { ASIDE = 32 };

HANDLE open_aside(HANDLE (*open)(void))
{
    HANDLE others[ASIDE], opened;

    for (int i = 0; i < ASIDE; i++)
        others[i] = new_event();
    opened = open();
    for (int i = 0; i < ASIDE; i++)
        CloseHandle(others[i]);
    return opened;
}

HANDLE open_as(HANDLE value, HANDLE (*open)(void))
{
    HANDLE others[2 * ASIDE], opened = NULL;
    int count = 0;

    while (count < 2 * ASIDE && (opened = open()) != value)
        others[count++] = opened;
    CHECK(opened == value);
    while (count > 0)
        CloseHandle(others[--count]);
    return opened;
}

/* The command lies on the stack and is gone when the request is on its way: it is captured. */
void start(struct in_flight *request, HANDLE disk, HANDLE event, WORD tag)
{
    BYTE command[PR_IN_LENGTH] = {12, [4] = 12, [10] = LOBYTE(tag), [11] = HIBYTE(tag)};

    request->overlapped = (OVERLAPPED){.Internal = 0xdead, .InternalHigh = 0xbeef};
    request->overlapped.hEvent = event;
    memset(request->output, PRESET_BYTE, sizeof(request->output));
    request->returned = PRESET_RETURNED;
    SetLastError(PRESET_LAST_ERROR);
    request->result = DeviceIoControl(disk, IOCTL_STORAGE_PERSISTENT_RESERVE_IN, command,
                                      sizeof(command), request->output, sizeof(request->output),
                                      &request->returned, &request->overlapped);
    request->last_error = GetLastError();
    memset(command, 0xff, sizeof(command));
}

static DWORD written_bytes(const struct in_flight *request)
{
    DWORD written = 0;

    for (DWORD i = 0; i < sizeof(request->output); i++)
        written += request->output[i] != PRESET_BYTE;
    return written;
}

static ULONG_PTR status_now(const struct in_flight *request)
{
    return __atomic_load_n(&request->overlapped.Internal, __ATOMIC_ACQUIRE);
}

static void check_told_pending(const struct in_flight *request)
{
    CHECK(!request->result);
    CHECK_EQUAL(request->last_error, ERROR_IO_PENDING);
}

void check_pending(const struct in_flight *request)
{
    check_told_pending(request);
    CHECK_EQUAL(request->returned, 0);
    CHECK_EQUAL(status_now(request), REQUEST_PENDING);
    CHECK_EQUAL(request->overlapped.InternalHigh, 0);
    CHECK_EQUAL(written_bytes(request), 0);
}

void check_succeeded(const struct in_flight *request)
{
    check_told_pending(request);
    CHECK_EQUAL(status_now(request), 0);
    CHECK_EQUAL(request->overlapped.InternalHigh, REQUEST_BYTES);
    CHECK_EQUAL(written_bytes(request), REQUEST_BYTES);
    CHECK_EQUAL(request->output[0], 0x5a);
}

void check_refused(const struct in_flight *request, DWORD error)
{
    CHECK(!request->result);
    CHECK_EQUAL(request->last_error, error);
    CHECK_EQUAL(status_now(request), REQUEST_PENDING);
    CHECK_EQUAL(written_bytes(request), 0);
}

struct packet take_packet(HANDLE port, DWORD timeout_ms)
{
    struct packet packet = {.bytes = PRESET_RETURNED};

    SetLastError(PRESET_LAST_ERROR);
    packet.result =
        GetQueuedCompletionStatus(port, &packet.bytes, &packet.key, &packet.overlapped, timeout_ms);
    packet.last_error = GetLastError();
    packet.taken = packet.overlapped != NULL;
    return packet;
}

void check_packet(HANDLE port, ULONG_PTR key, const struct in_flight *request)
{
    struct packet packet = take_packet(port, patience_ms());

    CHECK(packet.taken);
    CHECK(packet.result);
    CHECK_EQUAL(packet.key, key);
    CHECK_EQUAL(packet.bytes, REQUEST_BYTES);
    CHECK(packet.overlapped == &request->overlapped);
    if (packet.taken)
        check_succeeded(request);
}

void check_no_packet(HANDLE port)
{
    CHECK(!take_packet(port, 50).taken);
}

HANDLE tie(HANDLE disk, HANDLE port, ULONG_PTR key)
{
    HANDLE tied = CreateIoCompletionPort(disk, port, key, 0);

    CHECK(tied != NULL);
    return tied;
}
