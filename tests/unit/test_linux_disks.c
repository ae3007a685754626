/* Disks, who they are and what they are called: on machines made of files. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../dll/linux/machine_disks.h"
#include "../../dll/linux/names.h"
#include "../../dll/linux/stable_name.h"
#include "made_up_host.h"

#include <stdio.h>
#include <string.h>

static enum disk_finding find(const char *path, struct scsi_disk *disk)
{
    return scsi_disk_find(&made_up_host, path, disk);
}

static void found_by_either_node(void **state)
{
    struct scsi_disk disk;

    (void)state;
    made_up_disk("sdb", 16, 3, 7);
    assert_int_equal(find(made_up("dev/sdb"), &disk), DISK_FOUND);
    assert_string_equal(disk.name, "sdb");
    assert_string_equal(disk.generic, "sg3");
    assert_string_equal(disk.address, "2:0:0:16");
    assert_string_equal(disk.vendor, "LIO-ORG");
    assert_string_equal(disk.model, "shared");
    assert_true(disk.size == 16777216);
    assert_string_equal(disk.identity.designator, "naa.6001405dfabed0000100000000000007");
    assert_int_equal(find(made_up("dev/sg3"), &disk), DISK_FOUND);
    assert_string_equal(disk.name, "sdb");
}

static void what_is_no_disk(void **state)
{
    struct scsi_disk disk;

    (void)state;
    made_up_disk("sda", 0, 0, 1);
    made_up_partition("sda", "sda1", 1);
    made_up_block("dm-0", 253, 0);
    made_up_block("nvme0n1", 259, 0);
    made_up_link(made_up("sys/class/block/nvme0n1/device/subsystem"), "../bus/nvme");
    made_up_disk("sr0", 50, 1, 0);
    made_up_write(made_up("sys/devices/host/2:0:0:50/type"), "5\n");
    made_up_write(made_up("dev/file"), "text");
    made_up_write(made_up("dev/stale"), "b 8:240");
    made_up_write(made_up("dev/sg9"), "c 21:9");
    assert_int_equal(find(made_up("dev/sda1"), &disk), DISK_PARTITION);
    assert_int_equal(find(made_up("dev/dm-0"), &disk), DISK_MAPPED);
    assert_int_equal(find(made_up("dev/nvme0n1"), &disk), DISK_NOT_SCSI);
    assert_int_equal(find(made_up("dev/sr0"), &disk), DISK_NOT_A_DISK);
    assert_int_equal(find(made_up("dev/sg1"), &disk), DISK_NOT_A_DISK);
    assert_int_equal(find(made_up("dev/file"), &disk), DISK_NOT_A_NODE);
    assert_int_equal(find(made_up("dev/stale"), &disk), DISK_ABSENT);
    assert_int_equal(find(made_up("dev/sg9"), &disk), DISK_ABSENT);
    assert_int_equal(find(made_up("dev/none"), &disk), DISK_ABSENT);
}

/* Vendors write what they like. */
static void odd_texts(void **state)
{
    struct scsi_disk disk;

    (void)state;
    made_up_disk("sda", 0, 0, 0);
    made_up_write(made_up("sys/class/block/sda/device/vendor"), "  A\033[2J\n");
    made_up_write(made_up("sys/class/block/sda/device/model"),
                  "\xff\xfe model of far too many letters");
    made_up_bytes(made_up("sys/class/block/sda/device/vpd_pg80"), "\0\x80\xff\xff  12\"3 ", 11);
    assert_int_equal(find(made_up("dev/sda"), &disk), DISK_FOUND);
    assert_string_equal(disk.vendor, "A?[2J");
    assert_string_equal(disk.identity.serial, "12\"3");
    assert_string_equal(disk.identity.designator, "");
    assert_int_equal(strncmp(disk.model, "?? model", 8), 0);
}

static void designator(const uint8_t *page, size_t length, const char *expected)
{
    char found[UNIT_DESIGNATOR_MAX];

    unit_designator_from_page(found, page, length);
    assert_string_equal(found, expected);
}

/* A T10 name, the port's NAA name, and the unit's own NAA name, which is the best of them. */
static void best_designator(void **state)
{
    static const uint8_t page[] = {0,    0x83, 0, 31,   2, 1, 0, 3, 'a', 'b', ' ', 1,
                                   0x13, 0,    8, 0x50, 1, 2, 3, 4, 5,   6,   7,   1,
                                   3,    0,    8, 0x51, 9, 9, 9, 9, 9,   9,   8};
    (void)state;
    designator(page, sizeof(page), "naa.5109090909090908");
    designator(page, sizeof(page) - 1, "t10.ab"); /* cut off: not half a name */
    designator(page, 14, "t10.ab");
    designator(page, 3, "");
    designator((const uint8_t *)"\0\x80\0\x05\1\3\0\1\x50", 9, "");
}

static void same_unit(void **state)
{
    struct scsi_disk one, other, third;

    (void)state;
    made_up_disk("sda", 0, 0, 1);
    made_up_disk("sdb", 16, 1, 1);
    made_up_disk("sdc", 32, 2, 2);
    assert_int_equal(find(made_up("dev/sda"), &one), DISK_FOUND);
    assert_int_equal(find(made_up("dev/sdb"), &other), DISK_FOUND);
    assert_int_equal(find(made_up("dev/sdc"), &third), DISK_FOUND);
    assert_true(scsi_disk_is_same_unit(&one, &other));
    assert_false(scsi_disk_is_same_unit(&one, &third));

    struct machine_disks disks = {0};
    assert_true(machine_disks_read(&made_up_host, &disks));
    assert_int_equal(disks.count, 3);
    assert_int_equal(machine_disks_count_paths(&disks, &one), 2);
    machine_disks_free(&disks);
}

/* Without names of their own only the serial number tells, and an empty one does not. */
static void same_unit_by_serial(void **state)
{
    struct unit_identity one = {"", "s1"}, other = {"", "s1"}, silent = {"", ""};

    (void)state;
    assert_true(unit_is_same(&one, &other, true));
    assert_false(unit_is_same(&one, &other, false));
    assert_false(unit_is_same(&silent, &silent, true));
}

static void expect_stable(const char *path, bool several_paths, const char *expected)
{
    char found[PATH_MAX];
    const bool done = stable_name_find(&made_up_host, path, several_paths, found);

    assert_int_equal(done, expected != NULL);
    if (expected)
        assert_string_equal(found, expected);
}

static void stable_names(void **state)
{
    char path[PATH_MAX];

    (void)state;
    made_up_disk("sda", 0, 0, 1);
    made_up_disk("sdb", 16, 1, 1);
    expect_stable(made_up("dev/sda"), false, NULL);
    made_up_link(made_up("dev/disk/by-path/pci-1-lun-0"), "../../sda");
    made_up_link(made_up("dev/disk/by-id/ata-x"), "../../sda");
    made_up_link(made_up("dev/disk/by-id/wwn-0x1"), "../../sdb");
    made_up_link(made_up("dev/disk/by-id/wwn-gone"), "../../sdz");
    snprintf(path, sizeof(path), "%s", made_up("dev/disk/by-id/ata-x"));
    expect_stable(made_up("dev/sda"), false, path); /* wwn- leads to the other path */
    made_up_link(made_up("dev/disk/by-id/scsi-36001"), "../../sda");
    snprintf(path, sizeof(path), "%s", made_up("dev/disk/by-id/scsi-36001"));
    expect_stable(made_up("dev/sda"), false, path);
    made_up_link(made_up("dev/disk/by-id/wwn-0x0"), "../../sda");
    snprintf(path, sizeof(path), "%s", made_up("dev/disk/by-id/wwn-0x0"));
    expect_stable(made_up("dev/sda"), false, path);
    snprintf(path, sizeof(path), "%s", made_up("dev/disk/by-path/pci-1-lun-0"));
    expect_stable(made_up("dev/sda"), true, path);
    expect_stable(made_up("dev/sg0"), false, NULL);
    assert_int_equal(stable_name_judge(&made_up_host, made_up("dev/sda")), NAME_MOVES);
    assert_int_equal(stable_name_judge(&made_up_host, made_up("dev/disk/by-id/ata-x")), NAME_STAYS);
    made_up_link(made_up("dev/block/8:0"), "../sda");
    assert_int_equal(stable_name_judge(&made_up_host, made_up("dev/block/8:0")), NAME_MOVES);
    made_up_link(made_up("mine/disk"), "../dev/sda");
    assert_int_equal(stable_name_judge(&made_up_host, made_up("mine/disk")), NAME_STAYS);
}

static void names(void **state)
{
    static const struct {
        const char *text, *shown, *link; /* NULL: no name */
    } rows[] = {
        {"1", "PhysicalDrive1", "physicaldrive1"},
        {"PHYSICALDRIVE12", "PhysicalDrive12", "physicaldrive12"},
        {"\\\\.\\PhysicalDrive0", "PhysicalDrive0", "physicaldrive0"},
        {"e:", "E:", "e::"},
        {"\\\\.\\E:", "E:", "e::"},
        {"\\Device\\HarddiskVolume2", "\\Device\\HarddiskVolume2", ""},
        {"\\device\\x", "\\device\\x", ""},
        {"01", NULL, NULL},
        {"1234567890", NULL, NULL},
        {"-1", NULL, NULL},
        {"", NULL, NULL},
        {"E", NULL, NULL},
        {"E:\\", NULL, NULL},
        {"1:", NULL, NULL},
        {"\\\\.\\", NULL, NULL},
        {"\\\\.\\1", NULL, NULL},
        {"PhysicalDrive", NULL, NULL},
        {"PhysicalDrive1/../c:", NULL, NULL},
        {"../x", NULL, NULL},
        {"\\Device\\", NULL, NULL},
        {"\\Device\\a\"b", NULL, NULL},
        {"\\Device\\a b", NULL, NULL},
        {"\\Device\\a\nb", NULL, NULL},
    };
    struct disk_name name;

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        if (disk_name_parse(rows[i].text, &name) != (rows[i].shown != NULL))
            fail_msg("row %zu: '%s'", i, rows[i].text);
        if (!rows[i].shown)
            continue;
        assert_string_equal(name.shown, rows[i].shown);
        assert_string_equal(name.link, rows[i].link);
    }
    assert_true(disk_name_from_link("physicaldrive3", &name) && name.number == 3);
    assert_true(disk_name_from_link("e::", &name) && name.kind == DISK_NAME_LETTER);
    assert_false(disk_name_from_link("e:", &name));
    assert_false(disk_name_from_link("E::", &name));
    assert_false(disk_name_from_link("com1", &name));
    assert_false(disk_name_from_link("physicaldrive", &name));
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, made_up_begin, made_up_end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(found_by_either_node),
        TEST(what_is_no_disk),
        TEST(odd_texts),
        TEST(same_unit),
        TEST(stable_names),
        cmocka_unit_test(best_designator),
        cmocka_unit_test(same_unit_by_serial),
        cmocka_unit_test(names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
