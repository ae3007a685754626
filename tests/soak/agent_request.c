#include "agent_request.h"

#include "soak_sentinels.h"
#include <stdio.h>
#include <string.h>

enum { WAIT_MS = 60 * 1000, PAGE = 4096, HALF_MAPPED_BYTES = 4, NOT_ASKED = 2 };

/* A page that is there, and one that is not. */
static BYTE *pages;

bool request_set_up(void)
{
    DWORD before;

    pages = VirtualAlloc(NULL, 2 * PAGE, MEM_RESERVE | MEM_COMMIT, PAGE_READWRITE);
    return pages && VirtualProtect(pages + PAGE, PAGE, PAGE_NOACCESS, &before);
}

bool request_prepare_slot(struct request *request)
{
    request->output = HeapAlloc(GetProcessHeap(), 0, OUTPUT_MAX + OUTPUT_GUARD);
    request->event = CreateEventA(NULL, TRUE, FALSE, NULL);
    return request->output && request->event;
}

static void *address_of(const struct buffer *buffer, BYTE *good)
{
    switch (buffer->place) {
    case PLACE_GOOD:
        return good;
    case PLACE_UNMAPPED:
        return pages + PAGE;
    case PLACE_HALF_MAPPED:
        return pages + PAGE - HALF_MAPPED_BYTES;
    default:
        return NULL;
    }
}

static LONGLONG now(void)
{
    LARGE_INTEGER counter;

    QueryPerformanceCounter(&counter);
    return counter.QuadPart;
}

static OVERLAPPED *prepare_overlapped(struct request *request)
{
    request->overlapped = (OVERLAPPED){.Internal = SOAK_INTERNAL};
    ResetEvent(request->event);
    switch (request->way) {
    case WAY_SYNCHRONOUS:
        return NULL;
    case WAY_EVENT:
        request->overlapped.hEvent = request->event;
        break;
    case WAY_EVENT_TAGGED:
        request->overlapped.hEvent = (HANDLE)((ULONG_PTR)request->event | 1);
        break;
    case WAY_PORT:
        InterlockedExchange(&request->awaits_packet, 1);
        break;
    }
    return &request->overlapped;
}

/* With a port it is the packet that says the end, and request_take_packet that keeps it. */
static void wait_for_end(struct request *request)
{
    DWORD waited = WaitForSingleObject(request->event, WAIT_MS);

    if (waited != WAIT_OBJECT_0) {
        request->final = FALSE;
        request->final_error = WAIT_TIMEOUT;
        return;
    }
    if (request->way == WAY_PORT)
        return;
    request->final =
        GetOverlappedResult(request->handle, &request->overlapped, &request->final_bytes, FALSE);
    request->final_error = request->final ? ERROR_SUCCESS : GetLastError();
}

void request_take_packet(struct request *request, BOOL ended, DWORD bytes, DWORD error)
{
    request->final = ended;
    request->final_bytes = bytes;
    request->final_error = ended ? ERROR_SUCCESS : error;
    InterlockedIncrement(&request->packets);
    SetEvent(request->event);
}

static DWORD bytes_used(const BYTE *output)
{
    DWORD used = OUTPUT_MAX + OUTPUT_GUARD;

    while (used > 0 && output[used - 1] == SOAK_FILL)
        used--;
    return used;
}

void request_make(struct request *request)
{
    OVERLAPPED *overlapped = prepare_overlapped(request);
    BYTE input[INPUT_MAX];
    bool pending;

    memcpy(input, request->input, sizeof(input));
    memset(request->output, SOAK_FILL, OUTPUT_MAX + OUTPUT_GUARD);
    request->returned = SOAK_RETURNED;
    request->packets = 0;
    request->final = NOT_ASKED;
    request->final_error = request->final_bytes = 0;
    request->begin = now();
    SetLastError(SOAK_LAST_ERROR);
    request->result =
        DeviceIoControl(request->handle, request->code, address_of(&request->in, input),
                        request->in.length, address_of(&request->out, request->output),
                        request->out.length, &request->returned, overlapped);
    request->last_error = GetLastError();
    pending = overlapped && !request->result && request->last_error == ERROR_IO_PENDING;
    if (pending)
        wait_for_end(request);
    request->end = now();
    InterlockedExchange(&request->awaits_packet, 0);
    request->signalled = WaitForSingleObject(request->event, 0) == WAIT_OBJECT_0;
    request->internal = (DWORD)request->overlapped.Internal;
    request->internal_high = (DWORD)request->overlapped.InternalHigh;
    request->input_untouched = memcmp(input, request->input, sizeof(input)) == 0;
    request->output_used = bytes_used(request->output);
}

static void print_hex(const BYTE *bytes, DWORD count)
{
    static const char digits[] = "0123456789abcdef";

    for (DWORD i = 0; i < count; i++) {
        putchar(digits[bytes[i] >> 4]);
        putchar(digits[bytes[i] & 15]);
    }
}

void request_print(const struct request *request)
{
    DWORD shown = request->output_used < OUTPUT_SHOWN ? request->output_used : OUTPUT_SHOWN;

    printf(" %x %lx %lx %x %x %x %lx %lx %lx %lx %lx %llx %llx %lx x", request->result,
           request->last_error, request->returned, request->input_untouched, request->signalled,
           request->final, request->final_error, request->final_bytes, request->internal,
           request->internal_high, request->packets, request->begin, request->end,
           request->output_used);
    print_hex(request->output, shown);
}
