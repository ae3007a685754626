/* dll/unix/identify.c: is this a SCSI disk? On descriptors that every machine has and on a fake
 * kernel for the rest. semantics 5. */
#include "../../dll/unix/sg_io.h"

#include "expect.h"
#include "fake_kernel.h"
#include <errno.h>
#include <fcntl.h>
#include <sys/sysmacros.h>
#include <unistd.h>

static int clear(void **state)
{
    (void)state;
    fake_kernel_clear();
    return 0;
}

static int closed_descriptor(void)
{
    int fd = open("/dev/null", O_RDWR);

    assert_true(fd >= 0);
    close(fd);
    return fd;
}

/* semantics 5: what is no SCSI disk goes to Wine as it came. */
static void what_is_no_scsi_disk_is_said_not_to_be(void **state)
{
    static const char *const paths[] = {"/dev/null", "/dev/zero", "/", "/proc/self/exe"};

    (void)state;
    for (size_t i = 0; i < COUNT(paths); i++) {
        int fd = open(paths[i], O_RDONLY);

        assert_true(fd >= 0);
        EXPECT(sg_io_identify(fd).is_scsi_disk, false, "%s", paths[i]);
        close(fd);
    }
    EXPECT(sg_io_identify(closed_descriptor()).is_scsi_disk, false, "a closed descriptor");
    EXPECT(sg_io_identify(-1).is_scsi_disk, false, "-1");
    EXPECT(fake_kernel.calls, 0, "no ioctl is needed for any of these");
}

/* Linux Documentation/admin-guide/devices.txt: sd's majors. Device mapper, NVMe, loop and the rest
 * are not sd's. */
static void sd_is_known_by_its_majors(void **state)
{
    static const struct {
        unsigned int major;
        bool is_sd;
        const char *name;
    } rows[] = {
        {7, false, "loop"},
        {8, true, "sda"},
        {9, false, "md"},
        {11, false, "sr"},
        {64, false, "below sdq"},
        {65, true, "first of sdq"},
        {68, true, "between"},
        {71, true, "last of sdq"},
        {72, false, "above"},
        {127, false, "below"},
        {128, true, "first"},
        {131, true, "between"},
        {135, true, "last"},
        {136, false, "above"},
        {21, false, "sg's number, as a block"},
        {253, false, "device mapper"},
        {259, false, "NVMe"},
        {0, false, "none"},
    };

    (void)state;
    fake_kernel.answers_fstat = true;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct sg_disk_identity identity;

        fake_kernel.mode = S_IFBLK | 0600;
        fake_kernel.device = makedev(rows[i].major, 17);
        fake_kernel.node = 4711;
        identity = sg_io_identify(0);
        EXPECT(identity.is_scsi_disk, rows[i].is_sd, "major %u, %s", rows[i].major, rows[i].name);
        EXPECT(identity.is_generic, false, "%s", rows[i].name);
        EXPECT(identity.device_major, rows[i].major, "%s", rows[i].name);
        EXPECT(identity.device_minor, 17, "%s", rows[i].name);
        EXPECT(identity.node, 4711, "%s", rows[i].name);
        fake_kernel.mode = S_IFREG | 0600;
        EXPECT(sg_io_identify(0).is_scsi_disk, false, "a file, %s", rows[i].name);
    }
    EXPECT(fake_kernel.calls, 0, "block devices are asked nothing");
}

/* SPC-4 table 149: of what sg drives, only what sd would drive too. */
static void sg_is_a_disk_by_its_device_type(void **state)
{
    (void)state;
    fake_kernel.answers_fstat = fake_kernel.answers_ioctl = true;
    fake_kernel.mode = S_IFCHR | 0600;
    fake_kernel.device = makedev(21, 3);
    for (int type = 0; type < 0x20; type++) {
        fake_kernel.scsi_type = type;
        EXPECT(sg_io_identify(0).is_scsi_disk,
               type == 0x00 || type == 0x07 || type == 0x0e || type == 0x14, "device type 0x%02x",
               (unsigned int)type);
        EXPECT(sg_io_identify(0).is_generic, sg_io_identify(0).is_scsi_disk, "device type 0x%02x",
               (unsigned int)type);
    }
    EXPECT(fake_kernel.request, SG_GET_SCSI_ID, "asked by");
    fake_kernel.scsi_type = 0;
    fake_kernel.error = ENODEV;
    EXPECT(sg_io_identify(0).is_scsi_disk, true, "removed: its requests say so");
    EXPECT(sg_io_identify(0).is_generic, true, "removed");
    fake_kernel.error = EINVAL;
    EXPECT(sg_io_identify(0).is_scsi_disk, false, "does not know the question");
    fake_kernel.error = 0;
    fake_kernel.device = makedev(1, 3);
    fake_kernel.calls = 0;
    EXPECT(sg_io_identify(0).is_scsi_disk, false, "a character device that is not sg's");
    EXPECT(fake_kernel.calls, 0, "and that is not asked");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(what_is_no_scsi_disk_is_said_not_to_be, clear),
        cmocka_unit_test_setup(sd_is_known_by_its_majors, clear),
        cmocka_unit_test_setup(sg_is_a_disk_by_its_device_type, clear),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
