/* Faults that user-mode Linux 6.1 can make with the shared disk over tcm_loop. Others that it can
 * make have files of their own: removed_disk.c, no_pr_disk.c, unprivileged.c, faults_hung.c,
 * faults_iscsi.c. Sources: semantics 2 and 3; windows-behaviour 4.3; testbeds 4 and 5. */
#include "disk_state.h"
#include "fault.h"
#include "suites.h"
#include "sysfs.h"
#include "windows_request.h"
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { ATTEMPT_MAX_S = 60 };

/* guest/disks-loop names it so. Linux drivers/target/loopback/tcm_loop.c: offline, every command
 * ends with DID_TRANSPORT_DISRUPTED (0x0e), and UNIT ATTENTION, NEXUS LOSS (29/07) is left. */
static void set_transport(const char *status)
{
    sysfs_write("/sys/kernel/config/target/loopback/naa.6001405000000001/tpgt_1/transport_status",
                status);
}

/* Commands that node 1's disk had answered when it was taken offline. */
static uint64_t answered_before;

static void take_offline(const struct bed *bed, const char *how)
{
    set_transport(how);
    answered_before = sysfs_count(bed->disk_path[0], "iodone_cnt");
}

static void bring_online(const struct bed *bed, const char *how)
{
    (void)bed;
    (void)how;
    set_transport("online");
}

/* Once an attempt has failed, and long before the last one will. */
static void bring_online_soon(const struct bed *bed)
{
    const time_t end = time(NULL) + ATTEMPT_MAX_S;

    while (sysfs_count(bed->disk_path[0], "iodone_cnt") == answered_before && time(NULL) < end)
        usleep(5 * 1000);
    bring_online(bed, NULL);
}

static const struct fault_maker transport = {take_offline, NULL, bring_online, FAULT_READ_KEYS};
static const struct fault_maker transport_for_a_while = {take_offline, bring_online_soon,
                                                         bring_online, FAULT_READ_KEYS};

static const struct fault transport_faults[] = {
    {"transport offline", "offline", FAULT_READ_KEYS, {"STATUS_IO_DEVICE_ERROR", 1117, 5, 40}},
    {"transport offline", "offline", FAULT_REGISTER, {"STATUS_IO_DEVICE_ERROR", 1117, 5, 40}},
    {"transport offline", "offline", FAULT_RESERVE, {"STATUS_IO_DEVICE_ERROR", 1117, 5, 40}},
};
static const struct fault transport_faults_that_pass[] = {
    {"transport offline for a moment",
     "offline",
     FAULT_REGISTER,
     {"STATUS_SUCCESS", 0, FAULT_SEVERAL, 40}},
};

static void transport_offline(void **state)
{
    static const struct disk_state registered = {{0x77, 0}, NOBODY, 0};
    struct bed *bed = *state;
    struct fault_stand *stand = fault_begin_stand(bed, "loop", SHARED_DISK);

    fault_try(stand, &transport, transport_faults,
              sizeof(transport_faults) / sizeof(transport_faults[0]));
    assert_disk_is(bed, &disk_free, "after requests without a transport");
    fault_try(stand, &transport_for_a_while, transport_faults_that_pass, 1);
    assert_disk_is(bed, &registered, "after a request that outlived the fault");
    fault_end_stand(stand);
}

/* LIO keeps registrations with APTPL in files there; guest/lio.sh has made the folder. */
#define APTPL_FOLDER "/etc/target/pr"

static void rename_or_fail(const char *from, const char *to)
{
    if (rename(from, to) != 0)
        fail_msg("%s cannot be renamed: %s", from, strerror(errno));
}

static void take_folder_away(const struct bed *bed, const char *how)
{
    (void)bed;
    rename_or_fail(APTPL_FOLDER, how);
}

static void bring_folder_back(const struct bed *bed, const char *how)
{
    (void)bed;
    rename_or_fail(how, APTPL_FOLDER);
}

static const struct fault_maker aptpl = {take_folder_away, NULL, bring_folder_back,
                                         FAULT_READ_KEYS};

/* LIO registers, fails to write, and answers NOT READY, LOGICAL UNIT COMMUNICATION FAILURE
 * (2/08/00), which is tried again: a REGISTER that expects no key then conflicts with itself, as it
 * would under Windows. */
static const struct fault aptpl_faults[] = {
    {"APTPL cannot be kept",
     "/etc/target/away",
     FAULT_REGISTER_APTPL,
     {"STATUS_DEVICE_BUSY", 170, 2, 20}},
    {"APTPL cannot be kept",
     "/etc/target/away",
     FAULT_REGISTER_OVER_APTPL,
     {"STATUS_DEVICE_NOT_READY", 21, 5, 30}},
};

static void registration_that_cannot_be_kept(void **state)
{
    static const struct disk_state registered = {{0x77, 0}, NOBODY, 0};
    struct bed *bed = *state;
    struct fault_stand *stand = fault_begin_stand(bed, "loop", SHARED_DISK);

    fault_try(stand, &aptpl, aptpl_faults, sizeof(aptpl_faults) / sizeof(aptpl_faults[0]));
    fault_end_stand(stand);
    assert_disk_is(bed, &registered, "after a REGISTER that failed and yet took effect");
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(transport_offline),
    cmocka_unit_test(registration_that_cannot_be_kept),
};

const struct suite faults_loop = SUITE("faults_loop", tests);
