/* A Windows program without Linux capabilities over devices, on nodes that it may open. What the
 * kernel thinks of it: testbeds 5, Linux drivers/scsi/scsi_ioctl.c and sg.c. */
#include "disk_state.h"
#include "pr_request.h"
#include "raw_request.h"
#include "suites.h"
#include <string.h>

enum { UNPRIVILEGED_NODE = 3 };

static const struct pr_out registration = {RESERVATION_ACTION_REGISTER_IGNORE_EXISTING, 0, 0,
                                           0x1122334455667788, false};
static const struct pr_out unregistration = {RESERVATION_ACTION_REGISTER_IGNORE_EXISTING, 0, 0, 0,
                                             false};

/* Its agent takes node 1's place, index 0, in a bed of its own. */
static struct bed *start(struct bed *bed)
{
    static struct bed nobody;
    const char *const command[] = {bed->holdfast, "run", bed->agent, NULL};

    if (!windows_node_start(&nobody.nodes[0], UNPRIVILEGED_NODE, bed->node_script, command) ||
        !windows_node_wait_until_ready(&nobody.nodes[0]))
        fail_msg("%s", nobody.nodes[0].problem);
    return &nobody;
}

static void expect(struct bed *nobody, uint32_t handle, const struct windows_request *request,
                   uint32_t error, uint32_t information)
{
    const struct windows_answer answer = request_on(nobody, 0, handle, request);

    expect_answer(nobody, 0, &answer, error, information);
}

static const STORAGE_BREAK_RESERVATION_REQUEST break_input = {.Length = sizeof(break_input)};
static const struct windows_request break_request = {IOCTL_STORAGE_BREAK_RESERVATION, &break_input,
                                                     sizeof(break_input), NO_BUFFER};
static const struct windows_request reserve = {IOCTL_STORAGE_RESERVE, NULL, NO_BUFFER, NO_BUFFER};
static const struct windows_request release = {IOCTL_STORAGE_RELEASE, NULL, NO_BUFFER, NO_BUFFER};

/* A handle with every access, and yet: EPERM from SG_IO, EACCES from SG_SCSI_RESET. */
static void on_the_disk_every_request_is_denied(void **state)
{
    struct bed *bed = *state, *nobody = start(bed);
    const uint32_t handle = open_on(nobody, 0, ACCESS_BOTH, FLAGS_NONE, SHARED_DISK);
    uint8_t in[PR_IN_INPUT_LENGTH], out[PR_OUT_INPUT_LENGTH];
    const struct windows_request read_keys =
        pr_in_request(RESERVATION_ACTION_READ_KEYS, 64, 64, in);
    const struct windows_request register_key = pr_out_request(&registration, out);

    expect(nobody, handle, &read_keys, ERROR_ACCESS_DENIED, 0);
    expect(nobody, handle, &register_key, ERROR_ACCESS_DENIED, 0);
    expect(nobody, handle, &reserve, ERROR_ACCESS_DENIED, 0);
    expect(nobody, handle, &break_request, ERROR_ACCESS_DENIED, 0);
    windows_node_stop(&nobody->nodes[0]);
    assert_disk_is(bed, &disk_free, "after denied requests");
}

static void on_the_sg_node_all_but_resets_are_served(void **state)
{
    static const struct disk_state registered = {{0x1122334455667788, 0}, NOBODY, 0};
    struct bed *bed = *state, *nobody = start(bed);
    const uint32_t handle = open_on(nobody, 0, ACCESS_BOTH, FLAGS_NONE, SHARED_SG);
    uint8_t in[PR_IN_INPUT_LENGTH], out[PR_OUT_INPUT_LENGTH];
    const struct windows_request read_keys =
        pr_in_request(RESERVATION_ACTION_READ_KEYS, 64, 64, in);
    struct windows_request change_key = pr_out_request(&registration, out);

    expect(nobody, handle, &change_key, ERROR_SUCCESS, 0);
    assert_disk_is(bed, &registered, "after a registration without privileges");
    expect(nobody, handle, &read_keys, ERROR_SUCCESS, 16);
    change_key = pr_out_request(&unregistration, out);
    expect(nobody, handle, &change_key, ERROR_SUCCESS, 0);
    expect(nobody, handle, &reserve, ERROR_SUCCESS, 0);
    assert_disk_is_legacy_reserved(bed, "after RESERVE without privileges");
    expect(nobody, handle, &release, ERROR_SUCCESS, 0);
    expect(nobody, handle, &break_request, ERROR_ACCESS_DENIED, 0);
    windows_node_stop(&nobody->nodes[0]);
    assert_disk_is(bed, &disk_free, "after the requests were undone");
}

/* holdfast.exe opens for reading first, which sg_allow_access refuses, and then for writing. */
static void holdfast_shows_keys_by_the_sg_node(void **state)
{
    static const struct disk_state registered = {{0x1122334455667788, 0}, NOBODY, 0};
    struct bed *bed = *state;
    const char *const command[] = {bed->node_script, "3", bed->holdfast, "keys", SHARED_SG, NULL};
    char shown[256];

    arrange_disk(bed, &registered);
    assert_int_equal(run_and_read(command, shown, sizeof(shown)), 0);
    assert_non_null(strstr(shown, "0x1122334455667788"));
}

/* Linux lets READ, WRITE and SYNCHRONIZE CACHE pass by the mode of the open node, so a program
 * without capabilities too hears what was in the way. */
static void raw_requests_are_served(void **state)
{
    static const struct disk_state node_2_excludes = {
        {0, 0x8877665544332211}, 1, RESERVATION_TYPE_EXCLUSIVE};
    struct bed *bed = *state, *nobody = start(bed);
    const uint32_t handle = open_on(nobody, 0, ACCESS_BOTH, FLAGS_NONE, SHARED_DISK);
    struct raw_request request = {true, "pointer", 0, SECTOR, 1, 0x300001};

    expect_raw(nobody, 0, handle, &request, ERROR_SUCCESS, SECTOR);
    agent_ok_on(nobody, 0, "flush %x", handle);
    arrange_disk(bed, &node_2_excludes);
    request.stamp++;
    expect_raw(nobody, 0, handle, &request, ERROR_BUSY, 0);
    request.is_write = false;
    expect_raw(nobody, 0, handle, &request, ERROR_BUSY, 0);
    assert_int_equal(agent_reply_on(nobody, 0, "flush %x", handle).number, ERROR_BUSY);
    windows_node_stop(&nobody->nodes[0]);
    expect_on_disk(bed, 1, 0, SECTOR, 0x300001);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(on_the_disk_every_request_is_denied),
    cmocka_unit_test(raw_requests_are_served),
    cmocka_unit_test(on_the_sg_node_all_but_resets_are_served),
    cmocka_unit_test(holdfast_shows_keys_by_the_sg_node),
};

const struct suite unprivileged = SUITE("unprivileged", tests);
