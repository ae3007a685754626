/* One request of the soak's agent: what is asked, and everything that the call left behind. */
#ifndef TESTS_SOAK_AGENT_REQUEST_H
#define TESTS_SOAK_AGENT_REQUEST_H

#include <stdbool.h>
#include <windows.h>

enum {
    INPUT_MAX = 64,
    OUTPUT_MAX = 4096,
    OUTPUT_GUARD = 64, /* behind the output buffer; never part of a request */
    OUTPUT_SHOWN = 64, /* bytes of output that the answer line has */
};

/* How the caller passes OVERLAPPED, and what tells it of the end. */
enum way {
    WAY_SYNCHRONOUS = 's', /* no OVERLAPPED */
    WAY_EVENT = 'e',
    WAY_EVENT_TAGGED = 't', /* the low bit of hEvent set: no completion packet */
    WAY_PORT = 'p',         /* no event; the handle belongs to a completion port */
};

/* Where a buffer lies. */
enum place {
    PLACE_NONE = '-', /* NULL, 0 */
    PLACE_NULL = 'n', /* NULL with a length */
    PLACE_GOOD = 'b',
    PLACE_UNMAPPED = 'u',
    PLACE_HALF_MAPPED = 'h', /* four bytes are there, the next page is not */
};

struct buffer {
    enum place place;
    DWORD length;
};

struct request {
    HANDLE handle;
    enum way way;
    DWORD code;
    struct buffer in, out;
    BYTE input[INPUT_MAX];

    /* What came of it. */
    BOOL result;
    DWORD last_error;
    DWORD returned;
    bool input_untouched;
    bool signalled;
    BOOL final; /* GetOverlappedResult or GetQueuedCompletionStatus; 2: not asked */
    DWORD final_error;
    DWORD final_bytes;
    DWORD internal, internal_high;
    LONGLONG begin, end; /* QueryPerformanceCounter: both nodes have one clock */
    DWORD output_used;   /* up to the last byte that was written to, guard included */

    OVERLAPPED overlapped;
    HANDLE event;
    BYTE *output; /* OUTPUT_MAX + OUTPUT_GUARD bytes */
    volatile LONG awaits_packet;
    volatile LONG packets;
};

/* Once per process, before any request; false where there is no memory. */
bool request_set_up(void);

/* Once per slot. */
bool request_prepare_slot(struct request *request);

/* Makes the call and waits for its end, at most for a minute: a request that has not ended by
 * then is answered with `final_error` WAIT_TIMEOUT. */
void request_make(struct request *request);

/* Called by the thread that serves the port; `ended` and `error` are GetQueuedCompletionStatus'. */
void request_take_packet(struct request *request, BOOL ended, DWORD bytes, DWORD error);

/* One word list, see soak_agent.c. */
void request_print(const struct request *request);

#endif
