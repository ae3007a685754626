/* What `disk add` refuses, and as what it links the rest: on machines made of files. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../dll/linux/add_check.h"
#include "../../dll/linux/disk_map.h"
#include "made_up_host.h"

#include <stdio.h>
#include <string.h>

static struct prefix prefix;
static struct addition addition;

/* Checks `disk add NAME PATH [--force]`; `part` must be in the answer, whatever it is. */
static void expect(const char *name, const char *path, bool force, enum exit_code code,
                   const char *part)
{
    struct prefix_disks disks = {0};
    struct text notes = {0}, problem = {0};

    addition = (struct addition){.force = force};
    assert_true(disk_name_parse(name, &addition.name));
    snprintf(addition.given, sizeof(addition.given), "%s", path);
    assert_true(prefix_disks_read(&made_up_host, &prefix, &disks, &problem));
    const enum exit_code found =
        add_check(&made_up_host, &prefix, &disks, &addition, &notes, &problem);
    if (found == EXIT_DONE)
        text_add(&problem, "%s%s", notes.bytes ? notes.bytes : "", addition.path);
    if (found != code || !strstr(problem.bytes, part))
        fail_msg("add %s %s: %d instead of %d, '%s' lacks '%s'", name, path, found, code,
                 problem.bytes, part);
    text_free(&notes);
    text_free(&problem);
    prefix_disks_free(&disks);
}

static int begin(void **state)
{
    if (made_up_begin(state))
        return -1;
    prefix = made_up_prefix();
    made_up_disk("sda", 0, 0, 1);
    made_up_disk("sdb", 16, 1, 2);
    made_up_link(made_up("dev/disk/by-id/wwn-0x2"), "../../sdb");
    return 0;
}

static int end(void **state)
{
    prefix_close(&prefix);
    return made_up_end(state);
}

static void link_name(const char *name, const char *target)
{
    made_up_link(made_up("prefix/dosdevices/%s", name), target);
}

static void by_stable_name(void **state)
{
    (void)state;
    expect("1", made_up("dev/disk/by-id/wwn-0x2"), false, EXIT_DONE, "/wwn-0x2");
    assert_string_equal(addition.path, made_up("dev/disk/by-id/wwn-0x2"));
    assert_string_equal(addition.disk.name, "sdb");
    expect("1", made_up("dev/sdb"), false, EXIT_DONE, "it is linked as");
    assert_string_equal(addition.path, made_up("dev/disk/by-id/wwn-0x2"));
    expect("1", made_up("dev/sg1"), false, EXIT_DONE, "its disk is linked instead");
    assert_string_equal(addition.path, made_up("dev/disk/by-id/wwn-0x2"));
    expect("1", made_up("dev/sda"), false, EXIT_DONE, "there is no name that stays");
    assert_string_equal(addition.path, made_up("dev/sda"));
}

static void used_by_this_machine(void **state)
{
    (void)state;
    made_up_partition("sdb", "sdb1", 17);
    made_up_write(made_up("proc/self/mountinfo"), "30 22 8:17 / /srv rw - ext4 /dev/sdb1 rw\n");
    expect("1", made_up("dev/sdb"), false, EXIT_REFUSED, "sdb1 is mounted at /srv");
    expect("1", made_up("dev/sdb"), true, EXIT_REFUSED, "sdb1 is mounted at /srv");
    expect("1", made_up("dev/sg1"), true, EXIT_REFUSED, "sdb1 is mounted at /srv");
    expect("1", made_up("dev/sdb1"), true, EXIT_NO_RESERVATIONS, "is a partition");
}

static void held(void **state)
{
    (void)state;
    made_up_claimed = true;
    expect("1", made_up("dev/sdb"), true, EXIT_REFUSED, "for itself");
    made_up_block("dm-9", 253, 9);
    made_up_holder("sdb", "dm-9");
    expect("1", made_up("dev/sdb"), false, EXIT_REFUSED, "part of dm-9");
    expect("1", made_up("dev/sdb"), true, EXIT_DONE, "wwn-0x2");
}

static void second_name(void **state)
{
    (void)state;
    link_name("physicaldrive1", made_up("dev/sdb"));
    expect("2", made_up("dev/sdb"), false, EXIT_REFUSED, "already PhysicalDrive1");
    expect("e:", made_up("dev/sg1"), false, EXIT_REFUSED, "already PhysicalDrive1");
    expect("2", made_up("dev/sda"), false, EXIT_DONE, "");
    made_up_disk("sdc", 32, 2, 2);
    expect("2", made_up("dev/sdc"), false, EXIT_REFUSED, "by another path to the same unit");
    expect("2", made_up("dev/sdc"), true, EXIT_DONE, "2 paths to this unit");
}

/* The kernel gives sdb's name to another disk: the link by its stable name goes with the disk. */
static void numbered_anew(void **state)
{
    (void)state;
    link_name("physicaldrive1", made_up("dev/disk/by-id/wwn-0x2"));
    made_up_disk("sdc", 32, 2, 2);
    made_up_disk("sdb", 16, 1, 9);
    made_up_link(made_up("dev/disk/by-id/wwn-0x2"), "../../sdc");
    expect("2", made_up("dev/sdb"), false, EXIT_DONE, "");
    expect("3", made_up("dev/sdc"), false, EXIT_REFUSED, "already PhysicalDrive1");
    expect("1", made_up("dev/sdc"), false, EXIT_DONE, "");
    assert_true(addition.is_there);
}

static void name_that_is_there(void **state)
{
    (void)state;
    link_name("physicaldrive1", made_up("dev/sda"));
    expect("1", made_up("dev/sdb"), false, EXIT_REFUSED, "'holdfast disk remove 1'");
    expect("1", made_up("dev/sdb"), true, EXIT_DONE, "");
    assert_true(addition.replaces && !addition.is_there);
    expect("1", made_up("dev/sda"), false, EXIT_DONE, "");
    assert_true(addition.is_there);
    /* A better name of the same disk. */
    link_name("physicaldrive1", made_up("dev/sdb"));
    expect("1", made_up("dev/sdb"), false, EXIT_DONE, "wwn-0x2");
    assert_true(addition.replaces && !addition.is_there);
    link_name("physicaldrive1", made_up("dev/gone"));
    expect("1", made_up("dev/sdb"), false, EXIT_REFUSED, "/dev/gone");
    made_up_write(made_up("prefix/dosdevices/physicaldrive9"), "a file");
    expect("9", made_up("dev/sdb"), true, EXIT_REFUSED, "is no link");
}

static void names_of_wine_s_own(void **state)
{
    (void)state;
    expect("0", made_up("dev/sdb"), false, EXIT_REFUSED, "Wine's own first disk");
    expect("0", made_up("dev/sdb"), true, EXIT_DONE, "");
    link_name("c:", "../drive_c");
    expect("C:", made_up("dev/sdb"), false, EXIT_REFUSED, "C: is a drive with files");
    expect("D:", made_up("dev/sdb"), false, EXIT_DONE, "");
}

static void no_disk(void **state)
{
    (void)state;
    expect("1", made_up("dev/sdz"), true, EXIT_NO_DISK, "is not there");
    made_up_block("dm-0", 253, 0);
    expect("1", made_up("dev/dm-0"), true, EXIT_NO_RESERVATIONS, "name a SCSI disk");
}

struct entries {
    char words[512];
};

static void note(void *context, const char *object, const char *path)
{
    struct entries *entries = context;
    const size_t length = strlen(entries->words);
    snprintf(entries->words + length, sizeof(entries->words) - length, "%s=%s;", object, path);
}

static void map_in_the_registry(void **state)
{
    struct entries entries = {""};

    (void)state;
    made_up_write(made_up("prefix/system.reg"), "%s",
                  "WINE REGISTRY Version 2\n\n[Software\\\\Holdfast] 1\n\"no\"=\"/no\"\n\n"
                  "[Software\\\\Holdfast\\\\Disks] 1700000000\n#time=1\n"
                  "\"\\\\Device\\\\Harddisk0\"=\"/dev/disk/by-id/wwn-0x2\"\n"
                  "\"\\\\Device\\\\a\"=dword:00000001\n"
                  "\"\\\\Device\\\\b\"=\"/x\\\"y\\x20ac\\\\\"\n"
                  "\"\\\\Device\\\\open\"=\"/no end\n\"\"=\"/x\"\n\"broken\\\n"
                  "\n[Software\\\\Other] 1\n\"no\"=\"/no\"\n");
    assert_true(disk_map_read_file(made_up("prefix/system.reg"), note, &entries));
    assert_string_equal(entries.words, "\\Device\\Harddisk0=/dev/disk/by-id/wwn-0x2;"
                                       "\\Device\\b=/x\"y\xe2\x82\xac\\;");
    assert_false(disk_map_read_file(made_up("none"), note, &entries));
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(by_stable_name),
        TEST(used_by_this_machine),
        TEST(held),
        TEST(second_name),
        TEST(numbered_anew),
        TEST(name_that_is_there),
        TEST(names_of_wine_s_own),
        TEST(no_disk),
        TEST(map_in_the_registry),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
