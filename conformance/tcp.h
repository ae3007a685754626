/* Streams with time limits, over Winsock as Server 2003 has it. */
#ifndef CONFORMANCE_TCP_H
#define CONFORMANCE_TCP_H

#include "node.h"
#include "peer_address.h"

#include <stddef.h>
#include <winsock2.h>

enum tcp_result { TCP_DONE, TCP_CLOSED, TCP_TIMED_OUT, TCP_INTERRUPTED };

/* How long something may take, and what ends it early. */
struct tcp_patience {
    uint32_t milliseconds;
    const volatile long *interrupted; /* may be NULL */
};

/* Before and after everything else. */
bool tcp_start(void);
void tcp_stop(void);

/* INVALID_SOCKET with words in `problem`. An empty port is one that is free. */
SOCKET tcp_listen(const struct peer_address *address, char problem[NODE_PROBLEM_MAX]);
SOCKET tcp_connect(const struct peer_address *address, uint32_t timeout_ms,
                   char problem[NODE_PROBLEM_MAX]);

/* INVALID_SOCKET where nobody waits any more. */
SOCKET tcp_accept(SOCKET listening);

enum { TCP_NAME_MAX = 80 };
/* "127.0.0.1:5323", "[::1]:5323": this end's, or the other's. */
void tcp_name(SOCKET socket, bool other, char name[TCP_NAME_MAX]);
bool tcp_is_loopback(SOCKET socket);

/* Until one of up to two can be read; *ready is a bit for each. `second` may be INVALID_SOCKET. */
enum tcp_result tcp_wait(SOCKET first, SOCKET second, const struct tcp_patience *patience,
                         unsigned *ready);

/* All of the bytes, within the time. */
enum tcp_result tcp_send(SOCKET socket, const uint8_t *bytes, size_t length,
                         const struct tcp_patience *patience);
enum tcp_result tcp_receive(SOCKET socket, uint8_t *bytes, size_t length,
                            const struct tcp_patience *patience);

#endif
