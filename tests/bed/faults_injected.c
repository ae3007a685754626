/* Statuses, sense data and host codes that scsi_debug injects, from Linux 6.12 on (machine --kernel
 * qemu). Sources: semantics 2 and 3; windows-behaviour 3, 4.2 to 4.4. What is Linux' own doing is
 * said in the row or above it: scsi_error.c's scsi_decide_disposition sends some again by itself.
 *
 * scsi_debug knows no persistent reservations: where a fault on a PR command passes, the disk's own
 * 5/20/00 (STATUS_INVALID_DEVICE_REQUEST) shows that the next attempt reached it. */
#include "fault.h"
#include "plain_disk.h"
#include "suites.h"
#include "sysfs.h"
#include "windows_request.h"
#include <stdio.h>
#include <string.h>

/* The file that takes injections for the plain disk, in `path`; false where there is none. */
static bool find_injector(const struct bed *bed, char path[SYSFS_PATH_MAX])
{
    char address[SCSI_ADDRESS_MAX];

    sysfs_scsi_address(bed->plain_path, address);
    snprintf(path, SYSFS_PATH_MAX, "/sys/kernel/debug/scsi_debug/%s/error", address);
    return sysfs_is_there(path);
}

/* `how` has an injection per line, as Linux' scsi_debug takes them (sdebug_error_write):
 *     2 COUNT OPCODE HOST DRIVER STATUS KEY ASC ASCQ
 *     0 COUNT OPCODE         no answer
 * COUNT is negative for that many commands, positive for all. */
static void inject(const struct bed *bed, const char *how)
{
    char path[SYSFS_PATH_MAX], line[64];

    assert_true(find_injector(bed, path));
    for (; *how; how += strcspn(how, "\n"), how += *how == '\n') {
        snprintf(line, sizeof(line), "%.*s", (int)strcspn(how, "\n"), how);
        sysfs_write(path, line);
    }
}

/* The injection's third word. */
static const char *opcode_of(const char *injection)
{
    for (int i = 0; i < 2; i++) {
        injection += strcspn(injection, " ");
        injection += strspn(injection, " ");
    }
    return injection;
}

/* "- TYPE OPCODE" takes one back. */
static void take_back(const struct bed *bed, const char *how)
{
    char path[SYSFS_PATH_MAX], line[64];

    assert_true(find_injector(bed, path));
    for (; *how; how += strcspn(how, "\n"), how += *how == '\n') {
        const char *opcode = opcode_of(how);

        snprintf(line, sizeof(line), "- %c %.*s", *how, (int)strcspn(opcode, " \n"), opcode);
        sysfs_write(path, line);
    }
}

static const struct fault_maker injector = {inject, NULL, take_back, FAULT_RESERVE};

#define SUCCESS           "STATUS_SUCCESS", 0
#define BUSY              "STATUS_DEVICE_BUSY", 170
#define NOT_READY         "STATUS_DEVICE_NOT_READY", 21
#define IO_ERROR          "STATUS_IO_DEVICE_ERROR", 1117
#define NO_SUCH_REQUEST   "STATUS_INVALID_DEVICE_REQUEST", 1
#define IO_TIMEOUT        "STATUS_IO_TIMEOUT", 121
#define NO_SUCH_DEVICE    "STATUS_NO_SUCH_DEVICE", 433
#define DATA_ERROR        "STATUS_DEVICE_DATA_ERROR", 23
#define HARDWARE_ERROR    "STATUS_DEVICE_HARDWARE_ERROR", 483
#define OVERRUN           "STATUS_DATA_OVERRUN", 1117
#define INVALID_ALIGNMENT "STATUS_INVALID_OFFSET_ALIGNMENT", 327

/* On /dev/sdX. */
static const struct fault disk_faults[] = {
    /* Status 0x18: never tried again, whatever the command. */
    {"conflict", "2 -1 0x5e 0 0 0x18 0 0 0", FAULT_READ_KEYS, {BUSY, 1, 10}},
    {"conflict", "2 -1 0x5f 0 0 0x18 0 0 0", FAULT_REGISTER, {BUSY, 1, 10}},
    {"conflict", "2 -1 0x16 0 0 0x18 0 0 0", FAULT_RESERVE, {BUSY, 1, 10}},
    {"conflict", "2 -1 0x17 0 0 0x18 0 0 0", FAULT_RELEASE, {BUSY, 1, 10}},
    /* Linux itself sends these again (ADD_TO_MLQUEUE), so once is not seen above it. */
    {"BUSY once", "2 -1 0x16 0 0 0x08 0 0 0", FAULT_RESERVE, {SUCCESS, 1, 10}},
    {"TASK SET FULL once", "2 -1 0x17 0 0 0x28 0 0 0", FAULT_RELEASE, {SUCCESS, 1, 10}},
    {"2/04/01 once", "2 -1 0x16 0 0 2 2 0x04 0x01", FAULT_RESERVE, {SUCCESS, 2, 40}},
    {"2/04/01 for ever", "2 1 0x5e 0 0 2 2 0x04 0x01", FAULT_READ_KEYS, {NOT_READY, 5, 95}},
    {"2/04/03",
     "2 -1 0x17 0 0 2 2 0x04 0x03",
     FAULT_RELEASE,
     {"STATUS_NO_MEDIA_IN_DEVICE", 21, 1, 10}},
    /* Unit attentions are tried again at once. */
    {"6/29/00 once", "2 -1 0x16 0 0 2 6 0x29 0x00", FAULT_RESERVE, {SUCCESS, 2, 10}},
    {"6/2a/03 once", "2 -1 0x17 0 0 2 6 0x2a 0x03", FAULT_RELEASE, {SUCCESS, 2, 10}},
    {"6/2a/05 once", "2 -1 0x5e 0 0 2 6 0x2a 0x05", FAULT_READ_KEYS, {NO_SUCH_REQUEST, 2, 10}},
    {"6/2a/03 once", "2 -1 0x5f 0 0 2 6 0x2a 0x03", FAULT_REGISTER, {NO_SUCH_REQUEST, 2, 10}},
    {"6/2a/05 four times", "2 -4 0x16 0 0 2 6 0x2a 0x05", FAULT_RESERVE, {SUCCESS, 5, 10}},
    {"6/29/00 for ever", "2 1 0x5f 0 0 2 6 0x29 0x00", FAULT_REGISTER, {IO_ERROR, 5, 10}},
    {"6/2a/03 for ever", "2 1 0x5e 0 0 2 6 0x2a 0x03", FAULT_READ_KEYS, {IO_ERROR, 5, 10}},
    {"6/2a/05 for ever", "2 1 0x16 0 0 2 6 0x2a 0x05", FAULT_RESERVE, {IO_ERROR, 5, 10}},
    /* The device's last word. */
    {"5/20/00", "2 1 0x5f 0 0 2 5 0x20 0x00", FAULT_REGISTER, {NO_SUCH_REQUEST, 1, 10}},
    {"5/24/00", "2 1 0x5e 0 0 2 5 0x24 0x00", FAULT_READ_KEYS, {NO_SUCH_REQUEST, 1, 10}},
    {"5/25/00", "2 1 0x5e 0 0 2 5 0x25 0x00", FAULT_READ_KEYS, {NO_SUCH_DEVICE, 1, 10}},
    {"5/26/04", "2 1 0x5f 0 0 2 5 0x26 0x04", FAULT_REGISTER, {INVALID_ALIGNMENT, 1, 10}},
    {"5/1a/00", "2 1 0x5f 0 0 2 5 0x1a 0x00", FAULT_REGISTER, {OVERRUN, 1, 10}},
    {"3/11/00", "2 1 0x5e 0 0 2 3 0x11 0x00", FAULT_READ_KEYS, {DATA_ERROR, 1, 10}},
    {"3/11/00", "2 1 0x16 0 0 2 3 0x11 0x00", FAULT_RESERVE, {DATA_ERROR, 1, 10}},
    {"4/44/00", "2 1 0x5f 0 0 2 4 0x44 0x00", FAULT_REGISTER, {HARDWARE_ERROR, 1, 10}},
    {"4/44/00", "2 1 0x17 0 0 2 4 0x44 0x00", FAULT_RELEASE, {HARDWARE_ERROR, 1, 10}},
    {"7/27/00", "2 1 0x5f 0 0 2 7 0x27 0x00", FAULT_REGISTER, {IO_ERROR, 1, 10}},
    {"1/17/01", "2 1 0x16 0 0 2 1 0x17 0x01", FAULT_RESERVE, {SUCCESS, 1, 10}},
    {"b/47/03 once", "2 -1 0x17 0 0 2 0xb 0x47 0x03", FAULT_RELEASE, {SUCCESS, 2, 20}},
    {"b/47/03 for ever", "2 1 0x5f 0 0 2 0xb 0x47 0x03", FAULT_REGISTER, {IO_ERROR, 5, 40}},
    {"b/4b/00 for ever", "2 1 0x5e 0 0 2 0xb 0x4b 0x00", FAULT_READ_KEYS, {IO_ERROR, 5, 40}},
    {"0/00/00", "2 1 0x5f 0 0 2 0 0 0", FAULT_REGISTER, {IO_ERROR, 5, 30}},
};

/* On /dev/sgN. scsi_debug leaves NO SENSE (70 00 .. 00) beside every injection, and valid sense
 * data decide (semantics 2, windows-behaviour 4.1): STATUS_IO_DEVICE_ERROR after five attempts. The
 * codes 3, 10h and 11h go through Linux' error handling, which drops the sense data; there the code
 * itself decides. For DID_NO_CONNECT and DID_TRANSPORT_DISRUPTED without sense data see
 * faults_iscsi.c and faults_loop.c. */
static const struct fault sg_faults[] = {
    {"BUSY for ever", "2 1 0x16 0 0 0x08 0 0 0", FAULT_RESERVE, {IO_ERROR, 5, 80}},
    {"TASK SET FULL for ever", "2 1 0x5e 0 0 0x28 0 0 0", FAULT_READ_KEYS, {IO_ERROR, 5, 80}},
    {"ACA ACTIVE", "2 1 0x5f 0 0 0x30 0 0 0", FAULT_REGISTER, {IO_ERROR, 5, 30}},
    {"TASK ABORTED", "2 1 0x17 0 0 0x40 0 0 0", FAULT_RELEASE, {IO_ERROR, 5, 30}},
    {"DID_NO_CONNECT", "2 1 0x5e 1 0 0 0 0 0", FAULT_READ_KEYS, {IO_ERROR, 5, 30}},
    {"DID_NO_CONNECT", "2 1 0x16 1 0 0 0 0 0", FAULT_RESERVE, {IO_ERROR, 5, 30}},
    {"DID_BUS_BUSY", "2 1 0x5f 2 0 0 0 0 0", FAULT_REGISTER, {IO_ERROR, 5, 30}},
    {"DID_BUS_BUSY once", "2 -1 0x16 2 0 0 0 0 0", FAULT_RESERVE, {SUCCESS, 2, 20}},
    {"DID_TIME_OUT", "2 1 0x5e 3 0 0 0 0 0", FAULT_READ_KEYS, {IO_TIMEOUT, 5, 40}},
    {"DID_TIME_OUT once", "2 -1 0x17 3 0 0 0 0 0", FAULT_RELEASE, {SUCCESS, 2, 20}},
    {"DID_BAD_TARGET", "2 1 0x5f 4 0 0 0 0 0", FAULT_REGISTER, {IO_ERROR, 5, 30}},
    {"DID_ABORT", "2 1 0x5f 5 0 0 0 0 0", FAULT_REGISTER, {IO_ERROR, 5, 30}},
    {"DID_PARITY", "2 1 0x16 6 0 0 0 0 0", FAULT_RESERVE, {IO_ERROR, 5, 40}},
    {"DID_ERROR", "2 1 0x5e 7 0 0 0 0 0", FAULT_READ_KEYS, {IO_ERROR, 5, 30}},
    {"DID_ERROR once", "2 -1 0x16 7 0 0 0 0 0", FAULT_RESERVE, {SUCCESS, 2, 20}},
    /* Sent again by Linux until the attempt's time is up. */
    {"DID_RESET", "2 1 0x17 8 0 0 0 0 0", FAULT_RELEASE, {IO_ERROR, 5, 80}},
    {"DID_SOFT_ERROR", "2 1 0x5f 0xb 0 0 0 0 0", FAULT_REGISTER, {IO_ERROR, 5, 30}},
    {"DID_SOFT_ERROR once", "2 -1 0x17 0xb 0 0 0 0 0", FAULT_RELEASE, {SUCCESS, 2, 20}},
    /* Linux sends these two again itself. */
    {"DID_IMM_RETRY once", "2 -1 0x16 0xc 0 0 0 0 0", FAULT_RESERVE, {SUCCESS, 1, 10}},
    {"DID_REQUEUE once", "2 -1 0x16 0xd 0 0 0 0 0", FAULT_RESERVE, {SUCCESS, 1, 10}},
    {"DID_TRANSPORT_DISRUPTED", "2 1 0x5e 0xe 0 0 0 0 0", FAULT_READ_KEYS, {IO_ERROR, 5, 40}},
    {"DID_TRANSPORT_DISRUPTED once", "2 -1 0x16 0xe 0 0 0 0 0", FAULT_RESERVE, {SUCCESS, 2, 20}},
    {"DID_TRANSPORT_FAILFAST", "2 1 0x5f 0xf 0 0 0 0 0", FAULT_REGISTER, {IO_ERROR, 5, 30}},
    {"DID_TARGET_FAILURE", "2 1 0x5e 0x10 0 0 0 0 0", FAULT_READ_KEYS, {NO_SUCH_DEVICE, 1, 10}},
    {"DID_NEXUS_FAILURE", "2 1 0x5f 0x11 0 0 0 0 0", FAULT_REGISTER, {BUSY, 1, 10}},
    {"DID_MEDIUM_ERROR", "2 1 0x17 0x13 0 0 0 0 0", FAULT_RELEASE, {IO_ERROR, 5, 30}},
    {"DID_TRANSPORT_MARGINAL", "2 1 0x16 0x14 0 0 0 0 0", FAULT_RESERVE, {IO_ERROR, 5, 40}},
    {"no answer once", "0 -1 0x16", FAULT_RESERVE, {SUCCESS, 2, 40}},
    {"no answer once", "0 -1 0x5f", FAULT_REGISTER, {NO_SUCH_REQUEST, 2, 40}},
    {"no answer, ever", "0 1 0x5e", FAULT_READ_KEYS, {IO_TIMEOUT, 5, 80}},
};

/* A disk that refuses RESERVE(6) gets RESERVE(10), from then on at once (semantics 3). So each of
 * these tables wants an agent of its own. */
static const struct fault fallback_faults[] = {
    {"RESERVE(6) 5/20/00", "2 1 0x16 0 0 2 5 0x20 0", FAULT_RESERVE, {SUCCESS, 2, 20}},
    {"RELEASE(6) never again", "2 1 0x17 0 0 2 4 0x44 0", FAULT_RELEASE, {SUCCESS, 1, 10}},
    {"RESERVE(10) conflict", "2 1 0x56 0 0 0x18 0 0 0", FAULT_RESERVE, {BUSY, 1, 10}},
    {"RELEASE(10) 6/29/00 once", "2 -1 0x57 0 0 2 6 0x29 0", FAULT_RELEASE, {SUCCESS, 2, 10}},
    {"RELEASE(10) 4/44/00", "2 1 0x57 0 0 2 4 0x44 0", FAULT_RELEASE, {HARDWARE_ERROR, 1, 10}},
    {"RESERVE(10) 5/20/00", "2 1 0x56 0 0 2 5 0x20 0", FAULT_RESERVE, {NO_SUCH_REQUEST, 1, 10}},
};
static const struct fault slow_fallback_faults[] = {
    {"both 5/24/00",
     "2 1 0x17 0 0 2 5 0x24 0\n2 1 0x57 0 0 2 5 0x24 0",
     FAULT_RELEASE,
     {NO_SUCH_REQUEST, 2, 30}},
};

static void try_all(void **state, const char *drive, const struct fault *faults, size_t count)
{
    struct bed *bed = *state;
    char path[SYSFS_PATH_MAX];
    struct fault_stand *stand;

    need_plain_disk(bed);
    if (!find_injector(bed, path)) {
        print_message("skipped: this kernel's scsi_debug injects nothing; run machine --kernel "
                      "qemu\n");
        skip();
    }
    stand = fault_begin_stand(bed, "injected", drive);
    fault_try(stand, &injector, faults, count);
    fault_end_stand(stand);
}

#define COUNT(faults) (sizeof(faults) / sizeof((faults)[0]))

static void on_the_disk(void **state)
{
    try_all(state, PLAIN_DISK, disk_faults, COUNT(disk_faults));
}

static void on_the_sg_node(void **state)
{
    try_all(state, PLAIN_SG, sg_faults, COUNT(sg_faults));
}

static void six_byte_forms_refused(void **state)
{
    try_all(state, PLAIN_DISK, fallback_faults, COUNT(fallback_faults));
}

static void both_forms_refused(void **state)
{
    try_all(state, PLAIN_DISK, slow_fallback_faults, COUNT(slow_fallback_faults));
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(on_the_disk),
    cmocka_unit_test(on_the_sg_node),
    cmocka_unit_test(six_byte_forms_refused),
    cmocka_unit_test(both_forms_refused),
};

const struct suite faults_injected = SUITE("faults_injected", tests);
