/* For the cases that call Windows by themselves: with pointers, handles and ports of their own, all
 * in this process. Node 1's disk alone. */
#ifndef CONFORMANCE_DIRECT_H
#define CONFORMANCE_DIRECT_H

#include "test.h"

#include <windows.h>

/* One DeviceIoControl: the code and the lengths are the request's, the pointers are as they stand
 * here. */
struct direct {
    HANDLE handle;
    const struct request *request;
    void *input, *output;
    OVERLAPPED *overlapped;
};

enum { DIRECT_PATIENCE_MS = 30 * 1000 }; /* for what has to come */

/* The disk by its name, shared for reading and writing. INVALID_HANDLE_VALUE, and recorded, where
 * that fails. */
HANDLE direct_open(struct test *test, DWORD access, DWORD flags);
/* The name as CreateFile takes it. */
void direct_disk_name(const struct test *test, wchar_t *name, int size);

/* Sends it. Of the answer only the BOOL, the error, the status and *lpBytesReturned are filled in.
 */
void direct_send(struct test *test, const struct direct *direct, struct answer *answer);

/* Sends it without an OVERLAPPED, and expects what test.h's expect() does of such an answer. */
bool direct_expect(struct test *test, const struct direct *direct, int32_t status,
                   uint32_t information);

/* Sends it with its OVERLAPPED, and expects that it is pending (`status` is then what comes in the
 * end) or, with a status that the system refuses at once, that it fails so and leaves Internal at
 * STATUS_PENDING. */
bool direct_expect_pending(struct test *test, const struct direct *direct);
bool direct_expect_refused(struct test *test, const struct direct *direct, int32_t status);

/* Waits until Internal is not STATUS_PENDING any more, and expects this end. */
bool direct_expect_end(struct test *test, const struct direct *direct, int32_t status,
                       uint32_t information);

/* The number of bytes is `proper`, or what the port driver had in its request: on Windows and
 * ReactOS, after a PR OUT that has reached the device (pr_out.information). */
bool direct_is_information(const struct test *test, const struct direct *direct, uint32_t proper,
                           uint32_t seen);

#endif
