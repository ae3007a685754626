/* dll/unix: SG_IO and SG_SCSI_RESET, on descriptors that every machine has and on a fake kernel for
 * the rest. semantics 2 and 4. */
#include "../../dll/unix/sg_io.h"

#include "expect.h"
#include "fake_kernel.h"
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <string.h>
#include <unistd.h>

static int clear(void **state)
{
    (void)state;
    fake_kernel_clear();
    return 0;
}

/* semantics 2, the rows of a failed ioctl. */
static void every_errno_has_its_transport_error(void **state)
{
    static const struct {
        int os_error;
        enum scsi_transport_error error;
    } rows[] = {
        {EPERM, SCSI_NOT_PERMITTED},      {EACCES, SCSI_NOT_PERMITTED},
        {ENODEV, SCSI_DEVICE_GONE},       {ENXIO, SCSI_DEVICE_GONE},
        {ENOTTY, SCSI_NOT_SUPPORTED},     {EINVAL, SCSI_NOT_SUPPORTED},
        {EOPNOTSUPP, SCSI_NOT_SUPPORTED}, {ENOMEM, SCSI_NO_MEMORY},
        {EFAULT, SCSI_BAD_ADDRESS},       {EIO, SCSI_TRANSPORT_FAILED},
        {EBADF, SCSI_TRANSPORT_FAILED},   {EBUSY, SCSI_TRANSPORT_FAILED},
        {EINTR, SCSI_TRANSPORT_FAILED},   {ETIMEDOUT, SCSI_TRANSPORT_FAILED},
        {ENOENT, SCSI_TRANSPORT_FAILED},  {0, SCSI_TRANSPORT_FAILED},
        {-1, SCSI_TRANSPORT_FAILED},      {INT32_MAX, SCSI_TRANSPORT_FAILED},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        EXPECT(sg_io_transport_error(rows[i].os_error), rows[i].error, "errno %d",
               rows[i].os_error);
}

static int execute_plain(int fd, enum scsi_opcode opcode, struct scsi_result *result)
{
    struct sg_disk disk = {.fd = fd};
    struct scsi_command command;

    scsi_build_plain(&command, opcode);
    command.timeout_ms = 1000;
    memset(result, 0, sizeof(*result));
    return sg_io_transport.execute(&disk, &command, result);
}

/* The real kernel's answers. */
static void descriptors_without_scsi_are_reported_as_such(void **state)
{
    struct scsi_result result;
    int32_t os_error = -1;
    int fd = open("/dev/null", O_RDWR);
    struct sg_disk disk = {.fd = fd};

    (void)state;
    EXPECT(execute_plain(fd, SCSI_RESERVE_6, &result), SCSI_NOT_SUPPORTED, "/dev/null");
    EXPECT(result.os_error, ENOTTY, "/dev/null");
    for (int level = SCSI_RESET_LOGICAL_UNIT; level <= SCSI_RESET_BUS; level++) {
        EXPECT(sg_io_transport.reset(&disk, (enum scsi_reset_level)level, &os_error),
               SCSI_NOT_SUPPORTED, "/dev/null, level %d", level);
        EXPECT(os_error, ENOTTY, "/dev/null, level %d", level);
    }
    close(fd);
    EXPECT(execute_plain(fd, SCSI_RESERVE_6, &result), SCSI_TRANSPORT_FAILED, "closed");
    EXPECT(result.os_error, EBADF, "closed");
    EXPECT(sg_io_transport.reset(&disk, SCSI_RESET_BUS, &os_error), SCSI_TRANSPORT_FAILED,
           "closed");
    EXPECT(os_error, EBADF, "closed");
}

/* Linux include/scsi/sg.h, sg_io_hdr. */
static void a_command_becomes_one_sg_io(void **state)
{
    static uint8_t data[64];
    struct scsi_command commands[3];
    static const int directions[] = {SG_DXFER_NONE, SG_DXFER_FROM_DEV, SG_DXFER_TO_DEV};
    static const uint32_t lengths[] = {0, 64, 24};

    (void)state;
    scsi_build_plain(&commands[0], SCSI_RELEASE_6);
    scsi_build_pr_in(&commands[1], 1, 64);
    scsi_build_pr_out(&commands[2], 6, 0x15);
    fake_kernel.answers_ioctl = true;
    for (size_t i = 0; i < COUNT(commands); i++) {
        struct scsi_result result = {0};
        struct sg_disk disk = {.fd = 40 + (int)i};

        commands[i].data = i ? data : NULL;
        commands[i].timeout_ms = 7000 + (uint32_t)i;
        fake_kernel.calls = 0;
        EXPECT(sg_io_transport.execute(&disk, &commands[i], &result), SCSI_SENT, "command %zu", i);
        EXPECT(fake_kernel.calls, 1, "command %zu", i);
        EXPECT(fake_kernel.fd, disk.fd, "command %zu", i);
        EXPECT(fake_kernel.request, SG_IO, "command %zu", i);
        EXPECT(fake_kernel.header.interface_id, 'S', "command %zu", i);
        EXPECT(fake_kernel.header.dxfer_direction, directions[i], "command %zu", i);
        EXPECT(fake_kernel.header.dxfer_len, lengths[i], "command %zu", i);
        EXPECT(fake_kernel.header.dxferp == commands[i].data, true, "command %zu", i);
        EXPECT(fake_kernel.header.cmd_len, commands[i].cdb_length, "command %zu", i);
        EXPECT_BYTES(fake_kernel.cdb, commands[i].cdb, commands[i].cdb_length, "command %zu", i);
        EXPECT(fake_kernel.header.mx_sb_len, SCSI_SENSE_MAX, "command %zu", i);
        EXPECT(fake_kernel.header.timeout, commands[i].timeout_ms, "command %zu", i);
        EXPECT(fake_kernel.header.flags, 0, "command %zu", i);
        EXPECT(fake_kernel.header.iovec_count, 0, "command %zu", i);
    }
}

static void the_answer_is_handed_up_whole(void **state)
{
    struct scsi_result result;

    (void)state;
    fake_kernel.answers_ioctl = true;
    fake_kernel.status = 0x02;
    fake_kernel.host_status = 0x07;
    fake_kernel.driver_status = 0x08;
    fake_kernel.sense_length = 18;
    for (size_t i = 0; i < sizeof(fake_kernel.sense); i++)
        fake_kernel.sense[i] = (uint8_t)(i + 1);
    EXPECT(execute_plain(3, SCSI_RESERVE_6, &result), SCSI_SENT, "CHECK CONDITION");
    EXPECT(result.status, 0x02, "status");
    EXPECT(result.host_status, 0x07, "host");
    EXPECT(result.driver_status, 0x08, "driver");
    EXPECT(result.os_error, 0, "errno");
    EXPECT(result.sense_length, 18, "sense");
    EXPECT_BYTES(result.sense, fake_kernel.sense, 18, "sense");
    EXPECT(result.sense[18], 0, "nothing behind it");
    fake_kernel.sense_length = 255;
    EXPECT(execute_plain(3, SCSI_RESERVE_6, &result), SCSI_SENT, "more sense than may be");
    EXPECT(result.sense_length, SCSI_SENSE_MAX, "more sense than may be");
}

/* resid is what did not move, as the low-level driver says; drivers have got it wrong. */
static void the_bytes_moved_are_the_length_without_the_rest(void **state)
{
    static const struct {
        int resid;
        uint32_t transferred;
    } rows[] = {{0, 64}, {1, 63},        {40, 24}, {63, 1},        {64, 0},
                {65, 0}, {INT32_MAX, 0}, {-1, 64}, {INT32_MIN, 64}};

    (void)state;
    fake_kernel.answers_ioctl = true;
    for (size_t i = 0; i < COUNT(rows); i++) {
        uint8_t data[64];
        struct scsi_result result = {0};
        struct scsi_command command;
        struct sg_disk disk = {.fd = 3};

        scsi_build_pr_in(&command, 0, sizeof(data));
        command.data = data;
        fake_kernel.resid = rows[i].resid;
        EXPECT(sg_io_transport.execute(&disk, &command, &result), SCSI_SENT, "%d", rows[i].resid);
        EXPECT(result.transferred, rows[i].transferred, "resid %d", rows[i].resid);
    }
}

static void a_failing_ioctl_is_reported_and_not_repeated(void **state)
{
    struct scsi_result result;

    (void)state;
    fake_kernel.answers_ioctl = true;
    fake_kernel.error = EINTR;
    EXPECT(execute_plain(3, SCSI_RESERVE_6, &result), SCSI_TRANSPORT_FAILED, "EINTR");
    EXPECT(result.os_error, EINTR, "EINTR");
    EXPECT(fake_kernel.calls, 1, "EINTR");
}

/* sg waits interruptibly, and a signal with SA_RESTART would send the command twice. sd does not,
 * and is spared the two system calls. */
static void signals_are_blocked_while_a_generic_node_runs_the_command(void **state)
{
    static const int signals[] = {SIGUSR1, SIGUSR2, SIGALRM, SIGINT, SIGTERM, SIGCHLD};
    sigset_t before, after, original;

    (void)state;
    sigemptyset(&before);
    sigaddset(&before, SIGUSR2);
    pthread_sigmask(SIG_SETMASK, &before, &original);
    fake_kernel.answers_ioctl = true;
    for (int row = 0; row < 4; row++) {
        struct sg_disk disk = {.fd = 3, .is_generic = row & 1};
        struct scsi_result result = {0};
        struct scsi_command command;

        scsi_build_plain(&command, SCSI_RESERVE_6);
        fake_kernel.error = row & 2 ? EIO : 0;
        sg_io_transport.execute(&disk, &command, &result);
        pthread_sigmask(SIG_BLOCK, NULL, &after);
        for (size_t i = 0; i < COUNT(signals); i++) {
            EXPECT(sigismember(&fake_kernel.blocked, signals[i]),
                   disk.is_generic || signals[i] == SIGUSR2, "signal %d during, row %d", signals[i],
                   row);
            EXPECT(sigismember(&after, signals[i]), signals[i] == SIGUSR2,
                   "signal %d after, row %d", signals[i], row);
        }
    }
    pthread_sigmask(SIG_SETMASK, &original, NULL);
}

/* semantics 4: exactly this level; 0x100 is SG_SCSI_RESET_NO_ESCALATE. */
static void each_reset_level_is_asked_for_without_escalation(void **state)
{
    static const struct {
        const char *name;
        enum scsi_reset_level level;
        int argument;
    } rows[] = {
        {"logical unit", SCSI_RESET_LOGICAL_UNIT, 0x101},
        {"target", SCSI_RESET_TARGET, 0x104},
        {"bus", SCSI_RESET_BUS, 0x102},
    };
    struct sg_disk disk = {.fd = 3};

    (void)state;
    fake_kernel.answers_ioctl = true;
    for (size_t i = 0; i < COUNT(rows); i++) {
        int32_t os_error = -1;

        fake_kernel.error = 0;
        EXPECT(sg_io_transport.reset(&disk, rows[i].level, &os_error), SCSI_SENT, "%s",
               rows[i].name);
        EXPECT(os_error, 0, "%s", rows[i].name);
        EXPECT(fake_kernel.request, SG_SCSI_RESET, "%s", rows[i].name);
        EXPECT(fake_kernel.reset_level, rows[i].argument, "%s", rows[i].name);
        fake_kernel.error = EACCES;
        EXPECT(sg_io_transport.reset(&disk, rows[i].level, &os_error), SCSI_NOT_PERMITTED, "%s",
               rows[i].name);
        EXPECT(os_error, EACCES, "%s", rows[i].name);
    }
}

/* Linux' answer on a descriptor with O_NONBLOCK while another reset is under way. */
static void a_reset_waits_for_a_host_that_is_busy(void **state)
{
    struct sg_disk disk = {.fd = 3};
    int32_t os_error = -1;

    (void)state;
    fake_kernel.answers_ioctl = true;
    fake_kernel.busy = 3;
    EXPECT(sg_io_transport.reset(&disk, SCSI_RESET_LOGICAL_UNIT, &os_error), SCSI_SENT, "busy");
    EXPECT(os_error, 0, "busy");
    EXPECT(fake_kernel.calls, 4, "busy");
    fake_kernel.busy = 1;
    fake_kernel.error = EACCES;
    EXPECT(sg_io_transport.reset(&disk, SCSI_RESET_TARGET, &os_error), SCSI_NOT_PERMITTED, "busy");
    EXPECT(os_error, EACCES, "busy");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(every_errno_has_its_transport_error, clear),
        cmocka_unit_test_setup(descriptors_without_scsi_are_reported_as_such, clear),
        cmocka_unit_test_setup(a_command_becomes_one_sg_io, clear),
        cmocka_unit_test_setup(the_answer_is_handed_up_whole, clear),
        cmocka_unit_test_setup(the_bytes_moved_are_the_length_without_the_rest, clear),
        cmocka_unit_test_setup(a_failing_ioctl_is_reported_and_not_repeated, clear),
        cmocka_unit_test_setup(signals_are_blocked_while_a_generic_node_runs_the_command, clear),
        cmocka_unit_test_setup(each_reset_level_is_asked_for_without_escalation, clear),
        cmocka_unit_test_setup(a_reset_waits_for_a_host_that_is_busy, clear),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
