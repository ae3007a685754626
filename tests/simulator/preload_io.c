/* Reading, writing and flushing a node, as block/fops.c and sd do it. With O_DIRECT a reservation
 * conflict is EBADE at once. Without, the page cache is in between: a write that the disk refuses
 * succeeds and is lost, and fsync says EIO. */
#include "folder.h"
#include "real.h"

#include <errno.h>
#include <limits.h>
#include <string.h>
#include <sys/uio.h>

#define EXPORT __attribute__((visibility("default")))

enum {
    ALIGNMENT = 4, /* of a direct buffer, as sd's hosts have it */
    TRIES = 6,     /* drivers/scsi/sd.h SD_MAX_RETRIES and the first */
    BUSY = 0x08,
    TASK_SET_FULL = 0x28,
    AT_FILE_POINTER = -1,
};

struct transfer {
    enum folder_node node;
    bool is_write, is_direct;
    const struct iovec *pieces;
    int count;
    off_t offset;
};

static ssize_t fail(int error)
{
    errno = error;
    return -1;
}

static bool is_aligned(const struct transfer *transfer)
{
    if (transfer->offset % UNIT_BLOCK)
        return false;
    for (int i = 0; i < transfer->count; i++)
        if (transfer->pieces[i].iov_len % UNIT_BLOCK ||
            (uintptr_t)transfer->pieces[i].iov_base % ALIGNMENT)
            return false;
    return true;
}

/* drivers/scsi/scsi_lib.c scsi_result_to_blk_status and block/blk-core.c blk_errors. */
static int error_of(const struct unit_answer *answer)
{
    if (answer->status == UNIT_GOOD && !answer->host_status)
        return 0;
    if (answer->status == UNIT_CONFLICT)
        return EBADE;
    if (answer->sense.key == 0x03)
        return ENODATA;
    return answer->sense.key == 0x05 ? EREMOTEIO : EIO;
}

static bool is_passing(const struct unit_answer *answer)
{
    return answer->sense.key == 0x06 || answer->status == BUSY || answer->status == TASK_SET_FULL;
}

/* As the kernel asks: again after a unit attention, and while the unit is busy. */
static int ask(const struct folder_access *access, const struct unit_command *command)
{
    struct unit_answer answer;
    int tries = 0;

    if (access->unit->lacks & UNIT_LACKS_DEVICE)
        return ENODEV;
    do
        answer = folder_execute(access, command);
    while (is_passing(&answer) && ++tries < TRIES);
    return error_of(&answer);
}

static void build(struct unit_command *command, bool is_write, off_t offset, size_t length)
{
    const uint64_t first = (uint64_t)offset / UNIT_BLOCK;
    const uint64_t count = ((uint64_t)offset + length + UNIT_BLOCK - 1) / UNIT_BLOCK - first;

    *command = (struct unit_command){.cdb = {is_write ? 0x8a : 0x88}, .is_out = is_write};
    for (unsigned int i = 0; i < 8; i++)
        command->cdb[9 - i] = (uint8_t)(first >> 8 * i);
    for (unsigned int i = 0; i < 4; i++)
        command->cdb[13 - i] = (uint8_t)(count >> 8 * i);
}

static ssize_t move(const struct transfer *transfer, size_t length)
{
    const int fd = folder_medium(transfer->node);
    struct folder_access access;
    struct unit_command command;
    ssize_t moved = -1;
    int error;

    build(&command, transfer->is_write, transfer->offset, length);
    folder_lock(transfer->node, &access);
    error = ask(&access, &command);
    if (error && !transfer->is_direct) {
        *access.lost_writes |= transfer->is_write;
        error = transfer->is_write ? 0 : EIO;
        moved = (ssize_t)length;
    } else if (!error) {
        moved = transfer->is_write
                    ? real_pwritev(fd, transfer->pieces, transfer->count, transfer->offset)
                    : real_preadv(fd, transfer->pieces, transfer->count, transfer->offset);
        error = moved < 0 ? errno : 0;
    }
    folder_unlock(&access);
    return error ? fail(error) : moved;
}

/* The pieces up to length bytes. Returns how many. */
static int cut(const struct transfer *transfer, size_t length, struct iovec *pieces)
{
    int count = 0;

    for (; count < transfer->count && length; count++) {
        pieces[count] = transfer->pieces[count];
        if (pieces[count].iov_len > length)
            pieces[count].iov_len = length;
        length -= pieces[count].iov_len;
    }
    return count;
}

static ssize_t run(const struct transfer *transfer)
{
    struct transfer whole_or_cut = *transfer;
    const off_t end = (off_t)FOLDER_BLOCKS * UNIT_BLOCK;
    struct iovec pieces[IOV_MAX];
    size_t length = 0;

    for (int i = 0; i < transfer->count; i++)
        length += transfer->pieces[i].iov_len;
    if (transfer->offset < 0 || (transfer->is_direct && !is_aligned(transfer)))
        return fail(EINVAL);
    if (length == 0)
        return 0;
    if (transfer->offset >= end)
        return transfer->is_write ? fail(ENOSPC) : 0;
    if (length > (size_t)(end - transfer->offset)) {
        length = (size_t)(end - transfer->offset);
        whole_or_cut.count = cut(transfer, length, pieces);
        whole_or_cut.pieces = pieces;
    }
    return move(&whole_or_cut, length);
}

static ssize_t serve(enum folder_node node, int fd, bool is_write, const struct iovec *pieces,
                     int count, off_t offset)
{
    const int flags = real_fcntl(fd, F_GETFL, 0);
    const bool moves = offset == AT_FILE_POINTER;
    struct transfer transfer = {node, is_write, flags & O_NOATIME, pieces, count, offset};
    ssize_t moved;

    if ((flags & O_ACCMODE) == (is_write ? O_RDONLY : O_WRONLY))
        return fail(EBADF);
    if (count < 0 || count > IOV_MAX)
        return fail(EINVAL);
    if (moves)
        transfer.offset = lseek(fd, 0, SEEK_CUR);
    moved = run(&transfer);
    if (moves && moved > 0)
        lseek(fd, transfer.offset + moved, SEEK_SET);
    return moved;
}

EXPORT ssize_t preadv(int fd, const struct iovec *pieces, int count, off_t offset)
{
    const enum folder_node node = folder_node_of_fd(fd);

    if (node == FOLDER_NO_NODE)
        return real_preadv(fd, pieces, count, offset);
    return offset < 0 ? fail(EINVAL) : serve(node, fd, false, pieces, count, offset);
}

EXPORT ssize_t pwritev(int fd, const struct iovec *pieces, int count, off_t offset)
{
    const enum folder_node node = folder_node_of_fd(fd);

    if (node == FOLDER_NO_NODE)
        return real_pwritev(fd, pieces, count, offset);
    return offset < 0 ? fail(EINVAL) : serve(node, fd, true, pieces, count, offset);
}

EXPORT ssize_t readv(int fd, const struct iovec *pieces, int count)
{
    const enum folder_node node = folder_node_of_fd(fd);

    if (node == FOLDER_NO_NODE)
        return syscall(SYS_readv, fd, pieces, count);
    return serve(node, fd, false, pieces, count, AT_FILE_POINTER);
}

EXPORT ssize_t writev(int fd, const struct iovec *pieces, int count)
{
    const enum folder_node node = folder_node_of_fd(fd);

    if (node == FOLDER_NO_NODE)
        return syscall(SYS_writev, fd, pieces, count);
    return serve(node, fd, true, pieces, count, AT_FILE_POINTER);
}

EXPORT ssize_t read(int fd, void *data, size_t length)
{
    const enum folder_node node = folder_node_of_fd(fd);
    const struct iovec piece = {data, length};

    if (node == FOLDER_NO_NODE)
        return syscall(SYS_read, fd, data, length);
    return serve(node, fd, false, &piece, 1, AT_FILE_POINTER);
}

EXPORT ssize_t write(int fd, const void *data, size_t length)
{
    const enum folder_node node = folder_node_of_fd(fd);
    const struct iovec piece = {(void *)(uintptr_t)data, length};

    if (node == FOLDER_NO_NODE)
        return syscall(SYS_write, fd, data, length);
    return serve(node, fd, true, &piece, 1, AT_FILE_POINTER);
}

EXPORT ssize_t pread(int fd, void *data, size_t length, off_t offset)
{
    const enum folder_node node = folder_node_of_fd(fd);
    const struct iovec piece = {data, length};

    if (node == FOLDER_NO_NODE)
        return real_pread(fd, data, length, offset);
    return offset < 0 ? fail(EINVAL) : serve(node, fd, false, &piece, 1, offset);
}

EXPORT ssize_t pwrite(int fd, const void *data, size_t length, off_t offset)
{
    const enum folder_node node = folder_node_of_fd(fd);
    const struct iovec piece = {(void *)(uintptr_t)data, length};

    if (node == FOLDER_NO_NODE)
        return real_pwrite(fd, data, length, offset);
    return offset < 0 ? fail(EINVAL) : serve(node, fd, true, &piece, 1, offset);
}

static int flush(enum folder_node node)
{
    static const struct unit_command synchronize_cache = {.cdb = {0x35}};
    struct folder_access access;
    int error;

    folder_lock(node, &access);
    error = *access.lost_writes ? EIO : ask(&access, &synchronize_cache);
    *access.lost_writes = 0;
    folder_unlock(&access);
    return error ? (int)fail(error) : 0;
}

EXPORT int fsync(int fd)
{
    const enum folder_node node = folder_node_of_fd(fd);

    return node == FOLDER_NO_NODE ? (int)syscall(SYS_fsync, fd) : flush(node);
}

EXPORT int fdatasync(int fd)
{
    const enum folder_node node = folder_node_of_fd(fd);

    return node == FOLDER_NO_NODE ? (int)syscall(SYS_fdatasync, fd) : flush(node);
}

/* A block device has no length to set. */
EXPORT int ftruncate(int fd, off_t length)
{
    if (folder_node_of_fd(fd) == FOLDER_NO_NODE)
        return real_ftruncate(fd, length);
    return (int)fail(EINVAL);
}

ALSO_NAMED(ssize_t, pread, pread64, (int fd, void *data, size_t length, off64_t offset))
ALSO_NAMED(ssize_t, pwrite, pwrite64, (int fd, const void *data, size_t length, off64_t offset))
ALSO_NAMED(ssize_t, preadv, preadv64,
           (int fd, const struct iovec *pieces, int count, off64_t offset))
ALSO_NAMED(ssize_t, pwritev, pwritev64,
           (int fd, const struct iovec *pieces, int count, off64_t offset))
ALSO_NAMED(int, ftruncate, ftruncate64, (int fd, off64_t length))
