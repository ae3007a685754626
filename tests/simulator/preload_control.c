/* ioctl and fcntl on a node: SG_IO as drivers/scsi/scsi_ioctl.c answers it, resets, sizes,
 * O_DIRECT. */
#include "folder.h"
#include "real.h"

#include <errno.h>
#include <linux/fs.h>
#include <scsi/sg.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/uio.h>

#define EXPORT __attribute__((visibility("default")))

enum {
    CDB_MIN = 6,
    CDB_MAX = 32,
    TRANSFER_MAX = 4 * 1024 * 1024,
    DRIVER_SENSE = 0x08, /* Linux' driver_status of a CHECK CONDITION */
    INFO_CHECK = 0x01,
    /* The kernel's include/scsi/sg.h; the C library's stops at 3. */
    RESET_NOTHING = 0,
    RESET_DEVICE = 1,
    RESET_BUS = 2,
    RESET_TARGET = 4,
    RESET_NO_ESCALATE = 0x100,
};

/* The kernel says EFAULT to a bad address, where memcpy would be a signal. */
static bool copy(bool from_caller, void *ours, const void *theirs, size_t length)
{
    const struct iovec here = {ours, length}, there = {(void *)(uintptr_t)theirs, length};
    const long call = from_caller ? SYS_process_vm_readv : SYS_process_vm_writev;

    return length == 0 ||
           syscall(call, (long)getpid(), &here, 1UL, &there, 1UL, 0UL) == (long)length;
}

static int check_header(const sg_io_hdr_t *header)
{
    if (header->interface_id != 'S' || header->iovec_count)
        return EINVAL;
    if (header->cmd_len < CDB_MIN)
        return EMSGSIZE;
    if (header->cmd_len > CDB_MAX)
        return EINVAL;
    if (header->dxfer_len > TRANSFER_MAX)
        return EIO;
    if (header->dxfer_len && header->dxfer_direction != SG_DXFER_TO_DEV &&
        header->dxfer_direction != SG_DXFER_FROM_DEV &&
        header->dxfer_direction != SG_DXFER_TO_FROM_DEV)
        return EINVAL;
    return 0;
}

static int check_right(const struct unit *unit, uint8_t opcode)
{
    static const uint8_t privileged[] = {0x16, 0x17, 0x56, 0x57, 0x5e, 0x5f};

    if (unit->lacks & UNIT_LACKS_DEVICE)
        return ENODEV;
    if (unit->lacks & UNIT_LACKS_PRIVILEGE && memchr(privileged, opcode, sizeof(privileged)))
        return EPERM;
    return 0;
}

static int run(enum folder_node node, const struct unit_command *command,
               struct unit_answer *answer)
{
    struct folder_access access;
    int error;

    folder_lock(node, &access);
    error = check_right(access.unit, command->cdb[0]);
    if (!error)
        *answer = folder_execute(&access, command);
    folder_unlock(&access);
    return error;
}

static int give_back(void *argument, sg_io_hdr_t *header, const struct unit_command *command,
                     const struct unit_answer *answer)
{
    uint8_t sense[UNIT_SENSE];
    uint32_t length = unit_sense_data(&answer->sense, sense);

    if (length > header->mx_sb_len)
        length = header->mx_sb_len;
    if (!header->sbp)
        length = 0;
    header->status = answer->status;
    header->masked_status = (answer->status >> 1) & 0x1f;
    header->msg_status = 0;
    header->host_status = answer->host_status;
    header->driver_status = answer->status == UNIT_CHECK_CONDITION ? DRIVER_SENSE : 0;
    header->info = header->status || header->host_status || header->driver_status ? INFO_CHECK : 0;
    header->resid = (int)(command->length - answer->transferred);
    header->sb_len_wr = (unsigned char)length;
    header->duration = 0;
    if (!copy(false, sense, header->sbp, length) ||
        (!command->is_out && !copy(false, command->data, header->dxferp, answer->transferred)) ||
        !copy(false, header, argument, sizeof(*header)))
        return EFAULT;
    return 0;
}

static int sg_io(enum folder_node node, void *argument)
{
    struct unit_command command = {.medium = &folder_media[node]};
    struct unit_answer answer = {0};
    sg_io_hdr_t header;
    int error = copy(true, &header, argument, sizeof(header)) ? check_header(&header) : EFAULT;

    if (error)
        return error;
    if (!copy(true, command.cdb, header.cmdp,
              header.cmd_len < UNIT_CDB ? header.cmd_len : UNIT_CDB))
        return EFAULT;
    command.length = header.dxfer_len;
    command.is_out = header.dxfer_direction == SG_DXFER_TO_DEV;
    command.data = calloc(1, command.length + 1);
    if (!command.data)
        return ENOMEM;
    if (!copy(true, command.data, header.dxferp, command.length))
        error = EFAULT;
    if (!error)
        error = run(node, &command, &answer);
    if (!error)
        error = give_back(argument, &header, &command, &answer);
    free(command.data);
    return error;
}

static int reset_unit(const struct folder_access *access, int value)
{
    static const int levels[] = {[UNIT_RESET_DEVICE] = RESET_DEVICE,
                                 [UNIT_RESET_TARGET] = RESET_TARGET,
                                 [UNIT_RESET_BUS] = RESET_BUS};
    const uint32_t lacks = access->unit->lacks;

    if (lacks & UNIT_LACKS_DEVICE)
        return ENODEV;
    if (lacks & UNIT_LACKS_PRIVILEGE)
        return EACCES;
    if (lacks & UNIT_LACKS_RESET)
        return EOPNOTSUPP;
    for (unsigned int i = 0; i < sizeof(levels) / sizeof(levels[0]); i++) {
        if ((value & ~RESET_NO_ESCALATE) != levels[i])
            continue;
        unit_reset(access->unit, (enum unit_reset_level)i);
        return 0;
    }
    return (value & ~RESET_NO_ESCALATE) == RESET_NOTHING ? 0 : EINVAL;
}

static int reset(enum folder_node node, void *argument)
{
    struct folder_access access;
    char words[64];
    int value = 0, error;

    if (!copy(true, &value, argument, sizeof(value)))
        return EFAULT;
    folder_lock(node, &access);
    error = reset_unit(&access, value);
    snprintf(words, sizeof(words), "reset %x error=%d", (unsigned int)value, error);
    folder_log(&access, words);
    folder_unlock(&access);
    return error;
}

static int sector_size(enum folder_node node, void *argument)
{
    const int size = UNIT_BLOCK;

    (void)node;
    return copy(false, (void *)(uintptr_t)&size, argument, sizeof(size)) ? 0 : EFAULT;
}

static int disk_size(enum folder_node node, void *argument)
{
    uint64_t size = (uint64_t)FOLDER_BLOCKS * UNIT_BLOCK;

    (void)node;
    return copy(false, &size, argument, sizeof(size)) ? 0 : EFAULT;
}

static int sg_version(enum folder_node node, void *argument)
{
    int version = 30527;

    (void)node;
    return copy(false, &version, argument, sizeof(version)) ? 0 : EFAULT;
}

static int nothing(enum folder_node node, void *argument)
{
    (void)node;
    (void)argument;
    return 0;
}

static const struct {
    unsigned long request;
    int (*serve)(enum folder_node node, void *argument); /* returns an errno */
} requests[] = {
    {SG_IO, sg_io},
    {SG_SCSI_RESET, reset},
    {BLKSSZGET, sector_size},
    {BLKPBSZGET, sector_size},
    {BLKGETSIZE64, disk_size},
    {SG_GET_VERSION_NUM, sg_version},
    {BLKFLSBUF, nothing},
};

static int serve(enum folder_node node, unsigned long request, void *argument)
{
    int error = EINVAL; /* scsi_ioctl's answer to what it does not know, seen on Linux 6.1 */

    for (size_t i = 0; i < sizeof(requests) / sizeof(requests[0]); i++)
        if (requests[i].request == (request & 0xffffffff))
            error = requests[i].serve(node, argument);
    if (!error)
        return 0;
    errno = error;
    return -1;
}

EXPORT int ioctl(int fd, unsigned long request, ...)
{
    enum folder_node node;
    va_list arguments;
    void *argument;

    va_start(arguments, request);
    argument = va_arg(arguments, void *);
    va_end(arguments);
    node = folder_node_of_fd(fd);
    if (node == FOLDER_NO_NODE)
        return (int)syscall(SYS_ioctl, fd, request, argument);
    return serve(node, request, argument);
}

/* O_DIRECT belongs to the open file description, which processes share, so the kernel has to
 * remember it. Not every file system takes the flag for the node's file; all take O_NOATIME from
 * its owner. */
EXPORT int fcntl(int fd, int command, ...)
{
    va_list arguments;
    long argument;
    int result;

    va_start(arguments, command);
    argument = va_arg(arguments, long);
    va_end(arguments);
    if ((command != F_SETFL && command != F_GETFL) || folder_node_of_fd(fd) == FOLDER_NO_NODE)
        return real_fcntl(fd, command, argument);
    if (command == F_SETFL && argument & O_DIRECT)
        argument = (argument & ~(long)O_DIRECT) | O_NOATIME;
    result = real_fcntl(fd, command, argument);
    if (command == F_GETFL && result >= 0 && result & O_NOATIME)
        result = (result & ~O_NOATIME) | O_DIRECT;
    return result;
}

ALSO_NAMED(int, fcntl, fcntl64, (int fd, int command, ...))
