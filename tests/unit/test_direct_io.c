/* dll/unix/direct_io.c: which descriptors get O_DIRECT. The descriptor is a regular file's; only
 * its sector size comes from the fake kernel. wine-mechanics 8, testbeds 5. */
#include "../../dll/unix/direct_io.h"

#include "expect.h"
#include "fake_kernel.h"
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

static int clear(void **state)
{
    (void)state;
    fake_kernel_clear();
    return 0;
}

static int open_file(void)
{
    char path[] = "direct_io.XXXXXX";
    int fd = mkstemp(path);

    assert_true(fd >= 0);
    unlink(path);
    return fd;
}

static bool is_direct(int fd)
{
    return fcntl(fd, F_GETFL) & O_DIRECT;
}

/* Some file systems have no direct I/O; then the whole is to be left as it is. */
static void a_disk_is_read_and_written_directly(void **state)
{
    const int probe = open_file(), fd = open_file(), copy = dup(fd);
    const bool is_possible = fcntl(probe, F_SETFL, O_RDWR | O_DIRECT) == 0;

    (void)state;
    fake_kernel.answers_ioctl = true;
    fake_kernel.sector_size = 4096;
    EXPECT(direct_io_start(fd), is_possible ? 4096 : 0, "the sector size");
    EXPECT(is_direct(fd), is_possible, "the flag");
    EXPECT(is_direct(copy), is_possible, "the flag, by another descriptor of the same description");
    EXPECT(direct_io_start(copy), is_possible ? 4096 : 0, "again");
    EXPECT(fcntl(fd, F_GETFL) & O_ACCMODE, O_RDWR, "all else is as it was");
    close(probe);
    close(fd);
    close(copy);
}

static void what_has_no_sectors_is_left_alone(void **state)
{
    const int fd = open_file();

    (void)state;
    EXPECT(direct_io_start(fd), 0, "a file");
    EXPECT(is_direct(fd), false, "a file");
    fake_kernel.answers_ioctl = true;
    EXPECT(direct_io_start(fd), 0, "a sector size of 0");
    fake_kernel.sector_size = -512;
    EXPECT(direct_io_start(fd), 0, "a negative one");
    fake_kernel.sector_size = 512;
    fake_kernel.error = ENOTTY;
    EXPECT(direct_io_start(fd), 0, "none");
    EXPECT(is_direct(fd), false, "none of them");
    close(fd);
    EXPECT(direct_io_start(fd), 0, "closed");
    EXPECT(direct_io_start(-1), 0, "-1");
}

static void what_is_no_partition_begins_at_0(void **state)
{
    (void)state;
    EXPECT(direct_io_first_sector(4095, 1048575), 0, "no device");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(a_disk_is_read_and_written_directly, clear),
        cmocka_unit_test_setup(what_has_no_sectors_is_left_alone, clear),
        cmocka_unit_test_setup(what_is_no_partition_begins_at_0, clear),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
