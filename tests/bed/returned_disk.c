/* A disk that goes and comes back as another /dev/sdX: handles of before stay dead with
 * ERROR_DEV_NOT_EXIST (55), and a new one works at once, by a stable name's link, by one to the
 * disk's sg node, and by the registry's map of Wine's own devices. Sources: windows-behaviour 2.2;
 * on Windows too a handle of a removed disk never comes to life again. The links of
 * /dev/disk/by-id, which udev makes, are made here by hand. */
#include "disk_state.h"
#include "plain_disk.h"
#include "raw_request.h"
#include "registry.h"
#include "suites.h"
#include "sysfs.h"
#include <ntddstor/reservation.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define WINES_DEVICE "\\Device\\Harddisk0"

enum { NODE_PATH_MAX = 64, ERROR_FILE_NOT_FOUND = 2, KINDS = 3 };

/* The three ways to the disk. The third is a device of Wine's own, with a registry entry. */
static const struct {
    const char *name;         /* the program's */
    const char *folder;       /* in sysfs, below the device */
    const char *by_id;        /* as udev would make it */
    const char *dosdevice;    /* of node 1's prefix; NULL: the map leads to it */
    uint32_t gone_for_a_name; /* CreateFile's error while the disk is away */
} ways[KINDS] = {
    {"\\\\.\\PhysicalDrive7", "block", "/run/bed/by-id/disk", "physicaldrive7",
     ERROR_FILE_NOT_FOUND},
    {"\\\\.\\PhysicalDrive8", "scsi_generic", "/run/bed/by-id/generic", "physicaldrive8",
     ERROR_FILE_NOT_FOUND},
    {"\\\\.\\PhysicalDrive0", "block", "/run/bed/by-id/mapped", NULL, ERROR_SUCCESS},
};

static void scsi_folder(const char *address, const char *folder, char path[SYSFS_PATH_MAX])
{
    snprintf(path, SYSFS_PATH_MAX, "/sys/class/scsi_device/%.31s/device/%s", address, folder);
}

/* "/dev/sdc" or "/dev/sg2": the one entry of the folder. */
static void find_node(const char *address, const char *folder, char node[NODE_PATH_MAX])
{
    char path[SYSFS_PATH_MAX], name[SYSFS_NAME_MAX];

    scsi_folder(address, folder, path);
    if (!sysfs_wait_until(sysfs_has_entry, path) || !sysfs_entry(path, name))
        fail_msg("%s did not appear", path);
    snprintf(node, NODE_PATH_MAX, "/dev/%s", name);
    if (!sysfs_wait_until(sysfs_can_be_opened, node))
        fail_msg("%s did not appear", node);
}

/* As udev does when a disk appears. */
static void make_links(const char *address, char nodes[KINDS][NODE_PATH_MAX])
{
    for (int i = 0; i < KINDS; i++) {
        find_node(address, ways[i].folder, nodes[i]);
        assert_int_equal(symlink(nodes[i], ways[i].by_id), 0);
    }
}

static void remove_links(void)
{
    for (int i = 0; i < KINDS; i++)
        unlink(ways[i].by_id);
}

static void dosdevice_path(int way, char path[NODE_PATH_MAX])
{
    snprintf(path, NODE_PATH_MAX, "/run/bed/node1/dosdevices/%s", ways[way].dosdevice);
}

static void name_the_disk(struct bed *bed)
{
    char path[NODE_PATH_MAX];

    mkdir("/run/bed/by-id", 0755);
    for (int i = 0; i < KINDS; i++) {
        dosdevice_path(i, path);
        if (ways[i].dosdevice)
            assert_int_equal(symlink(ways[i].by_id, path), 0);
        else
            registry_map(bed, WINES_DEVICE, ways[i].by_id);
    }
}

static void forget_the_names(struct bed *bed)
{
    char path[NODE_PATH_MAX];

    remove_links();
    for (int i = 0; i < KINDS; i++) {
        dosdevice_path(i, path);
        if (ways[i].dosdevice)
            unlink(path);
    }
    registry_map(bed, WINES_DEVICE, NULL);
}

static void remove_disk(const char *address)
{
    char path[SYSFS_PATH_MAX];

    scsi_folder(address, "delete", path);
    sysfs_write(path, "1");
    remove_links();
}

static void rescan(const char *address)
{
    char scan[SYSFS_PATH_MAX];

    snprintf(scan, sizeof(scan), "/sys/class/scsi_host/host%.*s/scan", (int)strcspn(address, ":"),
             address);
    sysfs_write(scan, "- - -");
}

static void expect_alive(struct bed *bed, uint32_t handle)
{
    bed->disk[0] = handle;
    expect_every_request(bed, 0, ERROR_INVALID_FUNCTION, ERROR_SUCCESS);
}

static void expect_dead(struct bed *bed, uint32_t handle)
{
    bed->disk[0] = handle;
    expect_every_request(bed, 0, ERROR_DEV_NOT_EXIST, ERROR_DEV_NOT_EXIST);
}

static void expect_gone_for_new_handles(struct bed *bed)
{
    for (int i = 0; i < KINDS; i++) {
        uint32_t handle;

        assert_int_equal(try_open_on(bed, 0, ACCESS_BOTH, FLAGS_NONE, ways[i].name, &handle),
                         ways[i].gone_for_a_name);
        if (ways[i].gone_for_a_name == ERROR_SUCCESS)
            expect_dead(bed, handle);
    }
}

/* The disk's old name is given out again when nobody has it open any more. */
static void give_back_its_old_name(struct bed *bed, const char *address)
{
    char node[NODE_PATH_MAX];

    bed_close_handles(bed);
    remove_disk(address);
    rescan(address);
    find_node(address, "block", node);
    assert_string_equal(node, bed->plain_path);
}

static void a_returned_disk_is_served_by_new_handles_alone(void **state)
{
    struct bed *bed = *state;
    char address[SCSI_ADDRESS_MAX], before[KINDS][NODE_PATH_MAX], after[KINDS][NODE_PATH_MAX];
    uint32_t old[KINDS];

    need_plain_disk(bed);
    sysfs_scsi_address(bed->plain_path, address);
    name_the_disk(bed);
    make_links(address, before);
    for (int i = 0; i < KINDS; i++) {
        old[i] = open_on(bed, 0, ACCESS_BOTH, FLAGS_NONE, ways[i].name);
        expect_alive(bed, old[i]);
    }
    remove_disk(address);
    for (int i = 0; i < KINDS; i++) {
        expect_dead(bed, old[i]);
        expect_dead(bed, agent_ok_on(bed, 0, "duplicate %x", (unsigned int)old[i]));
    }
    expect_gone_for_new_handles(bed);
    rescan(address);
    make_links(address, after);
    for (int i = 0; i < KINDS; i++) {
        if (strcmp(before[i], after[i]) == 0)
            fail_msg("%s is %s again, so that this test proves nothing", ways[i].name, after[i]);
        expect_dead(bed, old[i]);
        expect_alive(bed, open_on(bed, 0, ACCESS_BOTH, FLAGS_NONE, ways[i].name));
    }
    assert_disk_is(bed, &disk_free, "after another disk's return");
    forget_the_names(bed);
    give_back_its_old_name(bed, address);
}

/* Wine answers reads, writes and flushes of its own device as it does without the map. */
static void raw_data_of_a_mapped_device_stay_wines(void **state)
{
    static const struct raw_request write_it = {true, "at", 0, SECTOR, 0, 0x77};
    struct bed *bed = *state;
    struct raw_answer answers[2];
    struct agent_reply flushes[2];

    need_plain_disk(bed);
    for (int i = 0; i < 2; i++) {
        const uint32_t handle = open_on(bed, 0, ACCESS_BOTH, FLAGS_NONE, "\\\\.\\PhysicalDrive0");
        answers[i] = raw_on(bed, 0, handle, &write_it);
        flushes[i] = agent_reply_on(bed, 0, "flush %x", (unsigned int)handle);
        if (i == 0)
            registry_map(bed, WINES_DEVICE, bed->plain_path);
        else
            expect_alive(bed, handle);
    }
    registry_map(bed, WINES_DEVICE, NULL);
    assert_true(is_same_raw_answer(&answers[0], &answers[1]));
    assert_false(answers[0].result);
    assert_int_equal(flushes[0].is_ok, flushes[1].is_ok);
    assert_int_equal(flushes[0].number, flushes[1].number);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_returned_disk_is_served_by_new_handles_alone),
    cmocka_unit_test(raw_data_of_a_mapped_device_stay_wines),
};

const struct suite returned_disk = SUITE("returned_disk", tests);
