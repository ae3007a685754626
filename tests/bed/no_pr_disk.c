/* A disk that answers ILLEGAL REQUEST, INVALID COMMAND OPERATION CODE (5/20/00) to PERSISTENT
 * RESERVE: ERROR_INVALID_FUNCTION, where the documentation has ERROR_IO_DEVICE. Sources: semantics
 * 1; windows-behaviour 4.3 and 4.7, row 4. Its RESERVE and RELEASE are GOOD and hold nothing. */
#include "disk_state.h"
#include "plain_disk.h"
#include "pr_request.h"
#include "suites.h"
#include <stdio.h>

enum { SG_PERSIST_NOT_SUPPORTED = 9 }; /* sg_persist(8): the operation code is not supported */

void need_plain_disk(const struct bed *bed)
{
    if (bed->plain_path && *bed->plain_path)
        return;
    print_message("skipped: there is no disk without reservations; start machine with --disks "
                  "loop,debug\n");
    skip();
}

void open_plain_disk(struct bed *bed)
{
    for (int node = 0; node < NODES; node++)
        bed->disk[node] = open_on(bed, node, ACCESS_BOTH, FLAGS_NONE, PLAIN_DISK);
}

void expect_every_request(struct bed *bed, int node, uint32_t persistent, uint32_t others)
{
    STORAGE_BREAK_RESERVATION_REQUEST input = {.Length = sizeof(input)};
    const struct windows_request free_unit = {IOCTL_STORAGE_BREAK_RESERVATION, &input,
                                              sizeof(input), NO_BUFFER};
    const struct pr_out out = {RESERVATION_ACTION_REGISTER, 0, 0, node_key[0], false};

    expect_pr_out(bed, node, &out, persistent);
    expect_pr_in(bed, node, RESERVATION_ACTION_READ_KEYS, 64, 64, persistent, 0);
    expect_pr_in(bed, node, RESERVATION_ACTION_READ_RESERVATIONS, 8, 8, persistent, 0);
    expect_plain(bed, node, IOCTL_STORAGE_RESERVE, others);
    expect_plain(bed, node, IOCTL_STORAGE_RELEASE, others);
    expect_plain(bed, node, IOCTL_DISK_RESERVE, others);
    expect_plain(bed, node, IOCTL_DISK_RELEASE, others);
    expect_request(bed, node, &free_unit, others, 0);
}

static void persistent_requests_are_refused(void **state)
{
    struct bed *bed = *state;
    char output[4096];
    int code;

    need_plain_disk(bed);
    open_plain_disk(bed);
    for (int node = 0; node < NODES; node++)
        expect_every_request(bed, node, ERROR_INVALID_FUNCTION, ERROR_SUCCESS);
    code = run_sg_persist("-k", bed->plain_path, output, sizeof(output));
    if (code != SG_PERSIST_NOT_SUPPORTED)
        fail_msg("sg_persist on %s ended with %d:\n%s", bed->plain_path, code, output);
    assert_disk_is(bed, &disk_free, "after requests on another disk");
}

/* What is refused without the disk being asked is so here too. */
static void checks_come_first(void **state)
{
    struct bed *bed = *state;

    need_plain_disk(bed);
    open_plain_disk(bed);
    expect_pr_in(bed, 0, RESERVATION_ACTION_READ_KEYS, 7, 64, ERROR_INVALID_PARAMETER, 0);
    expect_pr_in(bed, 0, 2, 64, 64, ERROR_INVALID_PARAMETER, 0);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(persistent_requests_are_refused),
    cmocka_unit_test(checks_come_first),
};

const struct suite no_pr_disk = SUITE("no_pr_disk", tests);
