/* dll/unix/open_node.c: how a node of the registry's map is opened. Source: open(2); the map's own
 * rule is differences.md, "Handles". */
#include "../../dll/unix/open_node.h"

#include "expect.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BOTH = OPEN_NODE_READ | OPEN_NODE_WRITE };

static char folder[] = "/tmp/open_node.XXXXXX";

static const char *in_folder(const char *name)
{
    static char path[64];

    snprintf(path, sizeof(path), "%s/%s", folder, name);
    return path;
}

static int make_folder(void **state)
{
    (void)state;
    return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder(void **state)
{
    (void)state;
    unlink(in_folder("pipe"));
    unlink(in_folder("link"));
    return rmdir(folder);
}

static void it_opens_with_the_access_that_is_granted(void **state)
{
    static const struct {
        uint32_t access;
        int mode;
    } rows[] = {
        {0, O_RDONLY}, {OPEN_NODE_READ, O_RDONLY}, {OPEN_NODE_WRITE, O_WRONLY}, {BOTH, O_RDWR}};

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        int32_t error = -1;
        const int fd = open_node("/dev/null", rows[i].access, &error);

        EXPECT(fd >= 0, true, "access %u", rows[i].access);
        EXPECT(error, 0, "access %u", rows[i].access);
        EXPECT(fcntl(fd, F_GETFL) & O_ACCMODE, rows[i].mode, "access %u", rows[i].access);
        EXPECT(fcntl(fd, F_GETFL) & O_NONBLOCK, O_NONBLOCK, "access %u", rows[i].access);
        EXPECT(fcntl(fd, F_GETFD), FD_CLOEXEC, "access %u", rows[i].access);
        close(fd);
    }
}

/* With a pipe that nobody writes to open(2) would wait. */
static void it_does_not_wait(void **state)
{
    int32_t error;
    int fd;

    (void)state;
    assert_int_equal(mkfifo(in_folder("pipe"), 0600), 0);
    fd = open_node(in_folder("pipe"), OPEN_NODE_READ, &error);
    EXPECT(fd >= 0, true, "a pipe");
    close(fd);
}

static void links_are_followed_and_nothing_is_made(void **state)
{
    int32_t error;
    int fd;

    (void)state;
    assert_int_equal(symlink("missing", in_folder("link")), 0);
    EXPECT(open_node(in_folder("link"), BOTH, &error), -1, "a link that leads nowhere");
    EXPECT(error, ENOENT, "a link that leads nowhere");
    EXPECT(access(in_folder("missing"), F_OK), -1, "its target");
    unlink(in_folder("link"));
    assert_int_equal(symlink("/dev/zero", in_folder("link")), 0);
    fd = open_node(in_folder("link"), BOTH, &error);
    EXPECT(fd >= 0, true, "the same link to another place");
    close(fd);
}

/* A program's current folder has nothing to do with it. */
static void a_path_that_is_not_absolute_is_refused(void **state)
{
    static const char *const paths[] = {"", ".", "dev/null", "sda", "\\dev\\null"};

    (void)state;
    assert_int_equal(chdir("/"), 0);
    for (size_t i = 0; i < COUNT(paths); i++) {
        int32_t error = 0;

        EXPECT(open_node(paths[i], OPEN_NODE_READ, &error), -1, "'%s'", paths[i]);
        EXPECT(error, EINVAL, "'%s'", paths[i]);
    }
}

static void each_errno_has_its_meaning(void **state)
{
    static const struct {
        int os_error;
        enum scsi_transport_error error;
    } rows[] = {
        {ENOENT, SCSI_DEVICE_GONE},    {ENOTDIR, SCSI_DEVICE_GONE},
        {ELOOP, SCSI_DEVICE_GONE},     {ENAMETOOLONG, SCSI_DEVICE_GONE},
        {EINVAL, SCSI_DEVICE_GONE},    {ENODEV, SCSI_DEVICE_GONE},
        {ENXIO, SCSI_DEVICE_GONE},     {ENOMEDIUM, SCSI_DEVICE_GONE},
        {EACCES, SCSI_NOT_PERMITTED},  {EPERM, SCSI_NOT_PERMITTED},
        {EROFS, SCSI_NOT_PERMITTED},   {EISDIR, SCSI_NOT_SUPPORTED},
        {ENOTBLK, SCSI_NOT_SUPPORTED}, {ENOMEM, SCSI_NO_MEMORY},
        {EMFILE, SCSI_NO_MEMORY},      {ENFILE, SCSI_NO_MEMORY},
        {EIO, SCSI_TRANSPORT_FAILED},  {EBUSY, SCSI_TRANSPORT_FAILED},
        {0, SCSI_TRANSPORT_FAILED},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        EXPECT(open_node_error(rows[i].os_error), rows[i].error, "errno %d", rows[i].os_error);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_opens_with_the_access_that_is_granted),
        cmocka_unit_test(it_does_not_wait),
        cmocka_unit_test(links_are_followed_and_nothing_is_made),
        cmocka_unit_test(a_path_that_is_not_absolute_is_refused),
        cmocka_unit_test(each_errno_has_its_meaning),
    };

    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
