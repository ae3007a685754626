/* The iSCSI target's portal group is disabled: sessions break, and cannot come back. After the
 * initiator's replacement time-out (5 s, guest/disks-iscsi) Linux ends commands with DID_NO_CONNECT
 * or DID_TRANSPORT_FAILFAST: ERROR_DEVICE_NOT_CONNECTED (1167), not tried again. Sources: semantics
 * 2; windows-behaviour 4.4 (SELECTION_TIMEOUT). */
#include "disk_state.h"
#include "fault.h"
#include "scsi_direct.h"
#include "suites.h"
#include "sysfs.h"
#include "windows_request.h"
#include <unistd.h>

enum { SESSION_BACK_S = 60 };

static void set_portal_group(const char *enabled)
{
    sysfs_write("/sys/kernel/config/target/iscsi/iqn.2024-01.test.holdfast:disk/tpgt_1/enable",
                enabled);
}

static void disable(const struct bed *bed, const char *how)
{
    (void)bed;
    set_portal_group(how);
}

/* The command waits until the initiator gives up. */
static void disable_and_wait(const struct bed *bed, const char *how)
{
    disable(bed, how);
    scsi_direct_plain(bed->sg[0], DIRECT_TEST_UNIT_READY);
}

/* iscsid logs in again by itself. */
static void wait_for_disk(int sg)
{
    for (int i = 0; i < SESSION_BACK_S * 10; i++) {
        const struct scsi_direct ready = scsi_direct_plain(sg, DIRECT_TEST_UNIT_READY);

        if (scsi_direct_is_good(&ready))
            return;
        usleep(100 * 1000);
    }
    fail_msg("the iSCSI session did not come back within %d s", SESSION_BACK_S);
}

static void enable(const struct bed *bed, const char *how)
{
    (void)how;
    set_portal_group("1");
    for (int i = 0; i < NODES; i++)
        wait_for_disk(bed->sg[i]);
}

static const struct fault_maker portal_group = {disable, NULL, enable, FAULT_READ_KEYS};

static const struct fault_maker given_up = {disable_and_wait, NULL, enable, FAULT_READ_KEYS};

static const struct fault faults[] = {
    {"target does not let us in",
     "0",
     FAULT_READ_KEYS,
     {"STATUS_DEVICE_NOT_CONNECTED", 1167, 1, 60}},
    {"target does not let us in", "0", FAULT_RESERVE, {"STATUS_DEVICE_NOT_CONNECTED", 1167, 1, 60}},
};

static const struct fault later_faults[] = {
    {"initiator has given up", "0", FAULT_READ_KEYS, {"STATUS_DEVICE_DOES_NOT_EXIST", 55, 1, 30}},
    {"initiator has given up", "0", FAULT_REGISTER, {"STATUS_DEVICE_DOES_NOT_EXIST", 55, 1, 30}},
};

static void portal_group_disabled(void **state)
{
    struct bed *bed = *state;
    struct fault_stand *stand = fault_begin_stand(bed, "iscsi", SHARED_DISK);

    fault_try(stand, &portal_group, faults, sizeof(faults) / sizeof(faults[0]));
    fault_try(stand, &given_up, later_faults, sizeof(later_faults) / sizeof(later_faults[0]));
    fault_end_stand(stand);
    assert_disk_is(bed, &disk_free, "after requests without a connection");
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(portal_group_disabled),
};

const struct suite faults_iscsi = SUITE("faults_iscsi", tests);
