/* The test build of holdfast.so has no SCSI disk behind it but regular files that play one each:
 * the test program writes what the device shall answer into the file and reads back what was sent.
 * Both sides share this layout. */
#ifndef HOLDFAST_TESTS_SCRIPTED_UNIX_H
#define HOLDFAST_TESTS_SCRIPTED_UNIX_H

#include <stdint.h>

#define SCRIPTED_MAGIC      0x66646c48 /* "Hldf" */
#define SCRIPTED_DISKS      4          /* dosdevices/physicaldrive1 and on, made by the runner */
#define SCRIPTED_KINDS      8
#define SCRIPTED_LOG_LENGTH 1024
#define SCRIPTED_RESET_TAG  0xff00 /* plus the level */

/* Commands that were the same to the bit, and how many of them there were. */
struct scripted_kind {
    uint8_t cdb[16];
    uint8_t parameter_list[24];
    uint32_t count;
};

struct scripted_disk {
    /* written by the test */
    uint32_t magic; /* any other file is no disk */
    uint32_t error; /* enum scsi_transport_error that every call ends with */
    uint8_t status;
    uint8_t host_status;
    uint8_t sense_length;
    uint8_t sense[29];
    uint32_t failures; /* so many commands fail as said above, the rest succeed */
    uint32_t transferred;
    uint32_t delay_ms;
    uint32_t held;     /* the device is busy: only its first `admitted` commands come to an end, */
    uint32_t admitted; /* TEST UNIT READY and resets apart; after 10 s it gives up */
    uint8_t data[128]; /* what the device returns, repeated as often as needed */
    /* written by the device */
    uint32_t commands;
    uint32_t resets;
    uint8_t cdb[16];
    uint8_t parameter_list[24];
    uint32_t timeout_ms;
    uint32_t running; /* begun, and not at an end */
    uint32_t most_running;
    uint32_t given_up; /* held for too long: a test that hangs would look like this */
    struct scripted_kind kinds[SCRIPTED_KINDS];
    uint32_t further_kinds; /* commands for which `kinds` had no room */
    uint32_t logged;
    /* In the order of their beginning: the allocation length of a PR IN, the first byte of another
     * command's parameter list, SCRIPTED_RESET_TAG for a reset. */
    uint16_t log[SCRIPTED_LOG_LENGTH];
};

_Static_assert(sizeof(struct scripted_disk) == 2660, "the same on both sides");

#endif
