#include "scsi_direct.h"

#include "big_endian.h"
#include <errno.h>
#include <scsi/sg.h>
#include <string.h>
#include <sys/ioctl.h>

enum { TIMEOUT_MS = 20 * 1000, UNIT_ATTENTION = 6, UNIT_ATTENTIONS_MAX = 10 };

/* Key, ASC and ASCQ of fixed or descriptor sense (SPC-4 4.5). */
static void decode(const uint8_t *sense, unsigned int length, struct scsi_direct *result)
{
    const bool descriptor = (sense[0] & 0x7f) >= 0x72;

    if (length < (descriptor ? 4u : 14u))
        return;
    result->key = sense[descriptor ? 1 : 2] & 0x0f;
    result->asc = sense[descriptor ? 2 : 12];
    result->ascq = sense[descriptor ? 3 : 13];
}

static struct scsi_direct send(int fd, uint32_t timeout_ms, const uint8_t *cdb, uint8_t cdb_length,
                               int direction, void *data, uint32_t length)
{
    uint8_t sense[252] = {0};
    sg_io_hdr_t header = {
        .interface_id = 'S',
        .dxfer_direction = direction,
        .cmd_len = cdb_length,
        .cmdp = (unsigned char *)cdb, /* only read; the kernel's header has no const */
        .mx_sb_len = sizeof(sense),
        .sbp = sense,
        .dxfer_len = length,
        .dxferp = data,
        .timeout = timeout_ms,
    };
    struct scsi_direct result = {0};

    if (ioctl(fd, SG_IO, &header) < 0) {
        result.error = errno;
        return result;
    }
    result.status = header.status;
    result.host_status = header.host_status;
    result.transferred = length - (uint32_t)header.resid;
    decode(sense, header.sb_len_wr, &result);
    return result;
}

bool scsi_direct_is_good(const struct scsi_direct *result)
{
    return result->error == 0 && result->status == 0 && result->host_status == 0;
}

struct scsi_direct scsi_direct_plain(int fd, uint8_t opcode)
{
    uint8_t cdb[6] = {opcode};

    return send(fd, TIMEOUT_MS, cdb, sizeof(cdb), SG_DXFER_NONE, NULL, 0);
}

struct scsi_direct scsi_direct_pr_in(int fd, uint8_t service_action, void *data,
                                     uint16_t allocation_length)
{
    uint8_t cdb[10] = {0x5e, service_action};

    big_endian_write(cdb + 7, 2, allocation_length);
    return send(fd, TIMEOUT_MS, cdb, sizeof(cdb), SG_DXFER_FROM_DEV, data, allocation_length);
}

struct scsi_direct scsi_direct_pr_out(int fd, uint8_t service_action, uint8_t type, uint64_t key,
                                      uint64_t service_action_key)
{
    return scsi_direct_pr_out_within(fd, TIMEOUT_MS, service_action, type, key, service_action_key);
}

struct scsi_direct scsi_direct_pr_out_within(int fd, uint32_t timeout_ms, uint8_t service_action,
                                             uint8_t type, uint64_t key,
                                             uint64_t service_action_key)
{
    uint8_t parameters[24] = {0};
    uint8_t cdb[10] = {0x5f, service_action, type, [8] = sizeof(parameters)};

    big_endian_write(parameters, 8, key);
    big_endian_write(parameters + 8, 8, service_action_key);
    return send(fd, timeout_ms, cdb, sizeof(cdb), SG_DXFER_TO_DEV, parameters, sizeof(parameters));
}

static struct scsi_direct transfer(int fd, uint8_t opcode, int direction, uint32_t sector,
                                   uint16_t count, void *data)
{
    uint8_t cdb[10] = {opcode};

    big_endian_write(cdb + 2, 4, sector);
    big_endian_write(cdb + 7, 2, count);
    return send(fd, TIMEOUT_MS, cdb, sizeof(cdb), direction, data, (uint32_t)count * DIRECT_SECTOR);
}

struct scsi_direct scsi_direct_read(int fd, uint32_t sector, uint16_t count, void *data)
{
    return transfer(fd, 0x28, SG_DXFER_FROM_DEV, sector, count, data);
}

struct scsi_direct scsi_direct_write(int fd, uint32_t sector, uint16_t count, const void *data)
{
    return transfer(fd, 0x2a, SG_DXFER_TO_DEV, sector, count, (void *)data);
}

int scsi_direct_take_unit_attentions(int fd)
{
    int count = 0;

    while (count < UNIT_ATTENTIONS_MAX &&
           scsi_direct_plain(fd, DIRECT_TEST_UNIT_READY).key == UNIT_ATTENTION)
        count++;
    return count;
}
