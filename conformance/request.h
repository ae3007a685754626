/* What a node is asked, and what it saw. Plain data without pointers, so that a request can be
 * carried to another machine and its answer back (wire.h). */
#ifndef CONFORMANCE_REQUEST_H
#define CONFORMANCE_REQUEST_H

#include <stdbool.h>
#include <stdint.h>

/* How the handle was opened. The disk is always shared for reading and writing. */
enum handle_access { OPEN_READ_WRITE, OPEN_READ, OPEN_WRITE, OPEN_NOTHING, HANDLE_ACCESSES };

enum {
    REQUEST_INPUT_MAX = 256,
    ANSWER_OUTPUT_MAX = 4096,         /* bytes of output that an answer carries */
    REQUEST_OUTPUT_MAX = 1024 * 1024, /* bytes that a request may offer */
    NULL_BUFFER = 1,                  /* flags: the pointer is NULL, whatever the length */
};

/* One DeviceIoControl. */
struct request {
    uint32_t code;
    uint32_t access;     /* enum handle_access */
    uint32_t overlapped; /* 1: on a handle with FILE_FLAG_OVERLAPPED, with event, waited for */
    uint32_t input_flags, output_flags;
    uint32_t input_length, output_length; /* bytes, as DeviceIoControl is told */
    uint8_t input[REQUEST_INPUT_MAX];
};

/* What *lpBytesReturned, the last error and InternalHigh hold before the call. */
enum { BYTES_SENTINEL = 0x5ca1ab1e, ERROR_SENTINEL = 0x2bad1dea };

struct answer {
    uint32_t returned; /* the BOOL of DeviceIoControl */
    uint32_t error;    /* GetLastError after it; ERROR_SENTINEL where it was left alone */
    int32_t status;    /* NTSTATUS; after TRUE it is STATUS_SUCCESS */
    uint32_t bytes;    /* *lpBytesReturned; BYTES_SENTINEL where it was left alone */
    uint32_t milliseconds;
    /* Of an overlapped request, once it was over. */
    uint32_t signalled;                                /* the event, without waiting for it if the
                                                          request was not pending */
    uint32_t internal, internal_high;                  /* OVERLAPPED's */
    uint32_t final_returned, final_error, final_bytes; /* GetOverlappedResult's, if pending */
    /* The buffers. */
    uint32_t input_changed;   /* 1: a byte of the input was written to */
    uint32_t outside_changed; /* 1: a byte before or behind the output buffer was */
    uint32_t output_changed;  /* bytes of output from the first to the last that was written */
    uint32_t output_kept;     /* bytes below, at most ANSWER_OUTPUT_MAX */
    uint8_t output[ANSWER_OUTPUT_MAX];
};

/* One SCSI command by SCSI pass-through, past the reservation codes. */
enum scsi_direction { SCSI_NO_DATA, SCSI_DATA_IN, SCSI_DATA_OUT };
enum { SCSI_CDB_MAX = 16, SCSI_DATA_MAX = 4096 };

struct scsi_request {
    uint32_t direction; /* enum scsi_direction */
    uint32_t length;    /* bytes of data, at most SCSI_DATA_MAX */
    uint32_t cdb_length;
    uint8_t cdb[SCSI_CDB_MAX];
    uint8_t data[SCSI_DATA_MAX];
};

struct scsi_answer {
    uint32_t returned, error; /* of DeviceIoControl; where that is FALSE nothing else counts */
    uint32_t status;          /* SCSI status byte */
    uint32_t key, asc, ascq;  /* of the sense data; 0 where there are none */
    uint32_t transferred;     /* bytes of data */
    uint8_t data[SCSI_DATA_MAX];
};

/* One ReadFile or WriteFile at a place of the disk, on a handle that is open for both. */
enum raw_action { RAW_READ, RAW_WRITE, RAW_FLUSH };

struct raw_request {
    uint32_t action; /* enum raw_action */
    uint32_t overlapped;
    uint64_t offset; /* bytes */
    uint32_t length; /* bytes, at most SCSI_DATA_MAX */
    uint8_t data[SCSI_DATA_MAX];
};

struct raw_answer {
    uint32_t returned, error;
    uint32_t bytes;
    uint8_t data[SCSI_DATA_MAX];
};

/* ---- Making requests ---- */

/* The parts of IOCTL_STORAGE_PERSISTENT_RESERVE_OUT that a program chooses. */
struct pr_out {
    uint8_t action, type, scope;
    uint64_t key, service_action_key;
    bool aptpl;
};

enum {
    PR_COMMAND_LENGTH = 12,   /* sizeof(PERSISTENT_RESERVE_COMMAND) */
    PR_PARAMETER_OFFSET = 10, /* of PR_OUT.ParameterList in it */
    PR_OUT_LIST_LENGTH = 24,  /* of the parameter list, which is what the disk gets */
    PR_OUT_LENGTH = 36,       /* of a whole IOCTL_STORAGE_PERSISTENT_RESERVE_OUT input */
};

/* On a read-write handle, synchronous; the caller changes what its case is about. */
struct request request_plain(uint32_t code);                              /* no buffers */
struct request request_pr_in(uint8_t action, uint16_t allocation_length); /* as much output */
struct request request_pr_out(const struct pr_out *out);                  /* no output */
struct request request_break(void);

/* Fields of an input that was made by the above. Little endian, as Windows has them. */
void request_set_version(struct request *request, uint32_t version);
void request_set_size(struct request *request, uint32_t size);

/* Commands for SCSI pass-through. */
struct scsi_request scsi_plain(uint8_t opcode); /* six bytes, no data */
struct scsi_request scsi_pr_in(uint8_t action, uint16_t allocation_length);
struct scsi_request scsi_pr_out(const struct pr_out *out);
struct scsi_request scsi_inquiry(uint8_t page, uint8_t length);      /* page 0: standard data */
struct scsi_request scsi_read(uint32_t block, uint32_t block_size);  /* READ(10) of one block */
struct scsi_request scsi_write(uint32_t block, uint32_t block_size); /* the caller fills data */

/* SCSI's byte order. */
uint32_t get_be32(const uint8_t *bytes);
uint64_t get_be64(const uint8_t *bytes);
void put_be16(uint8_t *bytes, uint16_t value);
void put_be32(uint8_t *bytes, uint32_t value);
void put_be64(uint8_t *bytes, uint64_t value);

#endif
