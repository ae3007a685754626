/* PERSISTENT RESERVE IN. Sources: windows-behaviour 2.4, 2.5 and 4.5; semantics 1 (a list that does
 * not fit is a success, Information is what the device returned, the transfer is as long as
 * AllocationLength); SPC-4 6.15. What the disk returns for a length is asked of it directly, too.
 */
#include "big_endian.h"
#include "disk_state.h"
#include "hex.h"
#include "pr_request.h"
#include "scsi_direct.h"
#include "suites.h"
#include <string.h>

enum { HEADER = 8, READ_KEYS = 0, READ_RESERVATIONS = 1, LIST_MAX = 0xffff, FILL = 0xa5 };

static const struct disk_state both_registered = {
    {0x1122334455667788, 0x8877665544332211}, NOBODY, 0};

/* The header as sg_persist reads it: the generation, and whether there is anything. */
static uint32_t shown_generation(struct bed *bed)
{
    char output[4096];
    const char *at;
    uint64_t generation;

    assert_int_equal(run_sg_persist("-k", bed->sg_path[0], output, sizeof(output)), 0);
    at = strstr(output, "PR generation=");
    assert_non_null(at);
    at += strlen("PR generation=");
    assert_true(hex_read(&at, &generation));
    return (uint32_t)generation;
}

static void expect_header(const struct windows_answer *answer, uint32_t generation,
                          uint32_t additional_length)
{
    assert_int_equal(big_endian_read(answer->output, 4), generation);
    assert_int_equal(big_endian_read(answer->output + 4, 4), additional_length);
}

/* What Windows must show is what the disk gives to Linux for the same AllocationLength. */
static void expect_what_the_disk_gives(struct bed *bed, int node, uint8_t action, uint16_t length,
                                       int output_length)
{
    static uint8_t list[LIST_MAX];
    struct scsi_direct direct;
    struct windows_answer answer;

    memset(list, FILL, sizeof(list));
    direct = scsi_direct_pr_in(bed->sg[node], action, list, length);
    assert_true(scsi_direct_is_good(&direct));
    answer =
        expect_pr_in(bed, node, action, length, output_length, ERROR_SUCCESS, direct.transferred);
    assert_memory_equal(answer.output, list, direct.transferred);
}

static void no_registrations(void **state)
{
    struct bed *bed = *state;
    const uint32_t generation = shown_generation(bed);

    for (int node = 0; node < NODES; node++) {
        struct windows_answer answer =
            expect_pr_in(bed, node, READ_KEYS, HEADER, HEADER, ERROR_SUCCESS, HEADER);

        expect_header(&answer, generation, 0);
        answer = expect_pr_in(bed, node, READ_KEYS, 512, 512, ERROR_SUCCESS, HEADER);
        expect_header(&answer, generation, 0);
    }
    assert_disk_is(bed, &disk_free, "after READ KEYS");
}

/* As a program does it that first asks for the length: 8 bytes, a success, and AdditionalLength
 * tells of all keys. */
static void truncated_key_list(void **state)
{
    struct bed *bed = *state;
    uint32_t generation;

    arrange_disk(bed, &both_registered);
    generation = shown_generation(bed);
    for (int node = 0; node < NODES; node++) {
        struct windows_answer answer =
            expect_pr_in(bed, node, READ_KEYS, HEADER, HEADER, ERROR_SUCCESS, HEADER);

        expect_header(&answer, generation, 16);
        answer =
            expect_pr_in(bed, node, READ_KEYS, HEADER + 8, HEADER + 8, ERROR_SUCCESS, HEADER + 8);
        expect_header(&answer, generation, 16);
        assert_true(big_endian_read(answer.output + 8, 8) == node_key[0] ||
                    big_endian_read(answer.output + 8, 8) == node_key[1]);
    }
    assert_disk_is(bed, &both_registered, "after READ KEYS");
}

static void whole_key_list(void **state)
{
    static const uint16_t lengths[] = {24, 25, 64, 512};
    struct bed *bed = *state;

    arrange_disk(bed, &both_registered);
    for (size_t i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++) {
        const struct windows_answer answer =
            expect_pr_in(bed, 1, READ_KEYS, lengths[i], lengths[i], ERROR_SUCCESS, 24);

        expect_header(&answer, shown_generation(bed), 16);
        assert_int_equal(big_endian_read(answer.output + 8, 8) ^
                             big_endian_read(answer.output + 16, 8),
                         node_key[0] ^ node_key[1]);
    }
    assert_disk_is(bed, &both_registered, "after READ KEYS");
}

static void every_short_length(void **state)
{
    struct bed *bed = *state;

    arrange_disk(bed, &both_registered);
    for (uint16_t length = HEADER; length <= 40; length++)
        expect_what_the_disk_gives(bed, length % NODES, READ_KEYS, length, length);
    assert_disk_is(bed, &both_registered, "after READ KEYS");
}

/* The device can return no more than AllocationLength, whatever the buffer could take. */
static void large_lengths(void **state)
{
    struct bed *bed = *state;

    arrange_disk(bed, &both_registered);
    expect_what_the_disk_gives(bed, 0, READ_KEYS, 8, 4096);
    expect_what_the_disk_gives(bed, 0, READ_KEYS, 16, 0x10000);
    expect_what_the_disk_gives(bed, 1, READ_KEYS, 4096, 4096);
    expect_what_the_disk_gives(bed, 1, READ_KEYS, 0xffff, 0xffff);
    expect_what_the_disk_gives(bed, 0, READ_RESERVATIONS, 0xffff, 0x10001);
    assert_disk_is(bed, &both_registered, "after READ KEYS");
}

static void no_reservation(void **state)
{
    struct bed *bed = *state;

    arrange_disk(bed, &both_registered);
    for (int node = 0; node < NODES; node++) {
        const struct windows_answer answer =
            expect_pr_in(bed, node, READ_RESERVATIONS, 24, 24, ERROR_SUCCESS, HEADER);

        expect_header(&answer, shown_generation(bed), 0);
    }
    assert_disk_is(bed, &both_registered, "after READ RESERVATION");
}

/* PRI_RESERVATION_DESCRIPTOR: key, address, reserved, scope and type, obsolete. */
static void expect_descriptor(const uint8_t *descriptor, uint64_t key, uint8_t type)
{
    assert_int_equal(big_endian_read(descriptor, 8), key);
    assert_int_equal(big_endian_read(descriptor + 8, 4), 0);
    assert_int_equal(descriptor[12], 0);
    assert_int_equal(descriptor[13], type);
}

static void held_reservation(void **state)
{
    static const uint8_t types[] = {1, 3, 5, 6};
    struct bed *bed = *state;

    for (int holder = 0; holder < NODES; holder++) {
        for (size_t i = 0; i < sizeof(types); i++) {
            struct disk_state disk = both_registered;
            struct windows_answer answer;

            disk.holder = holder;
            disk.type = types[i];
            arrange_disk(bed, &disk);
            for (int node = 0; node < NODES; node++) {
                answer = expect_pr_in(bed, node, READ_RESERVATIONS, 64, 64, ERROR_SUCCESS, 24);
                expect_header(&answer, shown_generation(bed), 16);
                expect_descriptor(answer.output + HEADER, node_key[holder], types[i]);
            }
            assert_disk_is(bed, &disk, "after READ RESERVATION");
        }
    }
}

static void truncated_reservation(void **state)
{
    const struct disk_state disk = {
        {node_key[0], node_key[1]}, 0, RESERVATION_TYPE_WRITE_EXCLUSIVE};
    struct bed *bed = *state;
    struct windows_answer answer;

    arrange_disk(bed, &disk);
    answer = expect_pr_in(bed, 1, READ_RESERVATIONS, HEADER, HEADER, ERROR_SUCCESS, HEADER);
    expect_header(&answer, shown_generation(bed), 16);
    for (uint16_t length = HEADER; length <= 26; length++)
        expect_what_the_disk_gives(bed, length % NODES, READ_RESERVATIONS, length, length);
    assert_disk_is(bed, &disk, "after READ RESERVATION");
}

/* windows-behaviour 2.4: Version and the reserved bits are never read, and Size may be anything
 * from 12 on. */
static void fields_that_nobody_reads(void **state)
{
    struct bed *bed = *state;
    uint8_t input[PR_IN_INPUT_LENGTH];
    struct windows_request request = pr_in_request(READ_KEYS, 24, 24, input);
    struct windows_answer answer;

    arrange_disk(bed, &both_registered);
    memset(input, 0xee, 4);
    memset(input + 4, 0xff, 4);
    input[8] |= 0xe0;
    input[9] = 0x77;
    answer = expect_request(bed, 0, &request, ERROR_SUCCESS, 24);
    expect_header(&answer, shown_generation(bed), 16);
    assert_disk_is(bed, &both_registered, "after READ KEYS");
}

/* Byte `at` of a proper input set to `value`, and lengths: refused before anything is sent. */
static const struct refused {
    uint8_t action;
    uint16_t allocation_length;
    int input_length, output_length;
    uint8_t at, value;
    uint32_t error;
} refused[] = {
    {READ_KEYS, 8, 11, 8, 0, 12, ERROR_BAD_LENGTH},
    {READ_KEYS, 8, NO_BUFFER, 8, 0, 12, ERROR_BAD_LENGTH},
    {READ_KEYS, 8, 12, 8, 4, 11, ERROR_BAD_LENGTH}, /* Size */
    {READ_KEYS, 8, 12, 8, 4, 0, ERROR_BAD_LENGTH},
    {READ_KEYS, 9, 12, 8, 0, 12, ERROR_INVALID_PARAMETER},
    {READ_KEYS, 8, 12, NO_BUFFER, 0, 12, ERROR_INVALID_PARAMETER},
    {READ_KEYS, 7, 12, 8, 0, 12, ERROR_INVALID_PARAMETER},
    {READ_KEYS, 0, 12, 0, 0, 12, ERROR_INVALID_PARAMETER},
    {READ_RESERVATIONS, 7, 12, 64, 0, 12, ERROR_INVALID_PARAMETER},
    {READ_RESERVATIONS, 25, 12, 24, 0, 12, ERROR_INVALID_PARAMETER},
    {2, 64, 12, 64, 0, 12, ERROR_INVALID_PARAMETER}, /* REPORT CAPABILITIES */
    {3, 64, 12, 64, 0, 12, ERROR_INVALID_PARAMETER}, /* READ FULL STATUS */
    {31, 64, 12, 64, 0, 12, ERROR_INVALID_PARAMETER},
};

static void expect_refused(struct bed *bed, const struct refused *row)
{
    uint8_t input[PR_IN_INPUT_LENGTH];
    struct windows_request request =
        pr_in_request(row->action, row->allocation_length, row->output_length, input);

    request.input_length = row->input_length;
    input[row->at] = row->value;
    request.input = input;
    expect_request(bed, 0, &request, row->error, 0);
}

/* A unit attention waits on node 1 for the first command that comes. After all the refusals it
 * still waits, so none came. */
static void refused_requests_send_nothing(void **state)
{
    struct bed *bed = *state;

    arrange_disk(bed, &both_registered);
    scsi_direct_pr_out(bed->sg[1], RESERVATION_ACTION_CLEAR, 0, node_key[1], 0);
    for (size_t i = 0; i < sizeof(refused) / sizeof(refused[0]); i++)
        expect_refused(bed, &refused[i]);
    assert_int_equal(scsi_direct_take_unit_attentions(bed->sg[0]), 1);
    assert_disk_is(bed, &disk_free, "after refused requests");
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(no_registrations),
    cmocka_unit_test(truncated_key_list),
    cmocka_unit_test(whole_key_list),
    cmocka_unit_test(every_short_length),
    cmocka_unit_test(large_lengths),
    cmocka_unit_test(no_reservation),
    cmocka_unit_test(held_reservation),
    cmocka_unit_test(truncated_reservation),
    cmocka_unit_test(fields_that_nobody_reads),
    cmocka_unit_test(refused_requests_send_nothing),
};

const struct suite pr_in_lists = SUITE("pr_in_lists", tests);
