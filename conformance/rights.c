#include "rights.h"

#include "steps.h"

#include <stdio.h>
#include <string.h>

/* RESERVATION_TYPE_... by SPC's letters. */
enum {
    WE = RESERVATION_TYPE_WRITE_EXCLUSIVE,
    EA = RESERVATION_TYPE_EXCLUSIVE,
    WERO = RESERVATION_TYPE_WRITE_EXCLUSIVE_REGISTRANTS,
    EARO = RESERVATION_TYPE_EXCLUSIVE_REGISTRANTS,
};

static const struct right rights[] = {
    {"not_reserved.registrant", NO_RESERVATION, REGISTRANT, true, true},
    {"not_reserved.stranger", NO_RESERVATION, STRANGER, true, true},
    {"type_1.holder", WE, HOLDER, true, true},
    {"type_1.registrant", WE, REGISTRANT, true, false},
    {"type_1.stranger", WE, STRANGER, true, false},
    {"type_3.holder", EA, HOLDER, true, true},
    {"type_3.registrant", EA, REGISTRANT, false, false},
    {"type_3.stranger", EA, STRANGER, false, false},
    {"type_5.holder", WERO, HOLDER, true, true},
    {"type_5.registrant", WERO, REGISTRANT, true, true},
    {"type_5.stranger", WERO, STRANGER, true, false},
    {"type_6.holder", EARO, HOLDER, true, true},
    {"type_6.registrant", EARO, REGISTRANT, true, true},
    {"type_6.stranger", EARO, STRANGER, false, false},
    {"reserve.holder", LEGACY_RESERVATION, HOLDER, true, true},
    {"reserve.stranger", LEGACY_RESERVATION, STRANGER, false, false},
};

const struct right *right_of(unsigned row)
{
    return &rights[row / NODES];
}

unsigned right_asking(unsigned row)
{
    return row % NODES;
}

static bool is_alone(unsigned row)
{
    const struct right *right = right_of(row);

    return right->role == HOLDER || right->type == NO_RESERVATION;
}

/* The node that may do everything meanwhile. */
static unsigned right_keeper(unsigned row)
{
    return is_alone(row) ? right_asking(row) : 1 - right_asking(row);
}

void right_name(unsigned row, char *name, size_t size)
{
    snprintf(name, size, "%s.node_%u", right_of(row)->name, right_asking(row) + 1);
}

uint32_t right_needs(unsigned row)
{
    const uint32_t kind = right_of(row)->type == LEGACY_RESERVATION ? NEEDS_LEGACY : NEEDS_PR;

    return is_alone(row) && right_asking(row) == NODE_1 ? kind : kind | NEEDS_BOTH_NODES;
}

bool arrange_right(struct test *test, unsigned row)
{
    const struct right *right = right_of(row);
    const unsigned asking = right_asking(row), keeper = right_keeper(row);
    struct unit_state state = unit_free;

    if (right->type == LEGACY_RESERVATION) {
        state.legacy_holder = (int)keeper;
    } else if (right->type != NO_RESERVATION) {
        state.holder = (int)keeper;
        state.type = right->type;
        state.key[keeper] = unit_key(test, keeper + 1);
    }
    if (right->role == REGISTRANT)
        state.key[asking] = unit_key(test, asking + 1);
    return arrange(test, &state);
}

uint32_t right_block(const struct test *test, unsigned row)
{
    return test->environment->work_block + row % WORK_BLOCKS;
}

/* Reading and writing the block by the keeper, through SCSI pass-through. */
static bool read_block(struct test *test, unsigned row, uint8_t data[SCSI_DATA_MAX])
{
    const uint32_t block_size = test->environment->disk.block_size;
    const struct scsi_request read = scsi_read(right_block(test, row), block_size);
    struct scsi_answer answer;

    if (!ask_scsi(test, right_keeper(row), &read, &answer) ||
        !check(test, answer.status == STATUS_GOOD && answer.transferred == block_size,
               "READ(10) by the holder", "all of a block", "status %02x, %u bytes",
               (unsigned)answer.status, (unsigned)answer.transferred))
        return false;
    memcpy(data, answer.data, SCSI_DATA_MAX);
    return true;
}

static bool write_block(struct test *test, unsigned row, const uint8_t *data)
{
    const uint32_t block_size = test->environment->disk.block_size;
    struct scsi_request write = scsi_write(right_block(test, row), block_size);

    memcpy(write.data, data, block_size);
    return expect_scsi(test, right_keeper(row), &write, STATUS_GOOD);
}

void check_writing(struct test *test, unsigned row, block_writer write)
{
    const uint32_t block_size = test->environment->disk.block_size;
    const bool may_write = right_of(row)->may_write;
    uint8_t before[SCSI_DATA_MAX], data[SCSI_DATA_MAX], after[SCSI_DATA_MAX];

    if (!arrange_right(test, row) || !read_block(test, row, before))
        return;
    /* No byte is what it was. */
    for (uint32_t i = 0; i < block_size; i++)
        data[i] = (uint8_t)(before[i] ^ (1 + i % 255));
    write(test, row, data);
    if (read_block(test, row, after))
        check(test, memcmp(after, may_write ? data : before, block_size) == 0, "the disk",
              may_write ? "what was written" : "what was there before",
              memcmp(after, before, block_size) == 0 ? "what was there before"
              : memcmp(after, data, block_size) == 0 ? "what was refused"
                                                     : "something else");
    write_block(test, row, before);
}

struct raw_request raw_block(const struct test *test, unsigned row, uint32_t action,
                             uint32_t overlapped)
{
    const uint32_t block_size = test->environment->disk.block_size;
    struct raw_request request;

    memset(&request, 0, sizeof(request));
    request.action = action;
    request.overlapped = overlapped;
    request.offset = (uint64_t)right_block(test, row) * block_size;
    request.length = block_size;
    return request;
}

bool expect_reading_file(struct test *test, unsigned row, uint32_t overlapped)
{
    const struct raw_request read = raw_block(test, row, RAW_READ, overlapped);

    return arrange_right(test, row) &&
           expect_raw(test, right_asking(row), &read,
                      right_of(row)->may_read ? 0 : nt_status_error(NT_STATUS_DEVICE_BUSY));
}
