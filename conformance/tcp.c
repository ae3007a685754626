#include "tcp.h"

#include <stdio.h>
#include <string.h>
#include <ws2tcpip.h>

#include <mstcpip.h>

enum {
    SLICE_MS = 100, /* between two looks at `interrupted` */
    KEEP_ALIVE_MS = 30 * 1000,
    KEEP_ALIVE_INTERVAL_MS = 5 * 1000,
    BACKLOG = 4,
    LOOPBACK_NET = 127,
};

bool tcp_start(void)
{
    WSADATA data;

    return WSAStartup(MAKEWORD(2, 2), &data) == 0;
}

void tcp_stop(void)
{
    WSACleanup();
}

static SOCKET fail(SOCKET socket, char problem[NODE_PROBLEM_MAX], const char *what,
                   const struct peer_address *address)
{
    const int error = WSAGetLastError();

    if (socket != INVALID_SOCKET)
        closesocket(socket);
    snprintf(problem, NODE_PROBLEM_MAX, "%s %.120s%s%s (Winsock error %d)", what, address->host,
             address->port[0] ? " port " : "", address->port, error);
    return INVALID_SOCKET;
}

static struct addrinfo *resolve(const struct peer_address *address, int flags)
{
    struct addrinfo hints, *list = NULL;

    memset(&hints, 0, sizeof(hints));
    hints.ai_flags = flags;
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_protocol = IPPROTO_TCP;
    return getaddrinfo(address->host, address->port[0] ? address->port : "0", &hints, &list) == 0
               ? list
               : NULL;
}

/* A cable that was pulled is noticed by probes; a small message goes at once. */
static void prepare(SOCKET socket)
{
    struct tcp_keepalive keep_alive = {1, KEEP_ALIVE_MS, KEEP_ALIVE_INTERVAL_MS};
    u_long nonblocking = 1;
    BOOL yes = TRUE;
    DWORD bytes;

    ioctlsocket(socket, FIONBIO, &nonblocking);
    setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, (const char *)&yes, sizeof(yes));
    WSAIoctl(socket, SIO_KEEPALIVE_VALS, &keep_alive, sizeof(keep_alive), NULL, 0, &bytes, NULL,
             NULL);
}

SOCKET tcp_listen(const struct peer_address *address, char problem[NODE_PROBLEM_MAX])
{
    struct addrinfo *found = resolve(address, AI_PASSIVE);
    SOCKET listening = INVALID_SOCKET;
    BOOL yes = TRUE;
    bool bound;

    if (!found)
        return fail(listening, problem, "no address is known for", address);
    listening = socket(found->ai_family, found->ai_socktype, found->ai_protocol);
    bound = listening != INVALID_SOCKET;
    /* Windows lets another program share the port otherwise. */
    if (bound)
        setsockopt(listening, SOL_SOCKET, SO_EXCLUSIVEADDRUSE, (const char *)&yes, sizeof(yes));
    bound = bound && bind(listening, found->ai_addr, (int)found->ai_addrlen) == 0 &&
            listen(listening, BACKLOG) == 0;
    freeaddrinfo(found);
    if (!bound)
        return fail(listening, problem, "cannot listen on", address);
    prepare(listening);
    return listening;
}

SOCKET tcp_accept(SOCKET listening)
{
    const SOCKET accepted = accept(listening, NULL, NULL);

    if (accepted != INVALID_SOCKET)
        prepare(accepted);
    return accepted;
}

static bool connected_within(SOCKET socket, uint32_t timeout_ms)
{
    struct timeval time = {(long)(timeout_ms / 1000), (long)(timeout_ms % 1000 * 1000)};
    fd_set writable, failed;

    FD_ZERO(&writable);
    FD_ZERO(&failed);
    FD_SET(socket, &writable);
    FD_SET(socket, &failed);
    if (select(0, NULL, &writable, &failed, &time) == 0)
        WSASetLastError(WSAETIMEDOUT);
    else if (FD_ISSET(socket, &failed))
        WSASetLastError(WSAECONNREFUSED);
    else
        return FD_ISSET(socket, &writable) != 0;
    return false;
}

static SOCKET connect_one(const struct addrinfo *to, uint32_t timeout_ms)
{
    const SOCKET made = socket(to->ai_family, to->ai_socktype, to->ai_protocol);
    int error;

    if (made == INVALID_SOCKET)
        return made;
    prepare(made);
    if (connect(made, to->ai_addr, (int)to->ai_addrlen) == 0 ||
        (WSAGetLastError() == WSAEWOULDBLOCK && connected_within(made, timeout_ms)))
        return made;
    error = WSAGetLastError();
    closesocket(made);
    WSASetLastError(error);
    return INVALID_SOCKET;
}

SOCKET tcp_connect(const struct peer_address *address, uint32_t timeout_ms,
                   char problem[NODE_PROBLEM_MAX])
{
    struct addrinfo *list = resolve(address, 0);
    SOCKET connected = INVALID_SOCKET;
    int error;

    if (!list)
        return fail(connected, problem, "no address is known for", address);
    for (const struct addrinfo *one = list; one && connected == INVALID_SOCKET; one = one->ai_next)
        connected = connect_one(one, timeout_ms);
    error = WSAGetLastError();
    freeaddrinfo(list);
    WSASetLastError(error);
    return connected != INVALID_SOCKET ? connected
                                       : fail(connected, problem, "nobody serves at", address);
}

static bool get_address(SOCKET socket, bool other, struct sockaddr_storage *address)
{
    int length = sizeof(*address);

    memset(address, 0, sizeof(*address));
    return (other ? getpeername(socket, (struct sockaddr *)address, &length)
                  : getsockname(socket, (struct sockaddr *)address, &length)) == 0;
}

void tcp_name(SOCKET socket, bool other, char name[TCP_NAME_MAX])
{
    struct sockaddr_storage address;
    char host[TCP_NAME_MAX - 10], port[PEER_PORT_MAX];

    if (!get_address(socket, other, &address) ||
        getnameinfo((struct sockaddr *)&address, sizeof(address), host, sizeof(host), port,
                    sizeof(port), NI_NUMERICHOST | NI_NUMERICSERV) != 0)
        snprintf(name, TCP_NAME_MAX, "an unknown address");
    else
        snprintf(name, TCP_NAME_MAX, address.ss_family == AF_INET6 ? "[%s]:%s" : "%s:%s", host,
                 port);
}

bool tcp_is_loopback(SOCKET socket)
{
    struct sockaddr_storage address;

    if (!get_address(socket, false, &address))
        return false;
    if (address.ss_family == AF_INET6)
        return IN6_IS_ADDR_LOOPBACK(&((const struct sockaddr_in6 *)&address)->sin6_addr);
    return ntohl(((const struct sockaddr_in *)&address)->sin_addr.s_addr) >> 24 == LOOPBACK_NET;
}

/* One look of at most SLICE_MS at both sets. */
static int look(SOCKET first, SOCKET second, bool for_writing, fd_set *set)
{
    struct timeval slice = {0, SLICE_MS * 1000};

    FD_ZERO(set);
    FD_SET(first, set);
    if (second != INVALID_SOCKET)
        FD_SET(second, set);
    return select(0, for_writing ? NULL : set, for_writing ? set : NULL, NULL, &slice);
}

static enum tcp_result wait_for(SOCKET first, SOCKET second, bool for_writing,
                                const struct tcp_patience *patience, DWORD start, unsigned *ready)
{
    fd_set set;

    do {
        const int count = look(first, second, for_writing, &set);

        if (patience->interrupted && *patience->interrupted)
            return TCP_INTERRUPTED;
        if (count < 0)
            return TCP_CLOSED;
        if (count > 0) {
            *ready = (FD_ISSET(first, &set) ? 1u : 0) |
                     (second != INVALID_SOCKET && FD_ISSET(second, &set) ? 2u : 0);
            return TCP_DONE;
        }
    } while (GetTickCount() - start < patience->milliseconds);
    return TCP_TIMED_OUT;
}

enum tcp_result tcp_wait(SOCKET first, SOCKET second, const struct tcp_patience *patience,
                         unsigned *ready)
{
    return wait_for(first, second, false, patience, GetTickCount(), ready);
}

static enum tcp_result move(SOCKET socket, uint8_t *bytes, size_t length, bool sending,
                            const struct tcp_patience *patience)
{
    const DWORD start = GetTickCount();
    enum tcp_result result = TCP_DONE;
    size_t moved = 0;
    unsigned ready;

    while (moved < length && result == TCP_DONE) {
        char *at = (char *)bytes + moved;
        const int left = (int)(length - moved);
        int count;

        result = wait_for(socket, INVALID_SOCKET, sending, patience, start, &ready);
        if (result != TCP_DONE)
            break;
        count = sending ? send(socket, at, left, 0) : recv(socket, at, left, 0);
        if (count > 0)
            moved += (size_t)count;
        else if (count == 0 || WSAGetLastError() != WSAEWOULDBLOCK)
            result = TCP_CLOSED;
        if (moved < length && GetTickCount() - start >= patience->milliseconds)
            result = result == TCP_DONE ? TCP_TIMED_OUT : result;
    }
    return result;
}

enum tcp_result tcp_send(SOCKET socket, const uint8_t *bytes, size_t length,
                         const struct tcp_patience *patience)
{
    return move(socket, (uint8_t *)bytes, length, true, patience);
}

enum tcp_result tcp_receive(SOCKET socket, uint8_t *bytes, size_t length,
                            const struct tcp_patience *patience)
{
    return move(socket, bytes, length, false, patience);
}
