/* Commands that never answer, by scsi_debug's module parameters, which Linux 6.1 has too. On the sg
 * node, because /dev/sdX takes no timeout under seven seconds (Linux BLK_MIN_SG_TIMEOUT). Sources:
 * semantics 2 (DID_TIME_OUT) and 3; windows-behaviour 4.4. */
#include "fault.h"
#include "plain_disk.h"
#include "scsi_direct.h"
#include "suites.h"
#include "sysfs.h"
#include "windows_request.h"
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#define PARAMETERS "/sys/bus/pseudo/drivers/scsi_debug/"

/* Every `how`th command from now on hangs. */
static void hang(const struct bed *bed, const char *how)
{
    (void)bed;
    sysfs_write(PARAMETERS "opts", "0x4");
    sysfs_write(PARAMETERS "every_nth", how);
}

/* The first of two commands is a TEST UNIT READY of our own. */
static void hang_the_next(const struct bed *bed, const char *how)
{
    const char *path = getenv("PLAIN_SG");
    const int fd = path ? open(path, O_RDWR | O_CLOEXEC) : -1;

    assert_true(fd >= 0);
    hang(bed, how);
    scsi_direct_plain(fd, DIRECT_TEST_UNIT_READY);
    close(fd);
}

static void let_go(const struct bed *bed, const char *how)
{
    (void)bed;
    (void)how;
    sysfs_write(PARAMETERS "every_nth", "0");
    sysfs_write(PARAMETERS "opts", "0");
}

static const struct fault_maker all = {hang, NULL, let_go, FAULT_RESERVE};
static const struct fault_maker the_next = {hang_the_next, NULL, let_go, FAULT_RESERVE};

static const struct fault all_faults[] = {
    {"every command hangs", "1", FAULT_RESERVE, {"STATUS_IO_TIMEOUT", 121, 5, 80}},
};
static const struct fault next_faults[] = {
    {"one command hangs", "2", FAULT_RESERVE, {"STATUS_SUCCESS", 0, 2, 40}},
    {"one command hangs", "2", FAULT_RELEASE, {"STATUS_SUCCESS", 0, 2, 40}},
};

static void hung_commands(void **state)
{
    struct bed *bed = *state;
    struct fault_stand *stand;

    need_plain_disk(bed);
    stand = fault_begin_stand(bed, "hung", PLAIN_SG);
    fault_try(stand, &all, all_faults, sizeof(all_faults) / sizeof(all_faults[0]));
    fault_try(stand, &the_next, next_faults, sizeof(next_faults) / sizeof(next_faults[0]));
    fault_end_stand(stand);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(hung_commands),
};

const struct suite faults_hung = SUITE("faults_hung", tests);
