/* The soak's requests, and what the agents answered. */
#ifndef TESTS_SOAK_SOAK_REQUEST_H
#define TESTS_SOAK_SOAK_REQUEST_H

#include "../bed/pr_request.h"

#include <stdbool.h>
#include <stdint.h>

enum soak_kind {
    SOAK_READ_KEYS,
    SOAK_READ_RESERVATIONS,
    SOAK_REGISTER,
    SOAK_REGISTER_IGNORE,
    SOAK_PR_RESERVE,
    SOAK_PR_RELEASE,
    SOAK_CLEAR,
    SOAK_PREEMPT,
    SOAK_RESERVE,
    SOAK_RELEASE,
    SOAK_BREAK,
    SOAK_REFUSED, /* must end before the disk hears of it, with a known error */
    SOAK_FOREIGN, /* not one of Holdfast's codes: Wine answers, and does not know it either */
    SOAK_KINDS,
};

extern const char *const soak_kind_names[SOAK_KINDS];

/* True where the disk decides. */
bool soak_reaches_disk(enum soak_kind kind);

/* The handles that every agent has open, by slot; soak_nodes.c opens them. */
enum soak_handle {
    HANDLE_DISK_A, /* synchronous, several threads share one */
    HANDLE_DISK_B,
    HANDLE_SG,
    HANDLE_DISK_OVERLAPPED,
    HANDLE_SG_OVERLAPPED,
    HANDLE_DISK_PORT, /* bound to a completion port */
    HANDLE_SG_PORT,
    HANDLE_READ_ONLY,
    HANDLE_READ_ONLY_OVERLAPPED,
    HANDLE_WRITE_ONLY,
    HANDLE_NO_ACCESS,
    SOAK_HANDLES,
};

struct soak_buffer {
    char place; /* soak_agent.c's letters */
    uint32_t length;
};

struct soak_answer {
    uint32_t result, last_error, returned, input_untouched, signalled;
    uint32_t final, final_error, final_bytes, internal, internal_high, packets;
    uint64_t begin, end; /* one clock for both nodes */
    uint32_t output_used;
    uint8_t output[64];
    uint32_t error; /* the Win32 error that it all means; 0 is success */
};

struct soak_request {
    int node; /* index */
    int thread;
    enum soak_handle handle;
    char way; /* soak_agent.c's letters */
    enum soak_kind kind;
    uint32_t code;
    uint8_t input[PR_OUT_INPUT_LENGTH + 28];
    struct soak_buffer in, out;
    struct pr_out pr_out;       /* where the kind is a PERSISTENT RESERVE OUT */
    uint16_t allocation_length; /* PERSISTENT RESERVE IN */
    uint32_t refusal;           /* SOAK_REFUSED: the error */
    struct soak_answer answer;
};

enum { SOAK_BURST_MAX = 48 };

/* What both nodes are asked at once. */
struct soak_burst {
    uint32_t number;
    int count;
    struct soak_request requests[SOAK_BURST_MAX];
};

/* Writes the request as one line of at most `size` bytes for a reader. */
void soak_describe_request(const struct soak_request *request, uint64_t origin, char *line,
                           size_t size);

#endif
