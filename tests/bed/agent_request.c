#include "agent_request.h"

#include <stdio.h>
#include <string.h>

enum { PENDING_WAIT_MS = 30 * 1000 };

static BYTE output[AGENT_GUARD + AGENT_OUTPUT_MAX + AGENT_GUARD];

/* What the call left behind. */
struct answer {
    BOOL result;
    DWORD last_error;
    DWORD returned;
    bool input_untouched;
};

static struct answer call(struct agent_request *request, OVERLAPPED *overlapped)
{
    static BYTE input[AGENT_INPUT_MAX];
    struct answer answer = {.returned = AGENT_RETURNED};

    memcpy(input, request->input, sizeof(input));
    memset(output, AGENT_FILL, sizeof(output));
    SetLastError(AGENT_LAST_ERROR);
    answer.result =
        DeviceIoControl(request->handle, request->code, request->has_input ? request->input : NULL,
                        request->input_length, request->has_output ? output + AGENT_GUARD : NULL,
                        request->output_length, &answer.returned, overlapped);
    answer.last_error = GetLastError();
    answer.input_untouched = memcmp(input, request->input, sizeof(input)) == 0;
    return answer;
}

static void print_answer(const struct answer *answer)
{
    printf("done %x %lx %lx %x", answer->result, answer->last_error, answer->returned,
           answer->input_untouched);
}

static void print_output(const struct agent_request *request)
{
    static const char digits[] = "0123456789abcdef";
    const DWORD size = AGENT_GUARD + request->output_length + AGENT_GUARD;

    putchar(' ');
    for (DWORD i = 0; i < size; i++) {
        putchar(digits[output[i] >> 4]);
        putchar(digits[output[i] & 15]);
    }
    putchar('\n');
}

void agent_request_synchronous(struct agent_request *request)
{
    struct answer answer = call(request, NULL);

    print_answer(&answer);
    print_output(request);
}

void agent_request_overlapped(struct agent_request *request)
{
    static OVERLAPPED overlapped; /* a request that never ends may still write to it */
    DWORD final_error = 0, final_bytes = AGENT_RETURNED;
    BOOL final = AGENT_FINAL_NOT_ASKED;
    struct answer answer;
    bool pending, signalled;

    overlapped = (OVERLAPPED){.hEvent = CreateEventA(NULL, TRUE, TRUE, NULL)};
    answer = call(request, &overlapped);
    pending = !answer.result && answer.last_error == ERROR_IO_PENDING;
    signalled = WaitForSingleObject(overlapped.hEvent, pending ? PENDING_WAIT_MS : 0) == 0;
    if (pending) {
        final = GetOverlappedResult(request->handle, &overlapped, &final_bytes, FALSE);
        final_error = final ? 0 : GetLastError();
    }
    print_answer(&answer);
    printf(" %x %x %lx %lx %lx %lx", signalled, final, final_error, final_bytes,
           (DWORD)overlapped.Internal, (DWORD)overlapped.InternalHigh);
    print_output(request);
    CloseHandle(overlapped.hEvent);
}
