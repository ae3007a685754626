/* Whether Linux uses a disk: on machines made of files. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../dll/linux/in_use.h"
#include "made_up_host.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static void expect(const char *disk, enum disk_use use, const char *part)
{
    struct text words = {0};
    const enum disk_use found = disk_use_find(&made_up_host, disk, &words);

    if (found != use || (part && (!words.bytes || !strstr(words.bytes, part))))
        fail_msg("%s: use %d instead of %d, '%s' lacks '%s'", disk, found, use,
                 words.bytes ? words.bytes : "", part ? part : "");
    text_free(&words);
}

static void mount_on(const char *line)
{
    made_up_write(made_up("proc/self/mountinfo"), "22 1 253:0 / / rw - ext4 /dev/root rw\n%s\n",
                  line);
}

static void nothing(void **state)
{
    (void)state;
    made_up_disk("sda", 0, 0, 1);
    made_up_partition("sda", "sda1", 1);
    made_up_disk("sdaa", 160, 1, 2);
    mount_on("30 22 8:160 / /other rw - ext4 /dev/sdaa rw");
    expect("sda", USE_NONE, NULL);
}

static void whole_disk_mounted(void **state)
{
    (void)state;
    made_up_disk("sda", 0, 0, 1);
    mount_on("30 22 8:0 / /a\\040b rw shared:1 master:2 - ext4 /dev/sda rw");
    expect("sda", USE_ACTIVE, "sda is mounted at /a b");
}

static void partition_mounted(void **state)
{
    (void)state;
    made_up_disk("sda", 0, 0, 1);
    made_up_partition("sda", "sda1", 1);
    mount_on("30 22 8:1 / /boot rw - ext4 /dev/sda1 rw");
    expect("sda", USE_ACTIVE, "sda1 is mounted at /boot");
}

static void swap_on_a_volume_over_a_partition(void **state)
{
    (void)state;
    made_up_disk("sda", 0, 0, 1);
    made_up_partition("sda", "sda2", 2);
    made_up_block("dm-0", 253, 7);
    made_up_holder("sda2", "dm-0");
    made_up_write(made_up("sys/class/block/dm-0/dm/name"), "vg-swap\n");
    made_up_write(made_up("sys/class/block/dm-0/dm/uuid"), "LVM-abc\n");
    expect("sda", USE_HELD, "dm-0 (LVM vg-swap)");
    made_up_write(made_up("proc/swaps"), "Filename Type\n%s partition 1 0 -2\n",
                  made_up("dev/dm-0"));
    expect("sda", USE_ACTIVE, "dm-0 is used for swap");
}

/* A volume on an array on a partition, with a partition of its own. */
static void deep_holders(void **state)
{
    (void)state;
    made_up_disk("sda", 0, 0, 1);
    made_up_partition("sda", "sda1", 1);
    made_up_block("md0", 9, 0);
    made_up_holder("sda1", "md0");
    made_up_block("dm-3", 253, 3);
    made_up_holder("md0", "dm-3");
    made_up_partition("dm-3", "dm-3p1", 77);
    mount_on("30 22 8:77 / /deep rw - xfs /dev/x rw");
    expect("sda", USE_ACTIVE, "dm-3p1 is mounted at /deep");
}

static void multipath_map(void **state)
{
    (void)state;
    made_up_disk("sda", 0, 0, 1);
    made_up_block("dm-1", 253, 1);
    made_up_holder("sda", "dm-1");
    made_up_write(made_up("sys/class/block/dm-1/dm/name"), "mpatha\n");
    made_up_write(made_up("sys/class/block/dm-1/dm/uuid"), "mpath-3600\n");
    expect("sda", USE_HELD, "dm-1 (mpath mpatha)");
}

static void loop_over_a_partition(void **state)
{
    (void)state;
    made_up_disk("sda", 0, 0, 1);
    made_up_partition("sda", "sda1", 1);
    made_up_block("loop0", 7, 0);
    made_up_write(made_up("sys/class/block/loop0/loop/backing_file"), "%s\n", made_up("dev/sda1"));
    expect("sda", USE_HELD, "loop0");
    mount_on("30 22 7:0 / /image rw - ext4 /dev/loop0 rw");
    expect("sda", USE_ACTIVE, "loop0 is mounted at /image");
}

/* btrfs mounts under a device number of its own, and names the first of its disks. */
static void btrfs(void **state)
{
    char line[256];

    (void)state;
    made_up_disk("sda", 0, 0, 1);
    made_up_disk("sdb", 16, 1, 2);
    made_up_disk("sdc", 32, 2, 3);
    made_up_write(made_up("sys/fs/btrfs/0f0f/devices/sda"), "%s", "");
    made_up_write(made_up("sys/fs/btrfs/0f0f/devices/sdb"), "%s", "");
    made_up_write(made_up("sys/fs/btrfs/1f1f/devices/sdc"), "%s", "");
    snprintf(line, sizeof(line), "30 22 0:44 / /pool rw - btrfs %s rw", made_up("dev/sda"));
    mount_on(line);
    expect("sda", USE_ACTIVE, "sda is mounted at /pool");
    expect("sdb", USE_ACTIVE, "sdb is mounted at /pool");
    expect("sdc", USE_NONE, NULL);
}

/* What cannot be found out is not taken for free. */
static void unreadable(void **state)
{
    (void)state;
    made_up_disk("sda", 0, 0, 1);
    expect("sdq", USE_ACTIVE, "cannot be found out");
    unlink(made_up("proc/swaps")); /* a kernel without swap */
    expect("sda", USE_NONE, NULL);
    unlink(made_up("proc/self/mountinfo"));
    expect("sda", USE_ACTIVE, "cannot be found out");
}

static void hostile_lines(void **state)
{
    static const char *const lines[] = {
        "",
        "8:0",
        "30 22 8:0",
        "30 22 8:0 / - ext4 x",
        "30 22 8:0 / /x rw - ext4",
        " - ",
        "- - -",
        "30 22 x:y / /x rw - e s r",
        "\\ \\0 \\04 \\777 \\ - \\ \\",
        "30 22 8:0 / /x rw",
    };

    (void)state;
    made_up_disk("sda", 0, 0, 1);
    for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
        mount_on(lines[i]);
        expect("sda", USE_NONE, NULL);
    }
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, made_up_begin, made_up_end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(nothing),
        TEST(whole_disk_mounted),
        TEST(partition_mounted),
        TEST(swap_on_a_volume_over_a_partition),
        TEST(deep_holders),
        TEST(multipath_map),
        TEST(loop_over_a_partition),
        TEST(btrfs),
        TEST(unreadable),
        TEST(hostile_lines),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
