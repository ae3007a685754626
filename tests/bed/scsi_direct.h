/* Linux' own way to a disk, beside Wine and beside Holdfast: SG_IO, once, no judgement. The tests
 * bring the disk into a state with it, and look for unit attentions. */
#ifndef TESTS_BED_SCSI_DIRECT_H
#define TESTS_BED_SCSI_DIRECT_H

#include <stdbool.h>
#include <stdint.h>

struct scsi_direct {
    int error; /* errno of the ioctl; all else is 0 where it is not 0 */
    uint8_t status;
    uint16_t host_status;
    uint8_t key, asc, ascq; /* of the sense data, where there are any */
    uint32_t transferred;   /* bytes */
};

/* SPC-4 operation codes. */
enum {
    DIRECT_TEST_UNIT_READY = 0x00,
    DIRECT_RESERVE = 0x16,
    DIRECT_RELEASE = 0x17,
};

bool scsi_direct_is_good(const struct scsi_direct *result);

/* A six-byte command without data. */
struct scsi_direct scsi_direct_plain(int fd, uint8_t opcode);

/* `data` holds `allocation_length` bytes. */
struct scsi_direct scsi_direct_pr_in(int fd, uint8_t service_action, void *data,
                                     uint16_t allocation_length);

struct scsi_direct scsi_direct_pr_out(int fd, uint8_t service_action, uint8_t type, uint64_t key,
                                      uint64_t service_action_key);

/* The same for a disk that may take long. */
struct scsi_direct scsi_direct_pr_out_within(int fd, uint32_t timeout_ms, uint8_t service_action,
                                             uint8_t type, uint64_t key,
                                             uint64_t service_action_key);

/* READ(10) and WRITE(10) of `count` sectors of 512 bytes (SBC-3 5.11, 5.32), past every cache. */
enum { DIRECT_SECTOR = 512 };
struct scsi_direct scsi_direct_read(int fd, uint32_t sector, uint16_t count, void *data);
struct scsi_direct scsi_direct_write(int fd, uint32_t sector, uint16_t count, const void *data);

/* Takes every unit attention that waits for this initiator; returns how many there were. */
int scsi_direct_take_unit_attentions(int fd);

#endif
