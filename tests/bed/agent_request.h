/* One call of DeviceIoControl with everything around it that must not change made visible. */
#ifndef TESTS_BED_AGENT_REQUEST_H
#define TESTS_BED_AGENT_REQUEST_H

#include "agent_sentinels.h"

#include <stdbool.h>
#include <windows.h>

struct agent_request {
    HANDLE handle;
    DWORD code;
    bool has_input, has_output; /* a NULL pointer with length 0 where not */
    DWORD input_length, output_length;
    BYTE input[AGENT_INPUT_MAX];
};

/* Makes the call and prints, in hex: "done RETURN LASTERROR RETURNED UNTOUCHED BYTES": the return
 * value, the last error, *lpBytesReturned, 1 where the input buffer still is as it was, and the
 * output buffer with its guards. The last two are 1 and all fill where they were never given. */
void agent_request_synchronous(struct agent_request *request);

/* The same with an OVERLAPPED whose event is set beforehand. Prints, between UNTOUCHED and BYTES,
 * "SIGNALLED FINAL FINALERROR FINALBYTES INTERNAL INTERNALHIGH": whether the event is set once the
 * request has ended, what GetOverlappedResult then says, and the OVERLAPPED's two status words. A
 * request that is not pending is not waited for. */
void agent_request_overlapped(struct agent_request *request);

#endif
