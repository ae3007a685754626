/* dll/unix/entry.c: the table by which Wine calls holdfast.so. dll/unix/calls.h is the contract. */
#include "../../dll/scsi/transport.h"
#include "../../dll/unix/calls.h"
#include "expect.h"
#include "fake_kernel.h"
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/sysmacros.h>
#include <unistd.h>

enum { CALL_OK = 0, CALL_INVALID_PARAMETER = (int32_t)0xc000000d };

extern int32_t (*const __wine_unix_call_funcs[HOLDFAST_CALL_COUNT])(void *);
extern int32_t (*const __wine_unix_call_wow64_funcs[HOLDFAST_CALL_COUNT])(void *);

static int clear(void **state)
{
    (void)state;
    fake_kernel_clear();
    return 0;
}

static int32_t call(enum holdfast_call number, void *arguments)
{
    return __wine_unix_call_funcs[number](arguments);
}

/* The numbers are spoken on both sides of the fence. */
static void the_calls_have_these_numbers(void **state)
{
    (void)state;
    EXPECT(HOLDFAST_CALL_HELLO, 0, "hello");
    EXPECT(HOLDFAST_CALL_IDENTIFY, 1, "identify");
    EXPECT(HOLDFAST_CALL_EXECUTE, 2, "execute");
    EXPECT(HOLDFAST_CALL_RESET, 3, "reset");
    EXPECT(HOLDFAST_CALL_CLOSE, 4, "close");
    EXPECT(HOLDFAST_CALL_OPEN, 5, "open");
    EXPECT(HOLDFAST_CALL_TRACE_OPEN, 6, "trace_open");
    EXPECT(HOLDFAST_CALL_TRACE_WRITE, 7, "trace_write");
    EXPECT(HOLDFAST_CALL_COUNT, 8, "none is untested");
}

/* The structures are the same for 32-bit programs, so the functions are too. */
static void both_bitnesses_use_the_same_functions(void **state)
{
    (void)state;
    for (int i = 0; i < HOLDFAST_CALL_COUNT; i++) {
        EXPECT(__wine_unix_call_funcs[i] != NULL, true, "call %d", i);
        EXPECT(__wine_unix_call_wow64_funcs[i] == __wine_unix_call_funcs[i], true, "call %d", i);
    }
}

static void hello_tells_the_version(void **state)
{
    struct holdfast_hello hello = {0xffffffff};

    (void)state;
    EXPECT(call(HOLDFAST_CALL_HELLO, &hello), CALL_OK, "hello");
    EXPECT(hello.version, HOLDFAST_CALLS_VERSION, "hello");
}

static void identify_hands_over_the_identity(void **state)
{
    struct holdfast_identify identify = {.fd = 3, .is_scsi_disk = 99, .is_generic = 99};

    (void)state;
    fake_kernel.answers_fstat = true;
    fake_kernel.mode = S_IFBLK;
    fake_kernel.device = makedev(8, 16);
    fake_kernel.node = 0x123456789a;
    EXPECT(call(HOLDFAST_CALL_IDENTIFY, &identify), CALL_OK, "sdb");
    EXPECT(identify.is_scsi_disk, 1, "sdb");
    EXPECT(identify.is_generic, 0, "sdb");
    EXPECT(identify.device_major, 8, "sdb");
    EXPECT(identify.device_minor, 16, "sdb");
    EXPECT(identify.node, 0x123456789a, "sdb");
    fake_kernel_clear();
    identify = (struct holdfast_identify){-1, 99, 99, 99, 99, 99, 99, 99};
    EXPECT(call(HOLDFAST_CALL_IDENTIFY, &identify), CALL_OK, "no descriptor");
    EXPECT(identify.is_scsi_disk, 0, "no descriptor");
    EXPECT(identify.node, 0, "no descriptor");
}

/* The shim keeps a disk's descriptor; a program that is started meanwhile must not hold the disk.
 */
static void identify_keeps_a_disk_from_started_programs(void **state)
{
    struct holdfast_identify identify = {.fd = open("/dev/null", O_RDWR)};

    (void)state;
    EXPECT(call(HOLDFAST_CALL_IDENTIFY, &identify), CALL_OK, "no disk");
    EXPECT(fcntl(identify.fd, F_GETFD), 0, "no disk is left as it was");
    fake_kernel.answers_fstat = fake_kernel.answers_ioctl = true;
    fake_kernel.mode = S_IFCHR;
    fake_kernel.device = makedev(21, 1);
    EXPECT(call(HOLDFAST_CALL_IDENTIFY, &identify), CALL_OK, "sg1");
    EXPECT(identify.is_generic, 1, "sg1");
    EXPECT(fcntl(identify.fd, F_GETFD), FD_CLOEXEC, "sg1");
    close(identify.fd);
}

static void execute_packs_command_and_answer(void **state)
{
    uint8_t data[24] = {0};
    struct holdfast_execute execute = {
        .fd = 5,
        .is_generic = 1,
        .timeout_ms = 12345,
        .data = (uintptr_t)data,
        .transfer_length = sizeof(data),
        .direction = SCSI_DATA_OUT,
        .cdb_length = 10,
        .cdb = {0x5f, 6, 0, 0, 0, 0, 0, 0, 24, 0},
        .error = -1,
        .os_error = -1,
    };

    (void)state;
    fake_kernel.answers_ioctl = true;
    fake_kernel.status = 0x02;
    fake_kernel.host_status = 0x07;
    fake_kernel.driver_status = 0x08;
    fake_kernel.resid = 4;
    fake_kernel.sense_length = 252;
    memset(fake_kernel.sense, 0xab, sizeof(fake_kernel.sense));
    EXPECT(call(HOLDFAST_CALL_EXECUTE, &execute), CALL_OK, "PR OUT");
    EXPECT(fake_kernel.fd, 5, "in");
    EXPECT(sigismember(&fake_kernel.blocked, SIGUSR1), 1, "in: a generic node");
    EXPECT(fake_kernel.header.timeout, 12345, "in");
    EXPECT(fake_kernel.header.dxferp == data, true, "in");
    EXPECT(fake_kernel.header.dxfer_len, 24, "in");
    EXPECT(fake_kernel.header.dxfer_direction, SG_DXFER_TO_DEV, "in");
    EXPECT(fake_kernel.header.cmd_len, 10, "in");
    EXPECT_BYTES(fake_kernel.cdb, execute.cdb, 10, "in");
    EXPECT(execute.error, SCSI_SENT, "out");
    EXPECT(execute.os_error, 0, "out");
    EXPECT(execute.status, 0x02, "out");
    EXPECT(execute.host_status, 0x07, "out");
    EXPECT(execute.driver_status, 0x08, "out");
    EXPECT(execute.transferred, 20, "out");
    EXPECT(execute.sense_length, 252, "out");
    EXPECT_BYTES(execute.sense, fake_kernel.sense, 252, "out");
}

/* The call made sense; that the command did not go out is its answer. */
static void execute_reports_what_was_not_sent(void **state)
{
    struct holdfast_execute execute = {.cdb_length = 6, .status = 99, .sense_length = 99};

    (void)state;
    execute.fd = open("/dev/null", O_RDWR);
    EXPECT(call(HOLDFAST_CALL_EXECUTE, &execute), CALL_OK, "/dev/null");
    EXPECT(execute.error, SCSI_NOT_SUPPORTED, "/dev/null");
    EXPECT(execute.os_error, ENOTTY, "/dev/null");
    EXPECT(execute.status, 0, "/dev/null");
    EXPECT(execute.sense_length, 0, "/dev/null");
    close(execute.fd);
}

/* All lengths are hostile until checked: nothing is sent. */
static void execute_refuses_what_no_command_has(void **state)
{
    static const struct {
        uint8_t cdb_length, direction;
        bool accepted;
    } rows[] = {
        {6, SCSI_NO_DATA, true},    {16, SCSI_DATA_OUT, true},     {17, SCSI_NO_DATA, false},
        {255, SCSI_NO_DATA, false}, {6, SCSI_DATA_OUT + 1, false}, {6, 255, false},
        {255, 255, false},
    };

    (void)state;
    fake_kernel.answers_ioctl = true;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct holdfast_execute execute = {
            .fd = 3, .cdb_length = rows[i].cdb_length, .direction = rows[i].direction};

        fake_kernel.calls = 0;
        EXPECT(call(HOLDFAST_CALL_EXECUTE, &execute),
               rows[i].accepted ? CALL_OK : CALL_INVALID_PARAMETER, "CDB of %u, direction %u",
               rows[i].cdb_length, rows[i].direction);
        EXPECT(fake_kernel.calls, rows[i].accepted, "CDB of %u, direction %u", rows[i].cdb_length,
               rows[i].direction);
    }
}

static void reset_packs_level_and_answer(void **state)
{
    static const int arguments[] = {0x101, 0x104, 0x102};

    (void)state;
    fake_kernel.answers_ioctl = true;
    for (uint32_t level = 0; level <= SCSI_RESET_BUS; level++) {
        struct holdfast_reset reset = {.fd = 7, .level = level, .os_error = -1, .error = -1};

        fake_kernel.error = 0;
        EXPECT(call(HOLDFAST_CALL_RESET, &reset), CALL_OK, "level %u", level);
        EXPECT(fake_kernel.fd, 7, "level %u", level);
        EXPECT(fake_kernel.reset_level, arguments[level], "level %u", level);
        EXPECT(reset.error, SCSI_SENT, "level %u", level);
        EXPECT(reset.os_error, 0, "level %u", level);
        fake_kernel.error = EPERM;
        EXPECT(call(HOLDFAST_CALL_RESET, &reset), CALL_OK, "level %u", level);
        EXPECT(reset.error, SCSI_NOT_PERMITTED, "level %u", level);
        EXPECT(reset.os_error, EPERM, "level %u", level);
    }
}

static void reset_refuses_a_level_that_does_not_exist(void **state)
{
    static const uint32_t levels[] = {3, 4, 0x100, 0x101, 0xffffffff};

    (void)state;
    fake_kernel.answers_ioctl = true;
    for (size_t i = 0; i < COUNT(levels); i++) {
        struct holdfast_reset reset = {.fd = 3, .level = levels[i]};

        EXPECT(call(HOLDFAST_CALL_RESET, &reset), CALL_INVALID_PARAMETER, "level %u", levels[i]);
    }
    EXPECT(fake_kernel.calls, 0, "nothing is reset");
}

static void close_closes(void **state)
{
    struct holdfast_close arguments = {open("/dev/null", O_RDONLY)};

    (void)state;
    EXPECT(call(HOLDFAST_CALL_CLOSE, &arguments), CALL_OK, "open");
    EXPECT(fcntl(arguments.fd, F_GETFD), -1, "open");
    EXPECT(call(HOLDFAST_CALL_CLOSE, &arguments), CALL_INVALID_PARAMETER, "closed already");
    arguments.fd = -1;
    EXPECT(call(HOLDFAST_CALL_CLOSE, &arguments), CALL_INVALID_PARAMETER, "-1");
}

static void open_opens_and_reports(void **state)
{
    struct holdfast_open arguments = {.access = 3, .fd = -1, .path = "/dev/null"};

    (void)state;
    arguments.os_error = arguments.error = -1;
    EXPECT(call(HOLDFAST_CALL_OPEN, &arguments), CALL_OK, "/dev/null");
    EXPECT(fcntl(arguments.fd, F_GETFL) & O_ACCMODE, O_RDWR, "/dev/null");
    EXPECT(arguments.error, SCSI_SENT, "/dev/null");
    EXPECT(arguments.os_error, 0, "/dev/null");
    close(arguments.fd);
    strcpy(arguments.path, "/dev/null/sda");
    EXPECT(call(HOLDFAST_CALL_OPEN, &arguments), CALL_OK, "no such path");
    EXPECT(arguments.fd, -1, "no such path");
    EXPECT(arguments.error, SCSI_DEVICE_GONE, "no such path");
    EXPECT(arguments.os_error, ENOTDIR, "no such path");
}

/* All lengths are hostile until checked. */
static void open_refuses_a_path_without_end(void **state)
{
    struct holdfast_open arguments = {.access = 1, .fd = 77};

    (void)state;
    memset(arguments.path, '/', sizeof(arguments.path));
    EXPECT(call(HOLDFAST_CALL_OPEN, &arguments), CALL_INVALID_PARAMETER, "no end");
    EXPECT(arguments.fd, 77, "no end");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(the_calls_have_these_numbers, clear),
        cmocka_unit_test_setup(both_bitnesses_use_the_same_functions, clear),
        cmocka_unit_test_setup(hello_tells_the_version, clear),
        cmocka_unit_test_setup(identify_hands_over_the_identity, clear),
        cmocka_unit_test_setup(identify_keeps_a_disk_from_started_programs, clear),
        cmocka_unit_test_setup(execute_packs_command_and_answer, clear),
        cmocka_unit_test_setup(execute_reports_what_was_not_sent, clear),
        cmocka_unit_test_setup(execute_refuses_what_no_command_has, clear),
        cmocka_unit_test_setup(reset_packs_level_and_answer, clear),
        cmocka_unit_test_setup(reset_refuses_a_level_that_does_not_exist, clear),
        cmocka_unit_test_setup(close_closes, clear),
        cmocka_unit_test_setup(open_opens_and_reports, clear),
        cmocka_unit_test_setup(open_refuses_a_path_without_end, clear),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
