/* The test build of holdfast.so has no SCSI disk behind it but a regular file that plays one: the
 * test program writes what the device shall answer into it and reads back what was sent. Both sides
 * share this layout. */
#ifndef HOLDFAST_TESTS_SCRIPTED_UNIX_H
#define HOLDFAST_TESTS_SCRIPTED_UNIX_H

#include <stdint.h>

#define SCRIPTED_MAGIC 0x66646c48 /* "Hldf" */

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
    uint8_t data[128]; /* what the device returns, repeated as often as needed */
    /* written by the device */
    uint32_t commands;
    uint32_t resets;
    uint8_t cdb[16];
    uint8_t parameter_list[24];
    uint32_t timeout_ms;
};

_Static_assert(sizeof(struct scripted_disk) == 232, "the same on both sides");

#endif
