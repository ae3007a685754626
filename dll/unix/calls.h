/* What holdfast.dll and holdfast.so say to each other. Every member has a fixed width and its own
 * place, so that 32-bit and 64-bit code agree; the assertions below hold on both sides. 64-bit
 * members are aligned as such by name: i386 Linux would not, and i386 Windows does. An address is a
 * uint64_t, whose upper half is zero for a 32-bit program. */
#ifndef HOLDFAST_UNIX_CALLS_H
#define HOLDFAST_UNIX_CALLS_H

#include <stddef.h>
#include <stdint.h>

/* Grows with every change of a structure or of the order of calls. The two sides come from one
 * build; a pair that does not match is refused and never guessed at. */
#define HOLDFAST_CALLS_VERSION 5

enum holdfast_call {
    HOLDFAST_CALL_HELLO,
    HOLDFAST_CALL_IDENTIFY,
    HOLDFAST_CALL_EXECUTE,
    HOLDFAST_CALL_RESET,
    HOLDFAST_CALL_CLOSE,
    HOLDFAST_CALL_OPEN,
    HOLDFAST_CALL_TRACE_OPEN,
    HOLDFAST_CALL_TRACE_WRITE,
    HOLDFAST_CALL_COUNT
};

struct holdfast_hello {
    uint32_t version; /* out: HOLDFAST_CALLS_VERSION of the Unix side */
};

struct holdfast_identify {
    int32_t fd;            /* in */
    uint32_t is_scsi_disk; /* out, as all below; then programs that are started do not get `fd` */
    uint32_t is_generic;   /* a /dev/sgN */
    uint32_t device_major;
    uint32_t device_minor;
    uint32_t sector_size; /* of direct I/O, which is on from now on; 0: there is none */
    _Alignas(8) uint64_t first_sector; /* of a partition, in units of 512 bytes */
    _Alignas(8) uint64_t node;
};

/* struct scsi_command and struct scsi_result in one. */
struct holdfast_execute {
    int32_t fd;                /* in */
    uint32_t timeout_ms;       /* in */
    _Alignas(8) uint64_t data; /* in: address of transfer_length bytes */
    uint32_t transfer_length;  /* in */
    uint8_t direction;         /* in: enum scsi_direction */
    uint8_t cdb_length;        /* in */
    uint8_t cdb[16];           /* in */
    uint8_t is_generic;        /* in: a /dev/sgN */
    uint8_t status;            /* out, as all below */
    uint8_t host_status;
    uint8_t driver_status;
    uint8_t sense_length;
    uint8_t sense[252];
    uint8_t reserved;
    uint32_t transferred;
    int32_t os_error;
    int32_t error; /* enum scsi_transport_error */
};

struct holdfast_reset {
    int32_t fd;       /* in */
    uint32_t level;   /* in: enum scsi_reset_level */
    int32_t os_error; /* out */
    int32_t error;    /* out: enum scsi_transport_error */
};

struct holdfast_close {
    int32_t fd; /* in */
};

#define HOLDFAST_PATH_MAX 1024

struct holdfast_open {
    uint32_t access;              /* in: 1 to read, 2 to write */
    int32_t fd;                   /* out: to be closed with HOLDFAST_CALL_CLOSE; -1: none */
    int32_t os_error;             /* out */
    int32_t error;                /* out: enum scsi_transport_error */
    char path[HOLDFAST_PATH_MAX]; /* in: ends with a 0 */
};

/* The file that the trace goes to, one for each process. */
struct holdfast_trace_open {
    uint64_t limit;               /* in: bytes from which on the file is rotated, 0: never */
    uint32_t keep;                /* in: rotated files */
    int32_t error;                /* out: errno */
    char path[HOLDFAST_PATH_MAX]; /* in: absolute, ends with a 0 */
};

struct holdfast_trace_write {
    uint64_t text;   /* in: address of `length` bytes */
    uint32_t length; /* in */
    int32_t error;   /* out: errno */
};

_Static_assert(sizeof(struct holdfast_hello) == 4, "the same on both sides");
_Static_assert(sizeof(struct holdfast_identify) == 40, "the same on both sides");
_Static_assert(offsetof(struct holdfast_identify, node) == 32, "the same on both sides");
_Static_assert(sizeof(struct holdfast_execute) == 312, "the same on both sides");
_Static_assert(offsetof(struct holdfast_execute, data) == 8, "the same on both sides");
_Static_assert(offsetof(struct holdfast_execute, direction) == 20, "the same on both sides");
_Static_assert(offsetof(struct holdfast_execute, status) == 39, "the same on both sides");
_Static_assert(offsetof(struct holdfast_execute, transferred) == 296, "the same on both sides");
_Static_assert(sizeof(struct holdfast_reset) == 16, "the same on both sides");
_Static_assert(sizeof(struct holdfast_close) == 4, "the same on both sides");
_Static_assert(sizeof(struct holdfast_open) == 16 + HOLDFAST_PATH_MAX, "the same on both sides");
_Static_assert(sizeof(struct holdfast_trace_open) == 1040, "the same on both sides");
_Static_assert(sizeof(struct holdfast_trace_write) == 16, "the same on both sides");

#endif
