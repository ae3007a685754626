/* Raw reads and writes by a Windows program on one of the nodes, and the disk's content past it. */
#ifndef TESTS_BED_RAW_REQUEST_H
#define TESTS_BED_RAW_REQUEST_H

#include "raw_pattern.h"
#include "windows_request.h"

/* More Win32 errors; winerror.h's names. */
enum {
    ERROR_INVALID_HANDLE = 6,
    ERROR_GEN_FAILURE = 31, /* STATUS_UNSUCCESSFUL */
    ERROR_HANDLE_EOF = 38,
    ERROR_DISK_FULL = 112,
};

enum { SECTOR = 512, FLAG_NO_BUFFERING = 0x20000000 };
#define NO_SEEK UINT64_MAX

struct raw_request {
    bool is_write;
    const char *way; /* agent_raw.h */
    uint64_t offset; /* bytes */
    uint32_t length; /* bytes */
    uint32_t shift;  /* of the buffer's address */
    uint32_t stamp;  /* of what is written */
};

/* agent_raw.h says what the members are. */
struct raw_answer {
    uint32_t result, last_error, bytes;
    uint32_t final, final_error, final_bytes;
    uint32_t internal, internal_high;
    uint32_t told, stamp, stray;
    uint64_t pointer;
};

struct raw_answer raw_on(struct bed *bed, int node, uint32_t handle,
                         const struct raw_request *request);

/* Fails the test unless a Windows program sees just this: the error (0: success), and this number
 * of bytes; and, of a successful read, this stamp. By each way as Windows tells it. */
void expect_raw(struct bed *bed, int node, uint32_t handle, const struct raw_request *request,
                uint32_t error, uint32_t bytes);

/* Fails the test unless the request is refused before the disk is asked: no end of any kind. */
void expect_raw_refused(struct bed *bed, int node, uint32_t handle,
                        const struct raw_request *request, uint32_t error);

bool is_same_raw_answer(const struct raw_answer *one, const struct raw_answer *other);

/* Other requests of the agent that are answered with "ok NUMBER" or "error NUMBER". */
struct agent_reply {
    bool is_ok;
    uint32_t number;
};
struct agent_reply agent_reply_on(struct bed *bed, int node, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* The number, where it must be ok. */
uint32_t agent_ok_on(struct bed *bed, int node, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* The disk's content, by SG_IO of a node that may. Both fail the test where they cannot. */
void put_on_disk(struct bed *bed, int node, uint64_t offset, uint32_t length, uint32_t stamp);
void expect_on_disk(struct bed *bed, int node, uint64_t offset, uint32_t length, uint32_t stamp);

#endif
