/* --serve: one session in which a suite on another machine uses this one as its second initiator.
 *
 * It may do what guard.h lists, on the one disk that the operator named, and nothing else; who does
 * not know the secret may do nothing. What a session has registered or reserved is taken back when
 * it ends, however it ends. */
#ifndef CONFORMANCE_SERVE_H
#define CONFORMANCE_SERVE_H

#include "environment.h"

#include <stddef.h>

enum { SERVE_IDLE_S = 1800, SERVE_HANDSHAKE_S = 10 };

struct serve_options {
    const wchar_t *disk_name; /* that the caller has found safe to use */
    const char *address;      /* HOST:PORT, HOST or [IPV6]:PORT; NULL: 127.0.0.1, any free port */
    const struct environment *environment; /* system, disk and work_block are told to the peer */
    bool reserve, data_loss, bus_reset;    /* the operator's consents */
    uint32_t idle_s;                       /* 0: SERVE_IDLE_S without a request end the session */
    volatile long *interrupted;            /* set by Ctrl-C; looked at several times a second */
};

/* Prints to stdout where it listens and the secret ("listening on HOST:PORT", "secret: ..."), then
 * what happens, a line each; serves one session and returns the exit code: 0 it ended in order, 1
 * it could not begin (address in use, three wrong secrets), 3 it was stopped or broke off, or this
 * machine's reservation could not be taken back, which is then said. */
int serve(const struct serve_options *options);

#endif
