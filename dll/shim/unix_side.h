/* holdfast.so, seen from the PE side. */
#ifndef HOLDFAST_SHIM_UNIX_SIDE_H
#define HOLDFAST_SHIM_UNIX_SIDE_H

#include "../scsi/transport.h"
#include <stdbool.h>
#include <windows.h>

/* Loads the Unix side of `module` through Wine's own loader, Wine being of this version. Returns
 * what unix_side_status does. Called once, from side.c. */
int32_t unix_side_load(void *module, const char *wine_version);

/* 0 where it serves, else the NTSTATUS of what went wrong. */
int32_t unix_side_status(void);

/* What is wrong and what to do about it. */
const char *unix_side_problem(void);

/* A duplicate of the Linux file descriptor behind `handle`, to be closed with unix_side_close.
 * `access` is FILE_READ_DATA | FILE_WRITE_DATA as wanted; `options` gets the FILE_SYNCHRONOUS_IO_
 * bits. Returns Wine's NTSTATUS: STATUS_ACCESS_DENIED where the handle grants less, others where
 * there is no descriptor at all. */
int32_t unix_side_handle_to_fd(HANDLE handle, uint32_t access, int *fd, unsigned int *options);
void unix_side_close(int fd);

struct unix_side_identity {
    bool is_scsi_disk;
    bool is_generic; /* by its /dev/sgN */
    uint32_t device_major;
    uint32_t device_minor;
    uint32_t sector_size;  /* bytes; 0 where reads and writes are not the disk's */
    uint64_t first_sector; /* of a partition, in units of 512 bytes */
    uint64_t node;
};

/* Opens the node at `path`, UTF-8, for `access` as above. Returns a descriptor to be closed with
 * unix_side_close, or -1 with *error, an enum scsi_transport_error, and *os_error. */
int unix_side_open(const char *path, uint32_t access, int *error, int32_t *os_error);

/* A disk is set to direct I/O by this: it is how its handle is used from now on. */
struct unix_side_identity unix_side_identify(int fd);

/* Fills in what the node behind disk->fd is. False for what is no SCSI disk. */
struct disk;
bool unix_disk_identify(struct disk *disk);

/* Commands and resets through SG_IO; the disk handle is a `struct disk *`. */
extern const struct scsi_transport unix_side_transport;

/* The file of the trace, dll/unix/trace_log.h: 0 or an error. */
int unix_side_trace_open(const char *path, uint64_t limit, uint32_t keep);
void unix_side_trace_write(const char *text, uint32_t length);

#endif
