/* holdfast disk add, list and remove on real disks, of which one is seen by two paths. All but the
 * last test work on a prefix that is only a folder: these commands start no Wine. */
#include "disk_state.h"
#include "suites.h"
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static const char prefix[] = "/run/bed/names";
static const char by_id[] = "/dev/disk/by-id/wwn-0x6001405dfabed000";

enum { OUTPUT_MAX = 16384 };

static void run(const char *home, const struct bed *bed, const char *const *words, int expected,
                char output[OUTPUT_MAX])
{
    char program[640];
    const char *line[10] = {program};
    posix_spawn_file_actions_t actions;
    int status = -1, ends[2];
    size_t length = 0;
    ssize_t more;
    pid_t pid;

    snprintf(program, sizeof(program), "%.*s/../bin/holdfast",
             (int)(strstr(bed->holdfast, "/x86_64-windows") - bed->holdfast), bed->holdfast);
    for (size_t i = 0; words[i]; i++)
        line[i + 1] = words[i];
    setenv("WINEPREFIX", home, 1);
    setenv("WINEDEBUG", "-all", 1);
    assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDERR_FILENO);
    assert_int_equal(posix_spawn(&pid, program, &actions, NULL, (char *const *)line, environ), 0);
    posix_spawn_file_actions_destroy(&actions);
    close(ends[1]);
    while (length + 1 < OUTPUT_MAX &&
           (more = read(ends[0], output + length, OUTPUT_MAX - 1 - length)) > 0)
        length += (size_t)more;
    output[length] = 0;
    close(ends[0]);
    unsetenv("WINEPREFIX");
    assert_int_equal(waitpid(pid, &status, 0), pid);
    if (!WIFEXITED(status) || WEXITSTATUS(status) != expected)
        fail_msg("'%s %s' ended with 0x%x: %s", words[0], words[1], (unsigned int)status, output);
}

/* Its exit code, and something that it must say. */
static void expect(const char *home, const struct bed *bed, int code, const char *part,
                   const char *const *words)
{
    char output[OUTPUT_MAX];

    run(home, bed, words, code, output);
    if (!strstr(output, part))
        fail_msg("'%s %s %s' does not say '%s': %s", words[0], words[1], words[2] ? words[2] : "",
                 part, output);
}

#define EXPECT(home, code, part, ...) \
    expect(home, bed, code, part, (const char *const[]){__VA_ARGS__, NULL})

static void make_prefix(const struct bed *bed)
{
    char path[128];

    mkdir(prefix, 0755);
    snprintf(path, sizeof(path), "%s/dosdevices", prefix);
    mkdir(path, 0755);
    snprintf(path, sizeof(path), "%s/system.reg", prefix);
    close(open(path, O_CREAT | O_WRONLY | O_CLOEXEC, 0644));
    mkdir("/dev/disk", 0755);
    mkdir("/dev/disk/by-id", 0755);
    unlink(by_id);
    assert_int_equal(symlink(bed->disk_path[0], by_id), 0);
}

static void expect_link(const char *name, const char *target)
{
    char path[128], found[256] = "";

    snprintf(path, sizeof(path), "%s/dosdevices/%s", prefix, name);
    assert_int_equal(readlink(path, found, sizeof(found) - 1) > 0, target != NULL);
    assert_string_equal(found, target ? target : "");
}

static void added_and_removed(void **state)
{
    struct bed *bed = *state;

    make_prefix(bed);
    EXPECT(prefix, 0, "would be", "disk", "add", "1", by_id, "--dry-run");
    expect_link("physicaldrive1", NULL);
    EXPECT(prefix, 0, "PhysicalDrive1 is now", "disk", "add", "1", by_id);
    expect_link("physicaldrive1", by_id);
    EXPECT(prefix, 0, "already is", "disk", "add", "1", by_id);
    /* The other initiator's disk is the same unit. */
    EXPECT(prefix, 6, "by another path to the same unit", "disk", "add", "2", bed->disk_path[1]);
    expect_link("physicaldrive2", NULL);
    EXPECT(prefix, 0, "2 paths to this unit", "disk", "add", "E:", bed->disk_path[1], "--force");
    expect_link("e::", bed->disk_path[1]);
    EXPECT(prefix, 0, "E: is no longer", "disk", "remove", "e:");
    EXPECT(prefix, 3, "there is no disk E:", "disk", "remove", "e:");
    EXPECT(prefix, 0, "PhysicalDrive1 is no longer", "disk", "remove", "1");
    expect_link("physicaldrive1", NULL);
}

static void listed_with_keys_and_holder(void **state)
{
    static const struct disk_state held = {.key = {0xa1, 0xb2}, .holder = 0, .type = 5};
    struct bed *bed = *state;

    make_prefix(bed);
    EXPECT(prefix, 0, "is now", "disk", "add", "1", by_id);
    arrange_disk(bed, &held);
    EXPECT(prefix, 0, "0x00000000000000a1 0x00000000000000b2", "disk", "list");
    EXPECT(prefix, 0,
           "\"holder\": {\"key\": \"0x00000000000000a1\", \"type\": "
           "\"write-exclusive-registrants\", \"type_number\": 5",
           "disk", "list", "--json");
    assert_disk_is(bed, &held, "after it was listed");
    unlink(by_id);
    EXPECT(prefix, 0, "PhysicalDrive1  gone", "disk", "list");
    EXPECT(prefix, 0, "is no longer", "disk", "remove", "1");
}

static void what_is_no_disk(void **state)
{
    struct bed *bed = *state;

    make_prefix(bed);
    EXPECT("/run/bed", 1, "is no Wine prefix", "disk", "list");
    EXPECT(prefix, 3, "is not there", "disk", "add", "1", "/dev/sdzz");
    EXPECT(prefix, 5, "is no disk", "disk", "add", "1", "/dev/null");
}

/* Through Wine: a program finds the disk by its new name. */
static void used_by_name(void **state)
{
    static const char home[] = "/run/bed/node1";
    struct bed *bed = *state;
    static const struct disk_state registered = {.key = {0xa1, 0}, .holder = NOBODY};

    make_prefix(bed);
    arrange_disk(bed, &registered);
    EXPECT(home, 0, "is now", "disk", "add", "71", by_id, "--force");
    EXPECT(home, 0, "0x00000000000000a1", "keys", "71");
    EXPECT(home, 0, "is no longer", "disk", "remove", "71");
    EXPECT(home, 3, "no such disk", "keys", "71");
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(added_and_removed),
    cmocka_unit_test(listed_with_keys_and_holder),
    cmocka_unit_test(what_is_no_disk),
    cmocka_unit_test(used_by_name),
};

const struct suite disk_names = SUITE("disk_names", tests);
