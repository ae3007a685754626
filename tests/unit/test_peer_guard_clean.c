/* conformance/guard_clean.c: what a server takes back when its client is gone. */
#include "../../conformance/guard.h"
#include "../../conformance/nt_status.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static const uint64_t our_key = 0x4846000000000001;

struct scripted_node {
    struct node node;
    int32_t status;      /* of every answer */
    uint32_t attentions; /* before a SCSI command's good status */
    unsigned released, unregistered;
};

static bool scripted_request(struct node *node, const struct request *request,
                             struct answer *answer)
{
    struct scripted_node *scripted = (struct scripted_node *)node;

    memset(answer, 0, sizeof(*answer));
    answer->status = scripted->status;
    scripted->released += request->code == IOCTL_STORAGE_RELEASE;
    scripted->unregistered += request->code == IOCTL_STORAGE_PERSISTENT_RESERVE_OUT &&
                              request->input[8] == RESERVATION_ACTION_REGISTER_IGNORE_EXISTING &&
                              get_be64(request->input + 10) == 0 &&
                              get_be64(request->input + 18) == 0;
    return true;
}

static bool scripted_scsi(struct node *node, const struct scsi_request *request,
                          struct scsi_answer *answer)
{
    struct scripted_node *scripted = (struct scripted_node *)node;

    memset(answer, 0, sizeof(*answer));
    answer->returned = 1;
    if (scripted->attentions) {
        scripted->attentions--;
        answer->status = 2;
        answer->key = 6;
        return true;
    }
    scripted->released += 100 * (request->cdb[0] == 0x17);
    scripted->unregistered += 100 * (request->cdb[0] == 0x5f && request->cdb[1] == 6);
    return true;
}

static const struct node_operations scripted_operations = {
    .request = scripted_request,
    .scsi = scripted_scsi,
};

static struct request pr_out(uint8_t action, uint64_t key)
{
    const struct pr_out out = {.action = action, .service_action_key = key};

    return request_pr_out(&out);
}

/* A request that ended with `status`, then the end of the session. */
static void after(struct guard *guard, const struct request *request, int32_t status,
                  unsigned released, unsigned unregistered)
{
    const struct answer answer = {.status = status};
    struct scripted_node node = {.node.operations = &scripted_operations};
    struct guard copy;
    char words[GUARD_REASON_MAX];

    guard_note_request(guard, request, &answer);
    copy = *guard;
    assert_true(guard_clean(&copy, &node.node, words));
    assert_int_equal(node.released, released);
    assert_int_equal(node.unregistered, unregistered);
    assert_int_equal(words[0] != '\0', released || unregistered);
    assert_true(guard_clean(&copy, &node.node, words) && !words[0]); /* once */
}

static void only_what_was_made_is_taken_back(void **state)
{
    const struct request reserve = request_plain(IOCTL_STORAGE_RESERVE),
                         release = request_plain(IOCTL_DISK_RELEASE),
                         enter = pr_out(RESERVATION_ACTION_REGISTER, our_key),
                         leave = pr_out(RESERVATION_ACTION_REGISTER_IGNORE_EXISTING, 0),
                         clear = pr_out(RESERVATION_ACTION_CLEAR, 0),
                         take = pr_out(RESERVATION_ACTION_RESERVE, 0);
    struct guard guard = {0};

    (void)state;
    after(&guard, &enter, NT_STATUS_DEVICE_BUSY, 0, 0);
    after(&guard, &enter, NT_STATUS_INVALID_PARAMETER, 0, 0);
    after(&guard, &take, NT_STATUS_SUCCESS, 0, 0);
    after(&guard, &enter, NT_STATUS_SUCCESS, 0, 1);
    after(&guard, &leave, NT_STATUS_DEVICE_BUSY, 0, 1);
    after(&guard, &reserve, NT_STATUS_SUCCESS, 1, 1);
    after(&guard, &leave, NT_STATUS_SUCCESS, 1, 0);
    after(&guard, &enter, NT_STATUS_IO_TIMEOUT, 1, 1);
    after(&guard, &clear, NT_STATUS_SUCCESS, 1, 0);
    after(&guard, &release, NT_STATUS_SUCCESS, 0, 0);
    guard_note_request(&guard, &enter, NULL); /* no answer: it may have been done */
    after(&guard, &take, NT_STATUS_SUCCESS, 0, 1);
}

static void it_goes_by_the_door_by_which_it_came(void **state)
{
    const struct pr_out out = {.service_action_key = our_key};
    const struct scsi_request enter = scsi_pr_out(&out), reserve = scsi_plain(0x16);
    const struct scsi_answer good = {.returned = 1}, conflict = {.returned = 1, .status = 0x18};
    struct scripted_node node = {.node.operations = &scripted_operations, .attentions = 3};
    struct guard guard = {0};
    char words[GUARD_REASON_MAX];

    (void)state;
    guard_note_scsi(&guard, &enter, &conflict);
    assert_int_equal(guard.registered, DOOR_NONE);
    guard_note_scsi(&guard, &enter, &good);
    guard_note_scsi(&guard, &reserve, &good);
    assert_true(guard_clean(&guard, &node.node, words));
    assert_int_equal(node.released, 100);
    assert_int_equal(node.unregistered, 100);
    assert_string_equal(words, "took back this machine's registration and reservation");
}

static void a_disk_that_does_not_agree_is_told(void **state)
{
    const struct request enter = pr_out(RESERVATION_ACTION_REGISTER, our_key);
    const struct answer good = {0};
    struct scripted_node node = {.node.operations = &scripted_operations,
                                 .status = NT_STATUS_IO_DEVICE_ERROR};
    struct guard guard = {0};
    char words[GUARD_REASON_MAX];

    (void)state;
    guard_note_request(&guard, &enter, &good);
    assert_false(guard_clean(&guard, &node.node, words));
    assert_string_equal(words, "could not take back this machine's registration");
    assert_int_equal(guard.registered, DOOR_CODES);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_what_was_made_is_taken_back),
        cmocka_unit_test(it_goes_by_the_door_by_which_it_came),
        cmocka_unit_test(a_disk_that_does_not_agree_is_told),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
