#include "guard.h"

#include "compiler.h"
#include "environment.h"
#include "key_mark.h"

#include <inttypes.h>
#include <ntddstor/reservation.h>
#include <stdarg.h>
#include <stdio.h>

/* What a request does, and so whose word it wants. */
enum effect {
    READS,       /* reservations, or what every program may ask a disk */
    RESERVES,    /* changes reservations */
    WRITES_KEYS, /* changes reservations, and carries keys */
    RESETS_BUS,  /* other disks' reservations too */
    /* From here on it is about blocks, of the work area alone. */
    READS_BLOCKS,
    FLUSHES_BLOCKS,
    WRITES_BLOCKS,
};

static const struct {
    uint32_t code;
    enum effect effect;
} codes[] = {
    {IOCTL_STORAGE_PERSISTENT_RESERVE_IN, READS},
    {IOCTL_STORAGE_PERSISTENT_RESERVE_OUT, WRITES_KEYS},
    {DISK_PERSISTENT_RESERVE_IN, WRITES_KEYS},
    {DISK_PERSISTENT_RESERVE_OUT, WRITES_KEYS},
    {IOCTL_STORAGE_RESERVE, RESERVES},
    {IOCTL_STORAGE_RELEASE, RESERVES},
    {IOCTL_DISK_RESERVE, RESERVES},
    {IOCTL_DISK_RELEASE, RESERVES},
    {IOCTL_STORAGE_BREAK_RESERVATION, RESERVES},
    {IOCTL_STORAGE_RESET_DEVICE, RESERVES},
    {OBSOLETE_IOCTL_STORAGE_RESET_DEVICE, RESERVES},
    {IOCTL_STORAGE_RESET_BUS, RESETS_BUS},
    {OBSOLETE_IOCTL_STORAGE_RESET_BUS, RESETS_BUS},
};

/* SPC-4, SBC-3; RESERVE and RELEASE are SPC-2's. `second` are the bits that CDB byte 1 may have:
 * no third party's reservation, no relative address, no other service action. */
static const struct {
    uint8_t opcode, cdb_length, second;
    uint32_t direction;
    enum effect effect;
} commands[] = {
    {0x00, 6, 0x00, SCSI_NO_DATA, READS},           /* TEST UNIT READY */
    {0x03, 6, 0x01, SCSI_DATA_IN, READS},           /* REQUEST SENSE */
    {0x12, 6, 0x01, SCSI_DATA_IN, READS},           /* INQUIRY */
    {0x16, 6, 0x00, SCSI_NO_DATA, RESERVES},        /* RESERVE(6) */
    {0x17, 6, 0x00, SCSI_NO_DATA, RESERVES},        /* RELEASE(6) */
    {0x25, 10, 0x00, SCSI_DATA_IN, READS},          /* READ CAPACITY(10) */
    {0x28, 10, 0x18, SCSI_DATA_IN, READS_BLOCKS},   /* READ(10), with DPO and FUA */
    {0x2a, 10, 0x18, SCSI_DATA_OUT, WRITES_BLOCKS}, /* WRITE(10) */
    {0x35, 10, 0x02, SCSI_NO_DATA, FLUSHES_BLOCKS}, /* SYNCHRONIZE CACHE(10), with IMMED */
    {0x56, 10, 0x00, SCSI_NO_DATA, RESERVES},       /* RESERVE(10) */
    {0x57, 10, 0x00, SCSI_NO_DATA, RESERVES},       /* RELEASE(10) */
    {0x5e, 10, 0x1f, SCSI_DATA_IN, READS},          /* PERSISTENT RESERVE IN */
    {0x5f, 10, 0x07, SCSI_DATA_OUT, WRITES_KEYS},   /* PERSISTENT RESERVE OUT */
    {0x9e, 16, 0x10, SCSI_DATA_IN, READS},          /* READ CAPACITY(16) */
};

enum { OPCODE_READ_CAPACITY_16 = 0x9e, ACTION_READ_CAPACITY_16 = 0x10, OPCODE_PR_OUT = 0x5f };

static bool refuse(char reason[GUARD_REASON_MAX], const char *format, ...) PRINTF_FORMAT(2, 3);

static bool refuse(char reason[GUARD_REASON_MAX], const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(reason, GUARD_REASON_MAX, format, arguments);
    va_end(arguments);
    return false;
}

static bool keys_are_ours(const uint8_t *list, char reason[GUARD_REASON_MAX])
{
    for (int i = 0; i < 2; i++) {
        const uint64_t key = get_be64(list + 8 * i);

        if (key != 0 && !key_is_marked(key))
            return refuse(reason, "key 0x%016" PRIx64 " is not one of the suite's", key);
    }
    return true;
}

/* `list` is what WRITES_KEYS carries. */
static bool consented(const struct guard *guard, enum effect effect, const uint8_t *list,
                      char reason[GUARD_REASON_MAX])
{
    if (effect == READS)
        return true;
    if (effect == WRITES_BLOCKS)
        return guard->data_loss ||
               refuse(reason, "its operator did not say --data-loss, which writing blocks needs");
    if (!guard->reserve)
        return refuse(reason, "its operator did not say --reserve, which changing reservations "
                              "and reading blocks needs");
    if (effect == RESETS_BUS && !guard->bus_reset)
        return refuse(reason, "its operator did not say --bus-reset, which resetting a bus needs");
    return effect != WRITES_KEYS || keys_are_ours(list, reason);
}

bool guard_allows_request(const struct guard *guard, const struct request *request,
                          char reason[GUARD_REASON_MAX])
{
    for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++)
        if (codes[i].code == request->code)
            return consented(guard, codes[i].effect, request->input + PR_PARAMETER_OFFSET, reason);
    return refuse(reason, "control code 0x%08" PRIx32 " is none of the reservation codes",
                  request->code);
}

static bool inside_work_area(const struct guard *guard, uint64_t block, uint64_t count,
                             char reason[GUARD_REASON_MAX])
{
    const uint64_t first = guard->work_block;

    if (guard->block_size && block >= first && count <= WORK_BLOCKS &&
        block - first <= WORK_BLOCKS - count)
        return true;
    return refuse(reason,
                  "%" PRIu64 " blocks from block %" PRIu64 " are not inside the work area, %d "
                  "blocks from block %" PRIu64,
                  count, block, WORK_BLOCKS, first);
}

static bool blocks_allowed(const struct guard *guard, const struct scsi_request *request,
                           enum effect effect, char reason[GUARD_REASON_MAX])
{
    const uint32_t block = get_be32(request->cdb + 2);
    const uint32_t count = get_be32(request->cdb + 6) & 0xffff00;

    if (effect == FLUSHES_BLOCKS && block == 0 && count == 0)
        return true; /* the whole cache: nothing is written that was not before */
    if (!inside_work_area(guard, block, count >> 8, reason))
        return false;
    if (effect != FLUSHES_BLOCKS && (uint64_t)(count >> 8) * guard->block_size != request->length)
        return refuse(reason, "the length of the data is not that of the blocks");
    return true;
}

bool guard_allows_scsi(const struct guard *guard, const struct scsi_request *request,
                       char reason[GUARD_REASON_MAX])
{
    const uint8_t *cdb = request->cdb;
    size_t i = 0;

    while (i < sizeof(commands) / sizeof(commands[0]) && commands[i].opcode != cdb[0])
        i++;
    if (i == sizeof(commands) / sizeof(commands[0]))
        return refuse(reason, "SCSI command 0x%02x is not on its list", cdb[0]);
    if (request->cdb_length != commands[i].cdb_length || cdb[1] & ~commands[i].second ||
        cdb[commands[i].cdb_length - 1] ||
        (cdb[0] == OPCODE_READ_CAPACITY_16 && cdb[1] != ACTION_READ_CAPACITY_16))
        return refuse(reason, "SCSI command 0x%02x has a form that is not on its list", cdb[0]);
    if (request->length ? request->direction != commands[i].direction
                        : request->direction == SCSI_DATA_OUT && cdb[0] != OPCODE_PR_OUT)
        return refuse(reason, "SCSI command 0x%02x moves its data the wrong way", cdb[0]);
    if (!consented(guard, commands[i].effect, request->data, reason))
        return false;
    return commands[i].effect < READS_BLOCKS ||
           blocks_allowed(guard, request, commands[i].effect, reason);
}

static const enum effect raw_effects[] = {
    [RAW_READ] = READS_BLOCKS, [RAW_WRITE] = WRITES_BLOCKS, [RAW_FLUSH] = FLUSHES_BLOCKS};

bool guard_allows_raw(const struct guard *guard, const struct raw_request *request,
                      char reason[GUARD_REASON_MAX])
{
    const uint32_t size = guard->block_size;

    if (request->action >= sizeof(raw_effects) / sizeof(raw_effects[0]))
        return refuse(reason, "a transfer is neither a read nor a write nor a flush");
    if (!consented(guard, raw_effects[request->action], NULL, reason))
        return false;
    if (request->action == RAW_FLUSH)
        return true;
    if (size == 0 || request->offset % size || request->length % size)
        return refuse(reason, "a transfer of %" PRIu32 " bytes at %" PRIu64 " is not of blocks",
                      request->length, request->offset);
    return inside_work_area(guard, request->offset / size, request->length / size, reason);
}
