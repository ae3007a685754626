/* RESERVE, RELEASE, BREAK_RESERVATION and the resets. Sources: SPC-2 5.5, 7.18 and 7.21;
 * windows-behaviour 1.1 (aliases), 2.3, 4.2 and 5; semantics 1 and 4; for LIO testbeds 5. */
#include "disk_state.h"
#include "pr_request.h"
#include "scsi_direct.h"
#include "suites.h"
#include <string.h>

static const struct disk_state node_1_holds = {
    {0x1122334455667788, 0x8877665544332211}, 0, RESERVATION_TYPE_EXCLUSIVE};

static void expect_break(struct bed *bed, int node, uint32_t length, int input_length,
                         uint32_t error)
{
    STORAGE_BREAK_RESERVATION_REQUEST input = {.Length = length};
    const struct windows_request request = {IOCTL_STORAGE_BREAK_RESERVATION, &input, input_length,
                                            NO_BUFFER};

    expect_request(bed, node, &request, error, 0);
}

/* One node reserves, the other is refused; the holder may do it again, and RELEASE frees. The
 * aliases are mixed in: DISK_ and STORAGE_ codes are the same request. */
static void conflicts_and_release(struct bed *bed, int holder, uint32_t reserve, uint32_t release)
{
    const int other = 1 - holder;

    expect_plain(bed, holder, reserve, ERROR_SUCCESS);
    assert_disk_is_legacy_reserved(bed, "after RESERVE");
    expect_plain(bed, other, IOCTL_STORAGE_RESERVE, ERROR_BUSY);
    expect_plain(bed, other, IOCTL_DISK_RESERVE, ERROR_BUSY);
    expect_plain(bed, holder, IOCTL_STORAGE_RESERVE, ERROR_SUCCESS);
    assert_disk_is_legacy_reserved(bed, "after a conflict");
    expect_plain(bed, holder, release, ERROR_SUCCESS);
    assert_disk_is(bed, &disk_free, "after RELEASE");
    expect_plain(bed, other, reserve, ERROR_SUCCESS);
    expect_plain(bed, holder, IOCTL_STORAGE_RESERVE, ERROR_BUSY);
    expect_plain(bed, other, release, ERROR_SUCCESS);
    assert_disk_is(bed, &disk_free, "after the other's RELEASE");
}

static void storage_codes(void **state)
{
    for (int holder = 0; holder < NODES; holder++)
        conflicts_and_release(*state, holder, IOCTL_STORAGE_RESERVE, IOCTL_STORAGE_RELEASE);
}

static void disk_aliases(void **state)
{
    for (int holder = 0; holder < NODES; holder++)
        conflicts_and_release(*state, holder, IOCTL_DISK_RESERVE, IOCTL_DISK_RELEASE);
    conflicts_and_release(*state, 0, IOCTL_DISK_RESERVE, IOCTL_STORAGE_RELEASE);
}

/* SPC-2 7.18: RELEASE by one who holds nothing is GOOD, and the reservation stays. */
static void release_by_a_stranger(void **state)
{
    struct bed *bed = *state;

    expect_plain(bed, 0, IOCTL_STORAGE_RELEASE, ERROR_SUCCESS);
    expect_plain(bed, 0, IOCTL_STORAGE_RESERVE, ERROR_SUCCESS);
    expect_plain(bed, 1, IOCTL_STORAGE_RELEASE, ERROR_SUCCESS);
    expect_plain(bed, 1, IOCTL_DISK_RELEASE, ERROR_SUCCESS);
    assert_disk_is_legacy_reserved(bed, "after a stranger's RELEASE");
    expect_plain(bed, 1, IOCTL_STORAGE_RESERVE, ERROR_BUSY);
}

/* windows-behaviour 2.3: whatever buffers there are, they are ignored. */
static void buffers_are_ignored(void **state)
{
    const uint8_t input[] = {1, 2, 3};
    const struct windows_request reserve = {IOCTL_STORAGE_RESERVE, input, sizeof(input), 100};
    const struct windows_request release = {IOCTL_STORAGE_RELEASE, input, 1, 1};
    struct bed *bed = *state;

    expect_request(bed, 0, &reserve, ERROR_SUCCESS, 0);
    assert_disk_is_legacy_reserved(bed, "after RESERVE with buffers");
    expect_request(bed, 1, &reserve, ERROR_BUSY, 0);
    expect_request(bed, 0, &release, ERROR_SUCCESS, 0);
    assert_disk_is(bed, &disk_free, "after RELEASE with buffers");
}

/* While node 1 has an SPC-2 reservation LIO refuses every persistent request, node 1's too. */
static void persistent_requests_conflict(void **state)
{
    const struct pr_out registration = {RESERVATION_ACTION_REGISTER_IGNORE_EXISTING, 0, 0, 0x77,
                                        false};
    struct bed *bed = *state;

    expect_plain(bed, 0, IOCTL_STORAGE_RESERVE, ERROR_SUCCESS);
    for (int node = 0; node < NODES; node++) {
        expect_pr_in(bed, node, RESERVATION_ACTION_READ_KEYS, 64, 64, ERROR_BUSY, 0);
        expect_pr_in(bed, node, RESERVATION_ACTION_READ_RESERVATIONS, 8, 8, ERROR_BUSY, 0);
        expect_pr_out(bed, node, &registration, ERROR_BUSY);
    }
    expect_plain(bed, 0, IOCTL_STORAGE_RELEASE, ERROR_SUCCESS);
    assert_disk_is(bed, &disk_free, "after refused persistent requests");
}

/* Under a persistent reservation: the holder's RESERVE is GOOD and does nothing, the other's
 * conflicts (testbeds 5). */
static void reserve_under_a_persistent_reservation(void **state)
{
    struct bed *bed = *state;

    arrange_disk(bed, &node_1_holds);
    expect_plain(bed, 0, IOCTL_STORAGE_RESERVE, ERROR_SUCCESS);
    expect_plain(bed, 1, IOCTL_STORAGE_RESERVE, ERROR_BUSY);
    assert_disk_is(bed, &node_1_holds, "after RESERVE");
    expect_plain(bed, 0, IOCTL_STORAGE_RELEASE, ERROR_SUCCESS);
    assert_disk_is(bed, &node_1_holds, "after RELEASE");
}

static void break_frees_a_legacy_reservation(void **state)
{
    struct bed *bed = *state;

    for (int holder = 0; holder < NODES; holder++) {
        const int other = 1 - holder;

        expect_plain(bed, holder, IOCTL_STORAGE_RESERVE, ERROR_SUCCESS);
        expect_plain(bed, other, IOCTL_STORAGE_RESERVE, ERROR_BUSY);
        assert_disk_is_legacy_reserved(bed, "before BREAK_RESERVATION");
        expect_break(bed, other, 8, 8, ERROR_SUCCESS);
        assert_disk_is(bed, &disk_free, "after BREAK_RESERVATION");
        expect_plain(bed, other, IOCTL_STORAGE_RESERVE, ERROR_SUCCESS);
        expect_plain(bed, holder, IOCTL_STORAGE_RESERVE, ERROR_BUSY);
        expect_plain(bed, other, IOCTL_STORAGE_RELEASE, ERROR_SUCCESS);
    }
}

/* With nothing to break it is a success as well. */
static void break_leaves_a_persistent_reservation(void **state)
{
    struct bed *bed = *state;

    expect_break(bed, 0, 8, 8, ERROR_SUCCESS);
    arrange_disk(bed, &node_1_holds);
    for (int node = 0; node < NODES; node++) {
        expect_break(bed, node, 8, 8, ERROR_SUCCESS);
        assert_disk_is(bed, &node_1_holds, "after BREAK_RESERVATION");
    }
}

/* semantics 4; a Length that is larger does not matter. */
static void break_checks_its_input(void **state)
{
    struct bed *bed = *state;

    expect_plain(bed, 0, IOCTL_STORAGE_RESERVE, ERROR_SUCCESS);
    expect_break(bed, 1, 8, NO_BUFFER, ERROR_INVALID_PARAMETER);
    expect_break(bed, 1, 8, 7, ERROR_INVALID_PARAMETER);
    expect_break(bed, 1, 7, 8, ERROR_INVALID_PARAMETER);
    expect_break(bed, 1, 0, 8, ERROR_INVALID_PARAMETER);
    assert_disk_is_legacy_reserved(bed, "after refused BREAK_RESERVATIONs");
    expect_break(bed, 1, 9, 8, ERROR_SUCCESS);
    assert_disk_is(bed, &disk_free, "after BREAK_RESERVATION");
}

/* Neither tcm_loop nor the iSCSI initiator has a bus reset, so the kernel refuses it and the
 * reservation stays. */
static void reset_bus(void **state)
{
    const uint8_t path = 0;
    const struct windows_request request = {IOCTL_STORAGE_RESET_BUS, &path, 1, NO_BUFFER};
    struct bed *bed = *state;

    expect_plain(bed, 0, IOCTL_STORAGE_RESET_BUS, ERROR_INVALID_PARAMETER);
    expect_plain(bed, 0, IOCTL_STORAGE_RESERVE, ERROR_SUCCESS);
    expect_request(bed, 1, &request, ERROR_IO_DEVICE, 0);
    assert_disk_is_legacy_reserved(bed, "after RESET_BUS");
}

/* semantics 4: known, and not for a SCSI disk. */
static void resets_that_are_refused(void **state)
{
    static const uint32_t codes[] = {IOCTL_STORAGE_RESET_DEVICE, OBSOLETE_IOCTL_STORAGE_RESET_BUS,
                                     OBSOLETE_IOCTL_STORAGE_RESET_DEVICE};
    const uint8_t path = 0;
    struct bed *bed = *state;

    expect_plain(bed, 1, IOCTL_STORAGE_RESERVE, ERROR_SUCCESS);
    for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++) {
        const struct windows_request request = {codes[i], &path, 1, NO_BUFFER};

        expect_request(bed, 0, &request, ERROR_INVALID_FUNCTION, 0);
    }
    assert_disk_is_legacy_reserved(bed, "after refused resets");
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(storage_codes),
    cmocka_unit_test(disk_aliases),
    cmocka_unit_test(release_by_a_stranger),
    cmocka_unit_test(buffers_are_ignored),
    cmocka_unit_test(persistent_requests_conflict),
    cmocka_unit_test(reserve_under_a_persistent_reservation),
    cmocka_unit_test(break_frees_a_legacy_reservation),
    cmocka_unit_test(break_leaves_a_persistent_reservation),
    cmocka_unit_test(break_checks_its_input),
    cmocka_unit_test(reset_bus),
    cmocka_unit_test(resets_that_are_refused),
};

const struct suite legacy = SUITE("legacy", tests);
