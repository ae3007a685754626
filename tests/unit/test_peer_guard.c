/* conformance/guard.c: what a server does for a client, and what it refuses. */
#include "../../conformance/environment.h"
#include "../../conformance/guard.h"
#include "../../conformance/nt_status.h"
#include "../../conformance/work_area.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

enum { BLOCK_SIZE = 512, WORK_BLOCK = 1000, NEVER = 8 };

/* Consents, a bit each. */
enum { RESERVE = 1, DATA_LOSS = 2, BUS_RESET = 4, ALL = 7 };

static const uint64_t our_key = 0x4846000000000001, foreign_key = 0x4746000000000001;

static struct guard guard_with(unsigned consents)
{
    struct guard guard = {.reserve = consents & RESERVE,
                          .data_loss = consents & DATA_LOSS,
                          .bus_reset = consents & BUS_RESET,
                          .block_size = BLOCK_SIZE,
                          .work_block = WORK_BLOCK};

    return guard;
}

/* What each needs; whatever is not here is refused (every_other_code_is_refused). */
static const struct {
    uint32_t code;
    unsigned needs;
} codes[] = {
    {0x2d5018, 0},
    {0x2dd01c, RESERVE},
    {0x75018, RESERVE},
    {0x7d01c, RESERVE},
    {0x2d4810, RESERVE},
    {0x2d4814, RESERVE},
    {0x74810, RESERVE},
    {0x74814, RESERVE},
    {0x2d5014, RESERVE},
    {0x2d5004, RESERVE},
    {0x2dd004, RESERVE},
    {0x2d5000, RESERVE | BUS_RESET},
    {0x2dd000, RESERVE | BUS_RESET},
};

static unsigned needs_of(uint32_t code)
{
    for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++)
        if (codes[i].code == code)
            return codes[i].needs;
    return NEVER;
}

static void check_code(uint32_t code, unsigned consents)
{
    const struct guard guard = guard_with(consents);
    const struct request request = request_plain(code);
    char reason[GUARD_REASON_MAX] = "";
    const bool allowed = guard_allows_request(&guard, &request, reason);

    assert_int_equal(allowed, (needs_of(code) & ~consents) == 0);
    assert_int_equal(allowed, reason[0] == '\0');
}

static void every_code_needs_its_consent(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++)
        for (unsigned consents = 0; consents <= ALL; consents++)
            check_code(codes[i].code, consents);
}

static void every_other_code_is_refused(void **state)
{
    static const uint32_t devices[] = {0x2, 0x4, 0x7, 0x1f, 0x2d, 0x70};

    (void)state;
    for (size_t i = 0; i < sizeof(devices) / sizeof(devices[0]); i++)
        for (uint32_t rest = 0; rest <= 0xffff; rest++)
            check_code(devices[i] << 16 | rest, ALL);
}

static void foreign_keys_are_refused(void **state)
{
    static const uint32_t outs[] = {0x2dd01c, 0x75018, 0x7d01c};
    const struct guard guard = guard_with(ALL);
    char reason[GUARD_REASON_MAX];

    (void)state;
    for (int which = 0; which < 8; which++) {
        const struct pr_out out = {.action = RESERVATION_ACTION_PREEMPT,
                                   .type = 3,
                                   .key = which & 1 ? foreign_key : our_key,
                                   .service_action_key = which & 2   ? foreign_key
                                                         : which & 4 ? our_key
                                                                     : 0};
        const struct scsi_request by_scsi = scsi_pr_out(&out);
        struct request request = request_pr_out(&out);

        for (int i = 0; i < 3; i++) {
            request.code = outs[i];
            request.input_length = i == 2 ? 11 : 36; /* a system may look behind the end */
            assert_int_equal(guard_allows_request(&guard, &request, reason), !(which & 3));
        }
        assert_int_equal(guard_allows_scsi(&guard, &by_scsi, reason), !(which & 3));
    }
}

static struct scsi_request command(uint8_t opcode, uint32_t cdb_length, uint32_t direction)
{
    struct scsi_request request = scsi_plain(opcode);

    request.cdb_length = cdb_length;
    request.direction = direction;
    request.length = direction == SCSI_NO_DATA ? 0 : 32;
    return request;
}

static const struct {
    uint8_t opcode, second;
    uint32_t cdb_length, direction;
    unsigned needs;
} commands[] = {
    {0x00, 0, 6, SCSI_NO_DATA, 0},         {0x03, 0, 6, SCSI_DATA_IN, 0},
    {0x12, 1, 6, SCSI_DATA_IN, 0},         {0x25, 0, 10, SCSI_DATA_IN, 0},
    {0x9e, 0x10, 16, SCSI_DATA_IN, 0},     {0x5e, 3, 10, SCSI_DATA_IN, 0},
    {0x5f, 6, 10, SCSI_DATA_OUT, RESERVE}, {0x16, 0, 6, SCSI_NO_DATA, RESERVE},
    {0x17, 0, 6, SCSI_NO_DATA, RESERVE},   {0x56, 0, 10, SCSI_NO_DATA, RESERVE},
    {0x57, 0, 10, SCSI_NO_DATA, RESERVE},  {0x35, 0, 10, SCSI_NO_DATA, RESERVE},
};

static void commands_need_their_form_and_consent(void **state)
{
    char reason[GUARD_REASON_MAX];

    (void)state;
    for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++) {
        struct scsi_request request =
            command(commands[i].opcode, commands[i].cdb_length, commands[i].direction);
        struct scsi_request other;

        request.cdb[1] = commands[i].second;
        for (unsigned consents = 0; consents <= ALL; consents++) {
            const struct guard guard = guard_with(consents);

            assert_int_equal(guard_allows_scsi(&guard, &request, reason),
                             (commands[i].needs & ~consents) == 0);
            other = request;
            other.cdb_length = 12;
            assert_false(guard_allows_scsi(&guard, &other, reason));
            other = request;
            other.cdb[1] |= 0x80;
            assert_false(guard_allows_scsi(&guard, &other, reason));
            other = request;
            other.cdb[commands[i].cdb_length - 1] = 1; /* linked */
            assert_false(guard_allows_scsi(&guard, &other, reason));
            other = request;
            other.length = 32;
            other.direction = SCSI_DATA_IN + SCSI_DATA_OUT - commands[i].direction;
            assert_false(guard_allows_scsi(&guard, &other, reason));
        }
    }
}

static void other_commands_are_refused(void **state)
{
    static const uint32_t lengths[] = {6, 10, 10, 6, 16, 12, 6, 6};
    const struct guard guard = guard_with(ALL);
    char reason[GUARD_REASON_MAX];
    unsigned refused = 0;

    (void)state;
    for (unsigned opcode = 0; opcode < 256; opcode++)
        for (uint32_t direction = SCSI_NO_DATA; direction <= SCSI_DATA_OUT; direction++) {
            const struct scsi_request request =
                command((uint8_t)opcode, lengths[opcode >> 5], direction);

            if (!guard_allows_scsi(&guard, &request, reason))
                refused++;
            else
                assert_true(strchr("\x03\x12\x16\x17\x25\x35\x56\x57\x5e\x5f", (int)opcode));
        }
    assert_true(refused > 256 * 3 - 32);
}

static void only_the_work_area_is_moved(void **state)
{
    static const struct {
        uint32_t block;
        uint16_t count;
        bool inside;
    } places[] = {
        {WORK_BLOCK, 1, true},
        {WORK_BLOCK + 15, 1, true},
        {WORK_BLOCK - 1, 1, false},
        {WORK_BLOCK + 16, 1, false},
        {WORK_BLOCK + 15, 2, false},
        {WORK_BLOCK, 8, true},
        {0, 1, false},
        {UINT32_MAX, 1, false},
        {WORK_BLOCK, 65535, false},
    };
    const struct guard guard = guard_with(DATA_LOSS | RESERVE),
                       without = guard_with(RESERVE | BUS_RESET), none = guard_with(0);
    char reason[GUARD_REASON_MAX];

    (void)state;
    for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
        struct scsi_request write = scsi_write(places[i].block, BLOCK_SIZE);
        struct scsi_request read = scsi_read(places[i].block, BLOCK_SIZE);
        struct raw_request raw = {RAW_WRITE, 0, (uint64_t)places[i].block * BLOCK_SIZE, 0, {0}};
        struct raw_request raw_read = raw;

        put_be16(write.cdb + 7, places[i].count);
        put_be16(read.cdb + 7, places[i].count);
        write.length = raw.length = (uint32_t)places[i].count * BLOCK_SIZE;
        read.length = raw_read.length = write.length;
        raw_read.action = RAW_READ;
        assert_int_equal(guard_allows_scsi(&without, &read, reason), places[i].inside);
        assert_int_equal(guard_allows_raw(&without, &raw_read, reason), places[i].inside);
        assert_false(guard_allows_scsi(&none, &read, reason));
        assert_false(guard_allows_raw(&none, &raw_read, reason));
        assert_int_equal(guard_allows_scsi(&guard, &write, reason), places[i].inside);
        assert_int_equal(guard_allows_raw(&guard, &raw, reason), places[i].inside);
        assert_false(guard_allows_scsi(&without, &write, reason));
        assert_false(guard_allows_raw(&without, &raw, reason));
        write.length += 1; /* more data than blocks */
        raw.offset += 1;
        assert_false(guard_allows_scsi(&guard, &write, reason));
        assert_false(guard_allows_raw(&guard, &raw, reason));
    }
}

static void work_area_is_in_the_middle(void **state)
{
    uint32_t first;

    (void)state;
    assert_true(work_area_first(2048, &first));
    assert_int_equal(first, 1024);
    assert_true(work_area_first(UINT64_C(1) << 40, &first));
    assert_true(first > UINT32_MAX / 2 - 16);
    assert_true(work_area_first(64, &first) && first + WORK_BLOCKS <= 64);
    assert_false(work_area_first(63, &first));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_code_needs_its_consent),
        cmocka_unit_test(every_other_code_is_refused),
        cmocka_unit_test(foreign_keys_are_refused),
        cmocka_unit_test(commands_need_their_form_and_consent),
        cmocka_unit_test(other_commands_are_refused),
        cmocka_unit_test(only_the_work_area_is_moved),
        cmocka_unit_test(work_area_is_in_the_middle),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
