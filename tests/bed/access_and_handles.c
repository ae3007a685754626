/* Which handles are ours, and which access they need. Sources: windows-behaviour 1.1, 2.1 and 2.7;
 * semantics 5 (what is no SCSI disk goes to Wine as it came); wine-mechanics 2. */
#include "disk_state.h"
#include "pr_request.h"
#include "suites.h"
#include <stdio.h>
#include <string.h>

/* Every code that Holdfast answers, with an input that is good for all of them. */
static const struct {
    uint32_t code;
    bool needs_write; /* all need read */
} codes[] = {
    {IOCTL_STORAGE_RESERVE, false},
    {IOCTL_STORAGE_RELEASE, false},
    {IOCTL_DISK_RESERVE, false},
    {IOCTL_DISK_RELEASE, false},
    {IOCTL_STORAGE_PERSISTENT_RESERVE_IN, false},
    {IOCTL_STORAGE_PERSISTENT_RESERVE_OUT, true},
    {IOCTL_STORAGE_BREAK_RESERVATION, false},
    {IOCTL_STORAGE_RESET_BUS, false},
    {IOCTL_STORAGE_RESET_DEVICE, false},
    {OBSOLETE_IOCTL_STORAGE_RESET_BUS, true},
    {OBSOLETE_IOCTL_STORAGE_RESET_DEVICE, true},
};
enum { CODE_COUNT = sizeof(codes) / sizeof(codes[0]) };

static const struct pr_out registration = {RESERVATION_ACTION_REGISTER_IGNORE_EXISTING, 0, 0,
                                           0x1122334455667788, false};
static const struct disk_state node_1_registered = {{0x1122334455667788, 0}, NOBODY, 0};

static void expect_denied(struct bed *bed, uint32_t access, bool (*is_denied)(bool needs_write))
{
    uint8_t input[PR_OUT_INPUT_LENGTH];
    const uint32_t handle = open_on(bed, 0, access, FLAGS_NONE, SHARED_DISK);

    pr_out_request(&registration, input);
    for (int i = 0; i < CODE_COUNT; i++) {
        const struct windows_request request = {codes[i].code, input, sizeof(input), 64};
        struct windows_answer answer;

        if (!is_denied(codes[i].needs_write))
            continue;
        answer = request_on(bed, 0, handle, &request);
        expect_answer(bed, 0, &answer, ERROR_ACCESS_DENIED, 0);
    }
    assert_disk_is(bed, &disk_free, "after denied requests");
}

static bool always(bool needs_write)
{
    (void)needs_write;
    return true;
}

static bool where_write_is_needed(bool needs_write)
{
    return needs_write;
}

static void no_access(void **state)
{
    expect_denied(*state, ACCESS_NONE, always);
}

static void write_only(void **state)
{
    expect_denied(*state, ACCESS_WRITE, always);
}

static void read_only(void **state)
{
    expect_denied(*state, ACCESS_READ, where_write_is_needed);
}

/* As a container-storage helper does it: PR IN on the read handle, PR OUT on the other. */
static void read_only_is_enough_for_reading(void **state)
{
    struct bed *bed = *state;
    const uint32_t handle = open_on(bed, 0, ACCESS_READ, FLAGS_NONE, SHARED_DISK);
    const struct windows_request reserve = {IOCTL_STORAGE_RESERVE, NULL, NO_BUFFER, NO_BUFFER};
    const struct windows_request release = {IOCTL_STORAGE_RELEASE, NULL, NO_BUFFER, NO_BUFFER};
    uint8_t input[PR_IN_INPUT_LENGTH];
    const struct windows_request keys = pr_in_request(RESERVATION_ACTION_READ_KEYS, 64, 64, input);
    struct windows_answer answer;

    expect_pr_out(bed, 0, &registration, ERROR_SUCCESS);
    answer = request_on(bed, 0, handle, &keys);
    expect_answer(bed, 0, &answer, ERROR_SUCCESS, 16);
    assert_disk_is(bed, &node_1_registered, "after READ KEYS on a read-only handle");
    arrange_disk(bed, &disk_free);
    answer = request_on(bed, 0, handle, &reserve);
    expect_answer(bed, 0, &answer, ERROR_SUCCESS, 0);
    assert_disk_is_legacy_reserved(bed, "after RESERVE on a read-only handle");
    answer = request_on(bed, 0, handle, &release);
    expect_answer(bed, 0, &answer, ERROR_SUCCESS, 0);
    assert_disk_is(bed, &disk_free, "after RELEASE on a read-only handle");
}

/* The disk under all its names: another case, Wine's path to the node, drive Z:, and its sg node.
 */
static void other_names(void **state)
{
    struct bed *bed = *state;
    char unix_name[64] = "\\\\?\\unix", drive_name[64] = "Z:";
    const char *const names[] = {"\\\\.\\physicaldrive1", "\\\\?\\PhysicalDrive1", unix_name,
                                 drive_name, SHARED_SG};
    uint8_t input[PR_OUT_INPUT_LENGTH];
    const struct windows_request request = pr_out_request(&registration, input);

    for (const char *c = bed->disk_path[0]; *c; c++) {
        const char next[] = {*c == '/' ? '\\' : *c, 0};

        strncat(unix_name, next, sizeof(unix_name) - strlen(unix_name) - 1);
        strncat(drive_name, next, sizeof(drive_name) - strlen(drive_name) - 1);
    }
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        const uint32_t handle = open_on(bed, 0, ACCESS_BOTH, FLAGS_NONE, names[i]);
        struct windows_answer answer;

        arrange_disk(bed, &disk_free);
        answer = request_on(bed, 0, handle, &request);
        expect_answer(bed, 0, &answer, ERROR_SUCCESS, 0);
        assert_disk_is(bed, &node_1_registered, names[i]);
    }
}

/* The whole way through the sg node, which has no block layer in between. */
static void through_the_sg_node(void **state)
{
    struct bed *bed = *state;
    struct disk_state disk = node_1_registered;
    const struct pr_out reserve = {RESERVATION_ACTION_RESERVE, RESERVATION_TYPE_EXCLUSIVE,
                                   node_key[0], 0, false};
    struct windows_answer answer;

    for (int node = 0; node < NODES; node++)
        bed->disk[node] = open_on(bed, node, ACCESS_BOTH, FLAGS_NONE, SHARED_SG);
    expect_pr_out(bed, 0, &registration, ERROR_SUCCESS);
    expect_pr_out(bed, 0, &reserve, ERROR_SUCCESS);
    disk.holder = 0;
    disk.type = reserve.type;
    answer = expect_pr_in(bed, 1, RESERVATION_ACTION_READ_RESERVATIONS, 64, 64, ERROR_SUCCESS, 24);
    assert_int_equal(answer.output[8 + 13], reserve.type);
    expect_plain(bed, 1, IOCTL_STORAGE_RESERVE, ERROR_BUSY);
    assert_disk_is(bed, &disk, "after requests through the sg node");
}

/* Handles that are no SCSI disk: a file, a character device, Wine's own made-up disk. Wine keeps
 * five files of a process in mind and answers differently from the sixth on (wine-mechanics 1), so
 * there are no more of them here. */
static const char *const foreign_names[] = {"C:\\windows\\win.ini", "\\\\?\\unix\\dev\\zero",
                                            "\\\\.\\PhysicalDrive0"};

static void expect_same(const struct windows_answer *with, const struct windows_answer *without,
                        const char *name, uint32_t code)
{
    if (with->result != without->result || with->last_error != without->last_error ||
        with->returned != without->returned || with->input_untouched != without->input_untouched)
        fail_msg("%s, control code %x: Wine alone gives %u, error %u, %x bytes; with Holdfast %u, "
                 "error %u, %x bytes",
                 name, code, without->result, without->last_error, without->returned, with->result,
                 with->last_error, with->returned);
}

static struct windows_answer foreign_request(struct bed *bed, uint32_t handle, uint32_t code)
{
    uint8_t input[PR_OUT_INPUT_LENGTH];
    struct windows_request request = {code, input, sizeof(input), 64};
    struct windows_answer answer;

    pr_out_request(&registration, input);
    answer = request_on(bed, 0, handle, &request);
    expect_untouched(bed, 0, &answer, 0);
    return answer;
}

static void ask_all(struct bed *bed, const char *name, uint32_t access,
                    struct windows_answer *answers)
{
    const uint32_t handle = open_on(bed, 0, access, FLAGS_NONE, name);

    for (int i = 0; i < CODE_COUNT; i++)
        answers[i] = foreign_request(bed, handle, codes[i].code);
}

/* `plain` differs from the bed in that node 1's agent runs under Wine alone. */
static void compare(struct bed *bed, struct bed *plain, const char *name, uint32_t access)
{
    struct windows_answer with[CODE_COUNT], without[CODE_COUNT];

    ask_all(bed, name, access, with);
    ask_all(plain, name, access, without);
    for (int i = 0; i < CODE_COUNT; i++) {
        assert_int_equal(without[i].result, 0);
        expect_same(&with[i], &without[i], name, codes[i].code);
    }
}

static void no_disk_goes_to_wine(void **state)
{
    static struct bed plain;
    struct bed *bed = *state;
    const char *const command[] = {bed->agent, NULL};

    if (!windows_node_start(&plain.nodes[0], 1, bed->node_script, command) ||
        !windows_node_wait_until_ready(&plain.nodes[0]))
        fail_msg("%s", plain.nodes[0].problem);
    for (size_t i = 0; i < sizeof(foreign_names) / sizeof(foreign_names[0]); i++) {
        compare(bed, &plain, foreign_names[i], ACCESS_NONE);
        compare(bed, &plain, foreign_names[i], ACCESS_READ);
    }
    windows_node_stop(&plain.nodes[0]);
    assert_disk_is(bed, &disk_free, "after requests on other handles");
}

/* The whole of it is Holdfast's doing: the same program under Wine alone reserves nothing. */
static void without_holdfast_nothing_is_reserved(void **state)
{
    static struct bed plain;
    struct bed *bed = *state;
    const char *const command[] = {bed->agent, NULL};
    uint8_t input[PR_OUT_INPUT_LENGTH];
    const struct windows_request request = pr_out_request(&registration, input);
    struct windows_answer answer;
    uint32_t handle;

    if (!windows_node_start(&plain.nodes[0], 1, bed->node_script, command) ||
        !windows_node_wait_until_ready(&plain.nodes[0]))
        fail_msg("%s", plain.nodes[0].problem);
    handle = open_on(&plain, 0, ACCESS_BOTH, FLAGS_NONE, SHARED_DISK);
    answer = request_on(&plain, 0, handle, &request);
    windows_node_stop(&plain.nodes[0]);
    assert_int_equal(answer.result, 0);
    assert_disk_is(bed, &disk_free, "after a request to Wine alone");
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(no_access),
    cmocka_unit_test(write_only),
    cmocka_unit_test(read_only),
    cmocka_unit_test(read_only_is_enough_for_reading),
    cmocka_unit_test(other_names),
    cmocka_unit_test(through_the_sg_node),
    cmocka_unit_test(no_disk_goes_to_wine),
    cmocka_unit_test(without_holdfast_nothing_is_reserved),
};

const struct suite access_and_handles = SUITE("access_and_handles", tests);
