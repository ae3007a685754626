/* An overlapped request of a case's own, on its way. Static memory: where the disk never answers,
 * it may write there long after the case was given up. One case has at most FLIGHTS. */
#ifndef CONFORMANCE_FLIGHT_H
#define CONFORMANCE_FLIGHT_H

#include "direct.h"

enum { FLIGHTS = 8, FLIGHT_OUTPUT = 64 };

struct flight {
    OVERLAPPED overlapped; /* hEvent is NULL, or the caller's after flight_make */
    struct request request;
    uint8_t output[FLIGHT_OUTPUT];
    struct direct direct; /* all of the above */
};

/* Flight number `number`, with this request and an OVERLAPPED that is all zero. Its output buffer
 * is filled with ones. */
struct flight *flight_make(unsigned number, HANDLE handle, const struct request *request);

/* The disk on an overlapped handle for reading and writing; INVALID_HANDLE_VALUE, and recorded,
 * where that fails. */
HANDLE flight_open(struct test *test);

/* The requests that the cases of this kind make. */
enum flight_kind {
    FLIGHT_READS,     /* READ KEYS of a free unit: success, 8 bytes */
    FLIGHT_CONFLICTS, /* REGISTER with a key that it has not: STATUS_DEVICE_BUSY */
    FLIGHT_FAILS,     /* PREEMPT of the key 0: STATUS_INVALID_DEVICE_REQUEST, by a registrant */
    FLIGHT_SHORT,     /* refused at once: STATUS_INFO_LENGTH_MISMATCH */
    FLIGHT_WRONG,     /* refused at once: STATUS_INVALID_PARAMETER */
    FLIGHT_KINDS
};
struct request flight_request(const struct test *test, enum flight_kind kind);
int32_t flight_status(enum flight_kind kind);
uint32_t flight_information(enum flight_kind kind);
/* The state that the kind wants, arranged. */
bool flight_arrange(struct test *test, enum flight_kind kind);

/* The next packet of the port is this one. */
bool expect_packet(struct test *test, HANDLE port, ULONG_PTR key, const struct flight *flight,
                   enum flight_kind kind);
/* There is no packet, a moment later neither. */
bool expect_no_packet(struct test *test, HANDLE port);
/* The event gets set. */
bool expect_event(struct test *test, HANDLE event);

#endif
