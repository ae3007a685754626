/* What a running case has: nodes to ask, expectations, and a place to say what was wrong.
 *
 * Nothing here ends a case: an expectation that is not met is recorded, and its function returns
 * false, so that a case can stop where going on makes no sense. */
#ifndef CONFORMANCE_TEST_H
#define CONFORMANCE_TEST_H

#include "compiler.h"
#include "environment.h"
#include "nt_status.h"
#include "questions.h"
#include "request.h"
#include "result.h"

#include <ntddstor/reservation.h>
#include <stddef.h>

enum { NODE_1, NODE_2, NODES };

struct test {
    struct node *nodes[NODES]; /* the second is NULL where there is none */
    const struct environment *environment;
    const char *disk_name; /* node 1's, to open it with CreateFile */
    struct case_result *result;
    bool reserved[NODES]; /* by RESERVE, so that it can be released */
};

/* ---- Asking, with expectations ---- */

/* Sends `request` from a node and expects the NTSTATUS and the number of bytes of output, and all
 * that follows from them: the BOOL, the last error, *lpBytesReturned, for an overlapped request its
 * event, Internal and GetOverlappedResult; no other byte of any buffer changed.
 * `answer` may be NULL. */
bool expect(struct test *test, unsigned node, const struct request *request, int32_t status,
            uint32_t information, struct answer *answer);

/* Where sources or disks disagree: the answers that are right, the likeliest first. One that is not
 * for this platform is not accepted. Which one was seen is an observation for `question`. */
struct outcome {
    int32_t status;
    uint32_t information;
    uint32_t where; /* ON_ bits, or EVERYWHERE */
};
bool expect_one_of(struct test *test, unsigned node, const struct request *request,
                   enum question question, const struct outcome *outcomes, size_t count,
                   struct answer *answer);

/* The same without an observation, for the cases that are not about the number of bytes: 0, or, on
 * Windows and ReactOS, after a PR OUT or a conflict, what the port driver had in its request. */
bool expect_status(struct test *test, unsigned node, const struct request *request, int32_t status,
                   struct answer *answer);

/* A request whose answer the case judges by itself. False, and recorded, where it got none. */
bool ask(struct test *test, unsigned node, const struct request *request, struct answer *answer);

/* A command by SCSI pass-through; unit attentions are taken and the command is sent again, up to 8
 * times. False, and recorded, where it could not be sent. */
bool ask_scsi(struct test *test, unsigned node, const struct scsi_request *request,
              struct scsi_answer *answer);
/* The same as it comes, unit attentions included. */
bool ask_scsi_once(struct test *test, unsigned node, const struct scsi_request *request,
                   struct scsi_answer *answer);
/* ask_scsi, and the SCSI status is this one: 0, or 18h for a reservation conflict. */
bool expect_scsi(struct test *test, unsigned node, const struct scsi_request *request,
                 uint32_t status);

/* ReadFile or WriteFile with this Win32 error; 0 is success, with all of the length moved. */
bool expect_raw(struct test *test, unsigned node, const struct raw_request *request,
                uint32_t error);
bool ask_raw(struct test *test, unsigned node, const struct raw_request *request,
             struct raw_answer *answer);

/* ---- Saying what was wrong ---- */

/* Records a mismatch unless `ok`; returns `ok`. `seen` is a printf format. */
bool check(struct test *test, bool ok, const char *what, const char *expected, const char *seen,
           ...) PRINTF_FORMAT(5, 6);

/* Which answer to an open question was seen. */
void observe(struct test *test, enum question question, const char *answer, ...)
    PRINTF_FORMAT(3, 4);

/* For what can only be found out on the way. The case ends as skipped unless it has failed. */
void skip(struct test *test, const char *reason, ...) PRINTF_FORMAT(2, 3);

/* For the cases that call Windows themselves: what the report shows of it. */
void note_exchange(struct test *test, const char *request, const char *outcome, ...)
    PRINTF_FORMAT(3, 4);

#endif
