/* What the cases of the peer tests share. */
#ifndef HOLDFAST_TESTS_PEER_CLIENT_H
#define HOLDFAST_TESTS_PEER_CLIENT_H

#include "../../conformance/request.h"
#include "../../conformance/tcp.h"

#include <ntddstor/reservation.h>
#include <stdio.h>

#define CHECK(condition)                                                   \
    do {                                                                   \
        if (!(condition)) {                                                \
            printf("%s:%d: not so: %s\n", __FILE__, __LINE__, #condition); \
            fflush(stdout);                                                \
            ExitProcess(1);                                                \
        }                                                                  \
    } while (0)

enum { PEER_TIMEOUT_S = 60 };

/* One of the suite's keys. */
#define PEER_KEY UINT64_C(0x4846123456780001)

/* REGISTER, where the client has no key so far. */
static inline struct request peer_register(uint64_t key)
{
    const struct pr_out out = {.action = RESERVATION_ACTION_REGISTER, .service_action_key = key};

    return request_pr_out(&out);
}

/* The cases of peer_attacks.c. */
void peer_replay(const char *address, const char *secret);
void peer_tampered(const char *address, const char *secret);
void peer_oversized(const char *address, const char *secret);
void peer_out_of_turn(const char *address, const char *secret);
void peer_too_early(const char *address, const char *secret);
void peer_hmac(const char *address, const char *secret);

#endif
