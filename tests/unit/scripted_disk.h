/* A disk that answers from a script, keeps what was sent to it and a log of all that happened in
 * order: "16 wait500 16" is RESERVE(6), half a second, RESERVE(6) again; a reset is "lun", "target"
 * or "bus". Time does not pass. */
#ifndef HOLDFAST_UNIT_SCRIPTED_DISK_H
#define HOLDFAST_UNIT_SCRIPTED_DISK_H

#include "../../dll/reservation/reservation.h"
#include <stddef.h>

enum { SCRIPTED_MAX = 32, SCRIPTED_TIMEOUT_MS = 4321 };

/* One answer: `error` is an enum scsi_transport_error, and where it is not SCSI_SENT the rest is
 * what a transport may leave behind all the same. Sense data is made from the three bytes where
 * `sense_length` is not 0. */
struct scripted_reply {
    int error;
    uint8_t status;
    uint8_t host_status;
    uint8_t sense_length;
    uint8_t key, asc, ascq;
    uint32_t transferred;
};

#define GOOD GOOD_BYTES(0)
#define GOOD_BYTES(bytes)                                  \
    {                                                      \
        .status = SCSI_STATUS_GOOD, .transferred = (bytes) \
    }
#define STATUS(value)     \
    {                     \
        .status = (value) \
    }
#define CONFLICT CONFLICT_BYTES(0)
#define CONFLICT_BYTES(bytes)                                              \
    {                                                                      \
        .status = SCSI_STATUS_RESERVATION_CONFLICT, .transferred = (bytes) \
    }
#define CONFLICT_SENSE(k, a, q) REPLY_(SCSI_STATUS_RESERVATION_CONFLICT, k, a, q, 0)
#define HOST(value)            \
    {                          \
        .host_status = (value) \
    }
#define NOT_SENT(reason)  \
    {                     \
        .error = (reason) \
    }
#define SENSE(k, a, q)              SENSE_BYTES(k, a, q, 0)
#define SENSE_BYTES(k, a, q, bytes) REPLY_(SCSI_STATUS_CHECK_CONDITION, k, a, q, bytes)
#define REPLY_(the_status, k, a, q, bytes)                                               \
    {                                                                                    \
        .status = (the_status), .sense_length = 18, .key = (k), .asc = (a), .ascq = (q), \
        .transferred = (bytes)                                                           \
    }

/* Two members of a row: an array of replies and how many there are. */
#define REPLIES(...) \
    {__VA_ARGS__}, sizeof((struct scripted_reply[]){__VA_ARGS__}) / sizeof(struct scripted_reply)

struct scripted_disk {
    const struct scripted_reply *replies; /* the last one repeats */
    size_t reply_count;
    int reset_errors[SCSI_RESET_BUS + 1]; /* enum scsi_transport_error of each level */
    struct scsi_command commands[SCRIPTED_MAX];
    uint8_t data[SCRIPTED_MAX][SCSI_PR_OUT_PARAMETER_LENGTH]; /* what data-out commands carried */
    uint32_t command_count;
    char log[512];
    _Atomic uint8_t wants_ten_byte;
};

/* The disk as reservation_run takes it. `disk` stays the caller's. */
struct reservation_disk scripted_reservation_disk(struct scripted_disk *disk);

/* Prepares a plan by its action alone, without a request. */
struct reservation_plan scripted_plan(enum reservation_action action);

#endif
