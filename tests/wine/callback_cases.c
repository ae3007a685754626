/* Ports that the system keeps for the program: its thread pool takes the packets and calls back.
 * Source: BindIoCompletionCallback, CreateThreadpoolIo, StartThreadpoolIo and CancelThreadpoolIo in
 * the SDK; windows-behaviour 2.8. */
#include "in_flight.h"

enum { TAG = 64 };

static struct {
    volatile LONG calls;
    DWORD error, bytes;
    OVERLAPPED *overlapped;
} called_back;

static void CALLBACK bound_callback(DWORD error, DWORD bytes, OVERLAPPED *overlapped)
{
    called_back.error = error;
    called_back.bytes = bytes;
    called_back.overlapped = overlapped;
    InterlockedIncrement(&called_back.calls);
}

static void CALLBACK pool_callback(TP_CALLBACK_INSTANCE *instance, void *context, void *overlapped,
                                   ULONG error, ULONG_PTR bytes, TP_IO *io)
{
    (void)instance;
    (void)context;
    (void)io;
    bound_callback(error, (DWORD)bytes, overlapped);
}

static void check_called_back(LONG calls, const struct in_flight *request)
{
    for (unsigned waited = 0; called_back.calls < calls && waited < patience_ms(); waited += 5)
        Sleep(5);
    CHECK_EQUAL(called_back.calls, calls);
    CHECK_EQUAL(called_back.error, 0);
    CHECK_EQUAL(called_back.bytes, REQUEST_BYTES);
    CHECK(called_back.overlapped == &request->overlapped);
    check_succeeded(request);
}

static void a_bound_callback_is_called(void)
{
    static struct in_flight request;
    HANDLE disk = open_overlapped(1);

    called_back.calls = 0;
    disk_script(&ready_disk);
    CHECK(BindIoCompletionCallback(disk, bound_callback, 0));
    for (LONG calls = 1; calls <= 3; calls++) {
        start(&request, disk, NULL, TAG);
        check_called_back(calls, &request);
    }
    CloseHandle(disk);
}

static void a_thread_pools_callback_is_called(void)
{
    static struct in_flight request;
    HANDLE disk = open_overlapped(1);
    TP_IO *io = CreateThreadpoolIo(disk, pool_callback, NULL, NULL);

    called_back.calls = 0;
    disk_script(&ready_disk);
    CHECK(io != NULL);
    for (LONG calls = 1; io && calls <= 3; calls++) {
        StartThreadpoolIo(io);
        start(&request, disk, NULL, TAG);
        check_called_back(calls, &request);
        StartThreadpoolIo(io);
        start(&request, disk, NULL, 4);
        check_refused(&request, ERROR_INVALID_PARAMETER);
        CancelThreadpoolIo(io); /* as the SDK asks: a refusal calls nobody */
    }
    if (io) {
        WaitForThreadpoolIoCallbacks(io, FALSE);
        CHECK_EQUAL(called_back.calls, 3);
        CloseThreadpoolIo(io);
    }
    CloseHandle(disk);
}

const struct test_case callback_cases[] = {
    TEST(a_bound_callback_is_called),
    TEST(a_thread_pools_callback_is_called),
    {NULL, NULL},
};
