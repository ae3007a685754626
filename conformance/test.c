#include "test.h"

#include "describe.h"
#include "node.h"
#include "record.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { UNIT_ATTENTIONS_MAX = 8, UNIT_ATTENTION = 6, SENSE_CHECK = 0x02 };

static bool lost(struct test *test, unsigned node)
{
    return check(test, false, "the node", "an answer", "node %u: %s", node + 1,
                 test->nodes[node]->problem);
}

/* A RESERVE that the suite holds has to be released at the end of the case. */
static void remember_reserve(struct test *test, unsigned node, const struct request *request,
                             const struct answer *answer)
{
    if (!nt_status_is_success(answer->status))
        return;
    if (request->code == IOCTL_STORAGE_RESERVE || request->code == IOCTL_DISK_RESERVE)
        test->reserved[node] = true;
    if (request->code == IOCTL_STORAGE_RELEASE || request->code == IOCTL_DISK_RELEASE)
        test->reserved[node] = false;
}

bool ask(struct test *test, unsigned node, const struct request *request, struct answer *answer)
{
    struct exchange *exchange = record_exchange(test);

    if (!node_request(test->nodes[node], request, answer))
        return lost(test, node);
    remember_reserve(test, node, request, answer);
    if (exchange) {
        describe_request(node, request, exchange->request, sizeof(exchange->request));
        describe_input(request, exchange->input, sizeof(exchange->input));
        describe_answer(request, answer, exchange->outcome, sizeof(exchange->outcome));
    }
    return true;
}

/* What is refused before anything is sent fails at once, on an overlapped handle too; what the
 * device decides has been pending (ClassSendSrbAsynchronous marks it so). */
static bool is_refused_inline(int32_t status)
{
    static const int32_t refusals[] = {
        NT_STATUS_INFO_LENGTH_MISMATCH, NT_STATUS_INVALID_PARAMETER,   NT_STATUS_ACCESS_DENIED,
        NT_STATUS_ACCESS_VIOLATION,     NT_STATUS_INVALID_USER_BUFFER, NT_STATUS_INVALID_HANDLE,
    };

    for (size_t i = 0; i < sizeof(refusals) / sizeof(refusals[0]); i++)
        if (refusals[i] == status)
            return true;
    return false;
}

/* Of the refusals those that come before the I/O manager touches the event, which the suite has set
 * before the call: the pointers are probed first, then the handle's access. */
static bool is_refused_before_event(int32_t status)
{
    return status == NT_STATUS_ACCESS_DENIED || status == NT_STATUS_ACCESS_VIOLATION ||
           status == NT_STATUS_INVALID_HANDLE;
}

/* What Windows would have answered, as far as it follows from status and information. What the
 * platform may leave as it likes is taken from the answer that was seen. */
static struct answer proper_answer(const struct request *request, int32_t status,
                                   uint32_t information, const struct answer *seen)
{
    struct answer proper = {0};

    proper.status = status;
    proper.returned = nt_status_is_success(status);
    proper.error = proper.returned ? ERROR_SENTINEL : nt_status_error(status);
    /* A warning writes it, an error does not. */
    proper.bytes = nt_status_is_error(status) ? BYTES_SENTINEL : information;
    if (!request->overlapped)
        return proper;
    proper.bytes = seen->bytes;
    proper.internal = NT_STATUS_PENDING;
    proper.internal_high = seen->internal_high;
    proper.signalled = is_refused_before_event(status);
    if (is_refused_inline(status))
        return proper;
    proper.final_returned = proper.returned;
    proper.final_error = proper.returned ? 0 : proper.error;
    proper.final_bytes = proper.internal_high = information;
    proper.returned = 0;
    proper.error = nt_status_error(NT_STATUS_PENDING);
    proper.signalled = 1;
    proper.internal = (uint32_t)status;
    return proper;
}

static bool answers_equal(const struct answer *a, const struct answer *b)
{
    return a->status == b->status && a->returned == b->returned && a->error == b->error &&
           a->bytes == b->bytes && a->signalled == b->signalled && a->internal == b->internal &&
           a->internal_high == b->internal_high && a->final_returned == b->final_returned &&
           a->final_error == b->final_error && a->final_bytes == b->final_bytes;
}

static bool check_buffers(struct test *test, const struct answer *answer, uint32_t information)
{
    bool ok = check(test, !answer->input_changed, "input buffer", "left alone", "written to");

    ok &= check(test, !answer->outside_changed, "bytes around the output buffer", "left alone",
                "written to");
    return check(test, answer->output_changed <= information, "output bytes behind the answer",
                 "left alone", "%" PRIu32 " bytes were written, the answer has %" PRIu32,
                 answer->output_changed, information) &&
           ok;
}

static bool check_answer(struct test *test, unsigned node, const struct request *request,
                         const struct outcome *outcome, const struct answer *seen)
{
    const struct answer proper =
        proper_answer(request, outcome->status, outcome->information, seen);

    if (!answers_equal(&proper, seen)) {
        char what[sizeof(((struct mismatch *)0)->what)], expected[192], found[192];

        describe_request(node, request, what, sizeof(what));
        describe_answer(request, &proper, expected, sizeof(expected));
        describe_answer(request, seen, found, sizeof(found));
        return check(test, false, what, expected, "%s", found);
    }
    return check_buffers(test, seen, outcome->information);
}

bool expect(struct test *test, unsigned node, const struct request *request, int32_t status,
            uint32_t information, struct answer *answer)
{
    const struct outcome outcome = {status, information, EVERYWHERE};
    struct answer own;

    if (!answer)
        answer = &own;
    return ask(test, node, request, answer) && check_answer(test, node, request, &outcome, answer);
}

/* The outcome that was seen, or NULL; *likeliest is the first that this platform may have. */
static const struct outcome *find_outcome(const struct test *test, const struct request *request,
                                          const struct outcome *outcomes, size_t count,
                                          const struct answer *seen,
                                          const struct outcome **likeliest)
{
    *likeliest = NULL;
    for (size_t i = 0; i < count; i++) {
        const struct answer proper =
            proper_answer(request, outcomes[i].status, outcomes[i].information, seen);

        if (!(outcomes[i].where & test->environment->platform))
            continue;
        if (!*likeliest)
            *likeliest = &outcomes[i];
        if (answers_equal(&proper, seen))
            return &outcomes[i];
    }
    if (!*likeliest)
        *likeliest = outcomes;
    return NULL;
}

bool expect_one_of(struct test *test, unsigned node, const struct request *request,
                   enum question question, const struct outcome *outcomes, size_t count,
                   struct answer *answer)
{
    char words[sizeof(((struct observation *)0)->answer)];
    const struct outcome *outcome, *likeliest;
    struct answer own;

    if (!answer)
        answer = &own;
    if (!ask(test, node, request, answer))
        return false;
    outcome = find_outcome(test, request, outcomes, count, answer, &likeliest);
    if (!outcome)
        return check_answer(test, node, request, likeliest, answer);
    describe_answer(request, answer, words, sizeof(words));
    observe(test, question, "%s", words);
    return check_buffers(test, answer, outcome->information);
}

bool expect_status(struct test *test, unsigned node, const struct request *request, int32_t status,
                   struct answer *answer)
{
    const bool is_out = request->code == IOCTL_STORAGE_PERSISTENT_RESERVE_OUT;
    /* An error's number is seen in an OVERLAPPED alone. */
    const bool is_open = status == NT_STATUS_DEVICE_BUSY ||
                         (is_out && (status == NT_STATUS_SUCCESS ||
                                     (request->overlapped && !is_refused_inline(status))));
    const uint32_t transfer = is_out ? PR_OUT_LIST_LENGTH : request->output_length;
    const struct outcome outcomes[] = {
        {status, 0, EVERYWHERE},
        {status, transfer, is_open ? ON_WINDOWS | ON_REACTOS : 0},
    };
    const struct outcome *outcome, *likeliest;
    struct answer own;

    if (!answer)
        answer = &own;
    if (!ask(test, node, request, answer))
        return false;
    outcome = find_outcome(test, request, outcomes, sizeof(outcomes) / sizeof(outcomes[0]), answer,
                           &likeliest);
    return outcome ? check_buffers(test, answer, outcome->information)
                   : check_answer(test, node, request, likeliest, answer);
}

bool ask_scsi_once(struct test *test, unsigned node, const struct scsi_request *request,
                   struct scsi_answer *answer)
{
    struct exchange *exchange = record_exchange(test);

    if (!node_scsi(test->nodes[node], request, answer))
        return lost(test, node);
    if (exchange) {
        describe_scsi_request(node, request, exchange->request, sizeof(exchange->request));
        describe_scsi_answer(answer, exchange->outcome, sizeof(exchange->outcome));
    }
    return check(test, answer->returned, "SCSI pass-through", "TRUE", "FALSE, error %" PRIu32,
                 answer->error);
}

bool ask_scsi(struct test *test, unsigned node, const struct scsi_request *request,
              struct scsi_answer *answer)
{
    for (int i = 0; i < UNIT_ATTENTIONS_MAX; i++) {
        if (!ask_scsi_once(test, node, request, answer))
            return false;
        if (answer->status != SENSE_CHECK || answer->key != UNIT_ATTENTION)
            return true;
    }
    return check(test, false, "SCSI pass-through", "an answer",
                 "unit attention %02" PRIx32 "/%02" PRIx32 " without end", answer->asc,
                 answer->ascq);
}

bool expect_scsi(struct test *test, unsigned node, const struct scsi_request *request,
                 uint32_t status)
{
    char what[sizeof(((struct mismatch *)0)->what)], expected[32], seen[64];
    struct scsi_answer answer;

    if (!ask_scsi(test, node, request, &answer))
        return false;
    describe_scsi_request(node, request, what, sizeof(what));
    describe_scsi_answer(&answer, seen, sizeof(seen));
    snprintf(expected, sizeof(expected), "SCSI status %02" PRIx32, status);
    return check(test, answer.status == status, what, expected, "%s", seen);
}

bool ask_raw(struct test *test, unsigned node, const struct raw_request *request,
             struct raw_answer *answer)
{
    struct exchange *exchange = record_exchange(test);

    if (!node_raw(test->nodes[node], request, answer))
        return lost(test, node);
    if (exchange) {
        describe_raw_request(node, request, exchange->request, sizeof(exchange->request));
        describe_raw_answer(answer, exchange->outcome, sizeof(exchange->outcome));
    }
    return true;
}

bool expect_raw(struct test *test, unsigned node, const struct raw_request *request, uint32_t error)
{
    char what[sizeof(((struct mismatch *)0)->what)], expected[96], seen[96];
    struct raw_answer answer, proper = {0};

    if (!ask_raw(test, node, request, &answer))
        return false;
    proper.returned = error == 0;
    proper.error = error;
    proper.bytes = error || request->action == RAW_FLUSH ? 0 : request->length;
    describe_raw_request(node, request, what, sizeof(what));
    describe_raw_answer(&proper, expected, sizeof(expected));
    describe_raw_answer(&answer, seen, sizeof(seen));
    return check(test, strcmp(expected, seen) == 0, what, expected, "%s", seen);
}
