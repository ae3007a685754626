/* What a Windows program on one of the nodes asks of a disk, and what it must see. */
#ifndef TESTS_BED_WINDOWS_REQUEST_H
#define TESTS_BED_WINDOWS_REQUEST_H

#include "bed.h"

/* The Win32 errors that the tests expect; winerror.h's names. */
enum {
    ERROR_SUCCESS = 0,
    ERROR_INVALID_FUNCTION = 1, /* STATUS_INVALID_DEVICE_REQUEST */
    ERROR_ACCESS_DENIED = 5,
    ERROR_NOT_READY = 21,
    ERROR_BAD_LENGTH = 24,    /* STATUS_INFO_LENGTH_MISMATCH */
    ERROR_DEV_NOT_EXIST = 55, /* STATUS_DEVICE_DOES_NOT_EXIST */
    ERROR_INVALID_PARAMETER = 87,
    ERROR_BUSY = 170, /* STATUS_DEVICE_BUSY: a reservation conflict */
    ERROR_IO_PENDING = 997,
    ERROR_IO_DEVICE = 1117,
};

/* CreateFile's access and flags. */
enum { ACCESS_NONE = 0, FLAGS_NONE = 0, FLAG_OVERLAPPED = 0x40000000 };
static const uint32_t ACCESS_READ = 0x80000000, ACCESS_WRITE = 0x40000000, ACCESS_BOTH = 0xc0000000;

#define SHARED_DISK "\\\\.\\PhysicalDrive1"
#define SHARED_SG   "\\\\.\\PhysicalDrive2"
#define PLAIN_DISK  "\\\\.\\PhysicalDrive3"
#define PLAIN_SG    "\\\\.\\PhysicalDrive4"

enum { NO_BUFFER = -1 }; /* NULL and length 0 */

struct windows_request {
    uint32_t code;
    const void *input;
    int input_length;  /* bytes, or NO_BUFFER */
    int output_length; /* bytes, or NO_BUFFER */
};

/* agent_request.h says what the members are. `output` lies in a buffer that the next answer of any
 * node overwrites. */
struct windows_answer {
    uint32_t result, last_error, returned, input_untouched;
    uint32_t signalled, final, final_error, final_bytes, internal, internal_high;
    const uint8_t *guarded; /* the guard, the output buffer, the guard */
    const uint8_t *output;
    uint32_t output_length;
};

/* CreateFile on a node (index). The first fails the test where it does not succeed; the second
 * returns the error, or 0 with *handle set. */
uint32_t open_on(struct bed *bed, int node, uint32_t access, uint32_t flags, const char *name);
uint32_t try_open_on(struct bed *bed, int node, uint32_t access, uint32_t flags, const char *name,
                     uint32_t *handle);

/* DeviceIoControl on a node. A node that does not answer fails the test. */
struct windows_answer request_on(struct bed *bed, int node, uint32_t handle,
                                 const struct windows_request *request);
struct windows_answer overlapped_request_on(struct bed *bed, int node, uint32_t handle,
                                            const struct windows_request *request);

/* The same in two halves, so that both nodes can be busy at once. */
void send_request_to(struct bed *bed, int node, uint32_t handle,
                     const struct windows_request *request);
struct windows_answer receive_answer_from(struct bed *bed, int node);

/* Fails the test unless the answer is exactly Windows' for this error (0: success) and this number
 * of bytes of output: return value, last error, *lpBytesReturned, and every byte of the buffers
 * that must not change (semantics 1, windows-behaviour 2.8 and 2.9). */
void expect_answer(struct bed *bed, int node, const struct windows_answer *answer, uint32_t error,
                   uint32_t information);

/* The second half of it: the buffers but for the first `information` bytes of output. */
void expect_untouched(struct bed *bed, int node, const struct windows_answer *answer,
                      uint32_t information);

/* request_on with the shared disk's handle, and expect_answer. */
struct windows_answer expect_request(struct bed *bed, int node,
                                     const struct windows_request *request, uint32_t error,
                                     uint32_t information);

/* Requests without buffers: RESERVE, RELEASE and their aliases. */
void expect_plain(struct bed *bed, int node, uint32_t code, uint32_t error);

#endif
