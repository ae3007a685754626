/* The same program without the shim beside the one with it: what Wine alone does to a disk, and
 * what is left of it where both have handles of the disk. Sources: field notes on raw writes;
 * wine-mechanics 8; Linux block/fops.c; differences.md, "Raw reads and writes". */
#include "disk_state.h"
#include "pr_request.h"
#include "raw_request.h"
#include "suites.h"
#include "sysfs.h"

enum { KIB = 1024, MIB = 1024 * 1024, DISK_SIZE = 16 * MIB };

static const struct disk_state node_2_may_write = {
    {0, 0x8877665544332211}, 1, RESERVATION_TYPE_WRITE_EXCLUSIVE};

static uint32_t new_stamp(void)
{
    static uint32_t stamp = 0x200000;

    return ++stamp;
}

/* On node 1, in a bed of its own, where node 1 alone lives. It ends with the test program. What
 * Linux has cached it writes back when a test has it do so, and not when its flusher next wakes up:
 * that is put off for an hour. Never (0) is no pause at all for wb_wakeup_delayed. */
static struct bed *plain_bed(const struct bed *bed)
{
    static struct bed plain;
    const char *const command[] = {bed->agent, NULL};

    sysfs_write("/proc/sys/vm/dirty_writeback_centisecs", "360000");
    if (plain.nodes[0].pid == 0 &&
        (!windows_node_start(&plain.nodes[0], 1, bed->node_script, command) ||
         !windows_node_wait_until_ready(&plain.nodes[0])))
        fail_msg("%s", plain.nodes[0].problem);
    agent_ok_on(&plain, 0, "closeall");
    plain.disk[0] = open_on(&plain, 0, ACCESS_BOTH, FLAGS_NONE, SHARED_DISK);
    return &plain;
}

/* A handle of the one agent as one of the other's. */
static uint32_t give(struct bed *from, uint32_t handle, struct bed *to)
{
    const uint32_t process = agent_ok_on(to, 0, "pid");
    const uint32_t value = agent_ok_on(from, 0, "give %x %x", (unsigned int)handle, process);

    return agent_ok_on(to, 0, "take %x", value);
}

static void write_good(struct bed *bed, int node, uint32_t handle, uint64_t offset, uint32_t stamp)
{
    const struct raw_request request = {true, "pointer", offset, 4 * KIB, 0, stamp};

    expect_raw(bed, node, handle, &request, ERROR_SUCCESS, 4 * KIB);
}

static void read_good(struct bed *bed, int node, uint32_t handle, uint64_t offset, uint32_t stamp)
{
    const struct raw_request request = {false, "pointer", offset, 4 * KIB, 0, stamp};

    expect_raw(bed, node, handle, &request, ERROR_SUCCESS, 4 * KIB);
}

static void write_fails(struct bed *bed, uint32_t handle, uint64_t offset, uint32_t error)
{
    const struct raw_request request = {true, "pointer", offset, 4 * KIB, 0, new_stamp()};

    expect_raw(bed, 0, handle, &request, error, 0);
}

static void the_page_cache_loses_what_a_fenced_node_writes(void **state)
{
    struct bed *bed = *state, *plain = plain_bed(bed);
    const uint32_t before = new_stamp(), lost = new_stamp(), after = new_stamp();

    put_on_disk(bed, 1, 0, 4 * KIB, before);
    arrange_disk(bed, &node_2_may_write);
    write_good(plain, 0, plain->disk[0], 0, lost);
    assert_false(agent_reply_on(plain, 0, "flush %x", (unsigned int)plain->disk[0]).is_ok);
    expect_on_disk(bed, 1, 0, 4 * KIB, before);
    write_fails(bed, bed->disk[0], 0, ERROR_BUSY);
    read_good(bed, 0, bed->disk[0], 0, before);
    expect_on_disk(bed, 1, 0, 4 * KIB, before);
    arrange_disk(bed, &disk_free);
    write_good(bed, 0, bed->disk[0], 0, after);
    expect_on_disk(bed, 1, 0, 4 * KIB, after);
}

/* Linux writes cached pages back before it reads past them, and tells him who reads of the failure:
 * Holdfast asks once more then. What is still cached when the reservation ends is written then. */
static void a_cached_write_that_is_refused_stays_another_s_matter(void **state)
{
    struct bed *bed = *state, *plain = plain_bed(bed);
    const uint32_t before = new_stamp(), late = new_stamp();

    put_on_disk(bed, 1, 0, 4 * KIB, before);
    arrange_disk(bed, &node_2_may_write);
    write_good(plain, 0, plain->disk[0], 0, new_stamp());
    read_good(bed, 0, bed->disk[0], 0, before);
    write_good(plain, 0, plain->disk[0], 0, late);
    arrange_disk(bed, &disk_free);
    expect_on_disk(bed, 1, 0, 4 * KIB, before);
    read_good(bed, 0, bed->disk[0], 0, late);
    expect_on_disk(bed, 1, 0, 4 * KIB, late);
}

static void the_page_cache_shows_what_has_long_been_overwritten(void **state)
{
    struct bed *bed = *state, *plain = plain_bed(bed);
    const uint32_t old = new_stamp(), new = new_stamp();

    put_on_disk(bed, 1, 64 * KIB, 4 * KIB, old);
    read_good(bed, 0, bed->disk[0], 64 * KIB, old);
    read_good(plain, 0, plain->disk[0], 64 * KIB, old);
    write_good(bed, 1, bed->disk[1], 64 * KIB, new);
    read_good(plain, 0, plain->disk[0], 64 * KIB, old);
    read_good(bed, 0, bed->disk[0], 64 * KIB, new);
}

/* Linux writes cached pages back before it reads past them, and drops them when it writes. */
static void one_node_s_cached_pages_and_direct_ones_agree(void **state)
{
    struct bed *bed = *state, *plain = plain_bed(bed);
    const uint32_t cached = new_stamp(), direct = new_stamp();

    write_good(plain, 0, plain->disk[0], 128 * KIB, cached);
    read_good(bed, 0, bed->disk[0], 128 * KIB, cached);
    expect_on_disk(bed, 1, 128 * KIB, 4 * KIB, cached);
    write_good(plain, 0, plain->disk[0], 128 * KIB, new_stamp());
    write_good(bed, 0, bed->disk[0], 128 * KIB, direct);
    read_good(plain, 0, plain->disk[0], 128 * KIB, direct);
    expect_on_disk(bed, 1, 128 * KIB, 4 * KIB, direct);
}

/* O_DIRECT sits on what both handles share: nothing is lost, though Wine has no word for why. */
static void a_handle_that_is_given_away_stays_direct(void **state)
{
    struct bed *bed = *state, *plain = plain_bed(bed);
    const uint32_t given = give(bed, bed->disk[0], plain), stamp = new_stamp();
    const struct raw_request odd = {true, "pointer", 0, SECTOR, 1, new_stamp()};

    write_good(plain, 0, given, 192 * KIB, stamp);
    expect_on_disk(bed, 1, 192 * KIB, 4 * KIB, stamp);
    expect_raw(plain, 0, given, &odd, ERROR_INVALID_PARAMETER, 0);
    arrange_disk(bed, &node_2_may_write);
    write_fails(plain, given, 192 * KIB, ERROR_GEN_FAILURE);
    write_fails(bed, bed->disk[0], 192 * KIB, ERROR_BUSY);
    expect_on_disk(bed, 1, 192 * KIB, 4 * KIB, stamp);
}

/* And from its first use here on one that was opened without the shim. */
static void a_handle_that_is_taken_becomes_direct(void **state)
{
    struct bed *bed = *state, *plain = plain_bed(bed);
    const uint32_t taken = give(plain, plain->disk[0], bed), stamp = new_stamp();

    put_on_disk(bed, 1, 192 * KIB, 4 * KIB, stamp);
    arrange_disk(bed, &node_2_may_write);
    write_fails(bed, taken, 192 * KIB, ERROR_BUSY);
    write_fails(plain, plain->disk[0], 192 * KIB, ERROR_GEN_FAILURE);
    expect_on_disk(bed, 1, 192 * KIB, 4 * KIB, stamp);
}

static void expect_same(struct bed *bed, uint32_t handle, struct bed *plain, uint32_t plain_handle,
                        const struct raw_request *request)
{
    const struct raw_answer with = raw_on(bed, 0, handle, request);
    const struct raw_answer without = raw_on(plain, 0, plain_handle, request);

    if (!is_same_raw_answer(&with, &without))
        fail_msg("'%s': with the shim '%s', without '%s'", bed->nodes[0].asked, bed->nodes[0].line,
                 plain->nodes[0].line);
}

/* As Wine has it: up to the end there are fewer bytes; at it and beyond it a read is at the end of
 * the file, which ReadFile without an OVERLAPPED calls a success of 0 bytes, and a write finds the
 * disk full. */
static void the_end_of_the_disk_is_wine_s(void **state)
{
    static const struct {
        uint64_t offset;
        uint32_t length;
        uint32_t moved;
        uint32_t read_error, write_error; /* with an OVERLAPPED */
    } rows[] = {
        {DISK_SIZE - SECTOR, SECTOR, SECTOR, 0, 0},
        {DISK_SIZE - SECTOR, 4 * KIB, SECTOR, 0, 0},
        {DISK_SIZE - 4 * KIB, 2 * MIB, 4 * KIB, 0, 0},
        {DISK_SIZE, SECTOR, 0, ERROR_HANDLE_EOF, ERROR_DISK_FULL},
        {DISK_SIZE + 4 * KIB, 4 * KIB, 0, ERROR_HANDLE_EOF, ERROR_DISK_FULL},
        {(uint64_t)DISK_SIZE << 20, SECTOR, 0, ERROR_HANDLE_EOF, ERROR_DISK_FULL},
    };
    static const char *const ways[] = {"pointer", "at"};
    struct bed *bed = *state, *plain = plain_bed(bed);
    const uint32_t pended = open_on(bed, 0, ACCESS_BOTH, FLAG_OVERLAPPED, SHARED_DISK);
    const uint32_t plain_pended = open_on(plain, 0, ACCESS_BOTH, FLAG_OVERLAPPED, SHARED_DISK);

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct raw_request request = {false,          "event", rows[i].offset,
                                      rows[i].length, 0,       new_stamp()};

        put_on_disk(bed, 0, DISK_SIZE - 4 * KIB, 4 * KIB, request.stamp);
        expect_same(bed, pended, plain, plain_pended, &request);
        request.is_write = true; /* Wine alone says it at once */
        expect_raw(bed, 0, pended, &request, rows[i].write_error, rows[i].moved);
    }
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        for (uint32_t shift = 0; shift < 2; shift++)
            for (int way = 0; way < 2; way++) {
                const uint32_t read_error = way == 0 ? ERROR_SUCCESS : rows[i].read_error;
                struct raw_request request = {true,           ways[way], rows[i].offset,
                                              rows[i].length, shift,     new_stamp()};

                expect_same(bed, bed->disk[0], plain, plain->disk[0], &request);
                expect_raw(bed, 0, bed->disk[0], &request, rows[i].write_error, rows[i].moved);
                request.is_write = false;
                expect_same(bed, bed->disk[0], plain, plain->disk[0], &request);
                expect_raw(bed, 0, bed->disk[0], &request, read_error, rows[i].moved);
            }
}

static void the_end_of_the_disk_by_pages(void **state)
{
    struct bed *bed = *state;
    const uint32_t handle =
        open_on(bed, 0, ACCESS_BOTH, FLAG_OVERLAPPED | FLAG_NO_BUFFERING, SHARED_DISK);
    struct raw_request request = {false, "segments", DISK_SIZE - 4 * KIB, 4 * KIB, 0, new_stamp()};

    put_on_disk(bed, 1, request.offset, request.length, request.stamp);
    expect_raw(bed, 0, handle, &request, ERROR_SUCCESS, 4 * KIB);
    request.length = 64 * KIB;
    expect_raw(bed, 0, handle, &request, ERROR_SUCCESS, 4 * KIB);
    request.offset = DISK_SIZE;
    expect_raw(bed, 0, handle, &request, ERROR_HANDLE_EOF, 0);
}

/* The generic node has no sectors: its reads and writes are the sg driver's own, and Wine's. */
static void the_generic_node_is_wine_s(void **state)
{
    static const char *const ways[] = {"pointer", "at"};
    struct bed *bed = *state, *plain = plain_bed(bed);
    const uint32_t sg = open_on(bed, 0, ACCESS_BOTH, FLAGS_NONE, SHARED_SG);
    const uint32_t plain_sg = open_on(plain, 0, ACCESS_BOTH, FLAGS_NONE, SHARED_SG);
    struct raw_request request = {false, "pointer", 0, 0, 0, new_stamp()};

    for (int is_write = 0; is_write < 2; is_write++)
        for (int way = 0; way < 2; way++)
            for (uint32_t length = 0; length <= 2 * SECTOR; length += 128) {
                request.is_write = is_write;
                request.way = ways[way];
                request.length = length;
                expect_same(bed, sg, plain, plain_sg, &request);
            }
    assert_int_equal(agent_reply_on(bed, 0, "flush %x", (unsigned int)sg).number,
                     agent_reply_on(plain, 0, "flush %x", (unsigned int)plain_sg).number);
}

/* A mapping of a disk's handle: with and without the shim the same. */
static void a_mapping(void **state)
{
    struct bed *bed = *state, *plain = plain_bed(bed);
    const uint32_t stamp = new_stamp();
    struct agent_reply with, without;

    put_on_disk(bed, 1, 0, 4 * KIB, stamp);
    with = agent_reply_on(bed, 0, "map %x 1000", (unsigned int)bed->disk[0]);
    without = agent_reply_on(plain, 0, "map %x 1000", (unsigned int)plain->disk[0]);
    assert_int_equal(with.is_ok, without.is_ok);
    assert_int_equal(with.number, without.number);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(the_page_cache_loses_what_a_fenced_node_writes),
    cmocka_unit_test(a_cached_write_that_is_refused_stays_another_s_matter),
    cmocka_unit_test(the_page_cache_shows_what_has_long_been_overwritten),
    cmocka_unit_test(one_node_s_cached_pages_and_direct_ones_agree),
    cmocka_unit_test(a_handle_that_is_given_away_stays_direct),
    cmocka_unit_test(a_handle_that_is_taken_becomes_direct),
    cmocka_unit_test(the_end_of_the_disk_is_wine_s),
    cmocka_unit_test(the_end_of_the_disk_by_pages),
    cmocka_unit_test(the_generic_node_is_wine_s),
    cmocka_unit_test(a_mapping),
};

const struct suite raw_unshimmed = SUITE("raw_unshimmed", tests);
