/* Raw reads and writes of a disk beside the question who may (raw_table.c): buffers, places, file
 * pointers, copies of handles, flushes. Sources: Microsoft's "File Buffering" and CreateFile on raw
 * disks (whole sectors), windows-behaviour 2.8; differences.md, "Raw reads and writes". */
#include "disk_state.h"
#include "pr_request.h"
#include "raw_request.h"
#include "scsi_direct.h"
#include "suites.h"
#include <stdio.h>

enum { KIB = 1024, MIB = 1024 * 1024, DISK_SIZE = 16 * MIB };

static const struct disk_state node_2_excludes = {
    {0, 0x8877665544332211}, 1, RESERVATION_TYPE_EXCLUSIVE};

static uint32_t new_stamp(void)
{
    static uint32_t stamp = 0x100000;

    return ++stamp;
}

static void read_and_write(struct bed *bed, uint32_t handle, const char *way, uint32_t length,
                           uint32_t shift)
{
    const struct raw_request write = {true, way, 3 * SECTOR, length, shift, new_stamp()};
    const struct raw_request read = {false, way, 3 * SECTOR, length, shift, new_stamp()};
    const uint32_t around = new_stamp();

    put_on_disk(bed, 0, 0, 3 * SECTOR, around);
    put_on_disk(bed, 0, 3 * SECTOR + length, 3 * SECTOR, around);
    expect_raw(bed, 0, handle, &write, ERROR_SUCCESS, length);
    expect_on_disk(bed, 1, 3 * SECTOR, length, write.stamp);
    put_on_disk(bed, 1, 3 * SECTOR, length, read.stamp);
    expect_raw(bed, 0, handle, &read, ERROR_SUCCESS, length);
    expect_on_disk(bed, 1, 0, 3 * SECTOR, around);
    expect_on_disk(bed, 1, 3 * SECTOR + length, 3 * SECTOR, around);
}

/* On Windows a buffer may lie anywhere; more than 1 MiB goes through Holdfast's own buffer in
 * several pieces. */
static void any_buffer_address(void **state)
{
    static const uint32_t shifts[] = {0, 1, 2, 3, 4, 8, 511, 512, 513, 4095};
    static const uint32_t lengths[] = {SECTOR, 9 * SECTOR, MIB, MIB + SECTOR, 2 * MIB + 3 * SECTOR};
    struct bed *bed = *state;
    const uint32_t pended = open_on(bed, 0, ACCESS_BOTH, FLAG_OVERLAPPED, SHARED_DISK);

    for (size_t i = 0; i < sizeof(shifts) / sizeof(shifts[0]); i++) {
        read_and_write(bed, bed->disk[0], "pointer", 8 * SECTOR, shifts[i]);
        read_and_write(bed, pended, "event", 8 * SECTOR, shifts[i]);
    }
    for (size_t i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++) {
        read_and_write(bed, bed->disk[0], "pointer", lengths[i], 1);
        read_and_write(bed, bed->disk[0], "at", lengths[i], 4);
        read_and_write(bed, pended, "event", lengths[i], 3);
    }
}

static void scattered_pages(void **state)
{
    struct bed *bed = *state;
    const uint32_t handle =
        open_on(bed, 0, ACCESS_BOTH, FLAG_OVERLAPPED | FLAG_NO_BUFFERING, SHARED_DISK);

    read_and_write(bed, handle, "segments", 4 * KIB, 0);
    read_and_write(bed, handle, "segments", 64 * KIB, 0);
}

/* Windows' disks take whole sectors only. */
static void partial_sectors_are_refused(void **state)
{
    static const struct {
        uint64_t offset;
        uint32_t length;
    } rows[] = {
        {0, 1},     {0, 100}, {0, 511},    {0, 513},   {0, MIB + 1}, {1, 512},
        {256, 512}, {511, 1}, {513, 4096}, {100, 100}, {1, MIB},     {DISK_SIZE, 1},
    };
    static const char *const ways[] = {"pointer", "at"};
    struct bed *bed = *state;
    const uint32_t pended = open_on(bed, 0, ACCESS_BOTH, FLAG_OVERLAPPED, SHARED_DISK);
    const uint32_t before = new_stamp();

    put_on_disk(bed, 0, 0, 2 * MIB, before);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        for (int is_write = 0; is_write < 2; is_write++)
            for (uint32_t shift = 0; shift < 2; shift++) {
                struct raw_request request = {is_write,       "event", rows[i].offset,
                                              rows[i].length, shift,   new_stamp()};

                expect_raw_refused(bed, 0, pended, &request, ERROR_INVALID_PARAMETER);
                for (int way = 0; way < 2; way++) {
                    request.way = ways[way];
                    expect_raw(bed, 0, bed->disk[0], &request, ERROR_INVALID_PARAMETER, 0);
                }
            }
    expect_on_disk(bed, 1, 0, 2 * MIB, before);
}

static void nothing_is_read_and_written(void **state)
{
    struct bed *bed = *state;
    struct raw_request request = {false, "pointer", 8 * SECTOR, 0, 0, 0};

    for (int is_write = 0; is_write < 2; is_write++) {
        request.is_write = is_write;
        expect_raw(bed, 0, bed->disk[0], &request, ERROR_SUCCESS, 0);
        assert_int_equal(raw_on(bed, 0, bed->disk[0], &request).pointer, 8 * SECTOR);
    }
}

static uint64_t pointer_after(struct bed *bed, const char *way, uint64_t offset, uint32_t length,
                              uint32_t shift)
{
    const struct raw_request request = {true, way, offset, length, shift, new_stamp()};

    return raw_on(bed, 0, bed->disk[0], &request).pointer;
}

/* It moves by what was moved, also where an OVERLAPPED named the place. */
static void the_file_pointer(void **state)
{
    struct bed *bed = *state;

    assert_int_equal(pointer_after(bed, "pointer", 5 * SECTOR, 2 * SECTOR, 0), 7 * SECTOR);
    assert_int_equal(pointer_after(bed, "pointer", NO_SEEK, SECTOR, 1), 8 * SECTOR);
    assert_int_equal(pointer_after(bed, "pointer", NO_SEEK, 2 * MIB, 1), 8 * SECTOR + 2 * MIB);
    assert_int_equal(pointer_after(bed, "at", 20 * SECTOR, SECTOR, 0), 21 * SECTOR);
    assert_int_equal(pointer_after(bed, "at", 30 * SECTOR, 2 * MIB, 1), 30 * SECTOR + 2 * MIB);
    assert_int_equal(pointer_after(bed, "pointer", NO_SEEK, SECTOR, 0), 31 * SECTOR + 2 * MIB);
    assert_int_equal(pointer_after(bed, "pointer", 9 * SECTOR, 100, 0), 9 * SECTOR);
    assert_int_equal(pointer_after(bed, "pointer", DISK_SIZE - SECTOR, MIB, 0), DISK_SIZE);
    assert_int_equal(pointer_after(bed, "pointer", DISK_SIZE - SECTOR, MIB, 1), DISK_SIZE);
    arrange_disk(bed, &node_2_excludes);
    assert_int_equal(pointer_after(bed, "pointer", 5 * SECTOR, SECTOR, 0), 5 * SECTOR);
    assert_int_equal(pointer_after(bed, "pointer", 5 * SECTOR, MIB, 1), 5 * SECTOR);
}

static void access_that_the_handle_lacks(void **state)
{
    struct bed *bed = *state;
    const uint32_t reader = open_on(bed, 0, ACCESS_READ, FLAGS_NONE, SHARED_DISK);
    const uint32_t writer = open_on(bed, 0, ACCESS_WRITE, FLAGS_NONE, SHARED_DISK);
    struct raw_request request = {true, "pointer", 0, SECTOR, 0, new_stamp()};
    const uint32_t before = new_stamp();

    put_on_disk(bed, 0, 0, SECTOR, before);
    expect_raw(bed, 0, reader, &request, ERROR_ACCESS_DENIED, 0);
    request = (struct raw_request){false, "pointer", 0, SECTOR, 1, before};
    expect_raw(bed, 0, writer, &request, ERROR_ACCESS_DENIED, 0);
    expect_raw(bed, 0, reader, &request, ERROR_SUCCESS, SECTOR);
    expect_on_disk(bed, 1, 0, SECTOR, before);
    request = (struct raw_request){true, "pointer", 0, SECTOR, 1, new_stamp()};
    expect_raw(bed, 0, writer, &request, ERROR_SUCCESS, SECTOR);
    expect_on_disk(bed, 1, 0, SECTOR, request.stamp);
}

static void preempt(struct bed *bed, int node)
{
    const struct scsi_direct result =
        scsi_direct_pr_out(bed->sg[node], RESERVATION_ACTION_PREEMPT, RESERVATION_TYPE_EXCLUSIVE,
                           node_key[node], node_key[1 - node]);

    assert_true(scsi_direct_is_good(&result));
}

static void register_key(struct bed *bed, int node)
{
    struct scsi_direct result;

    scsi_direct_take_unit_attentions(bed->sg[node]);
    result = scsi_direct_pr_out(bed->sg[node], RESERVATION_ACTION_REGISTER_IGNORE_EXISTING, 0, 0,
                                node_key[node]);
    assert_true(scsi_direct_is_good(&result));
}

/* The handles are older than all of it. */
static void the_reservation_changes_hands(void **state)
{
    static const struct disk_state node_1_excludes = {
        {0x1122334455667788, 0x8877665544332211}, 0, RESERVATION_TYPE_EXCLUSIVE};
    struct bed *bed = *state;
    struct raw_request request = {true, "pointer", 0, SECTOR, 0, 0};

    arrange_disk(bed, &node_1_excludes);
    for (int i = 0; i < 20; i++) {
        const int holder = i % 2;
        const uint32_t last = new_stamp();

        request.stamp = last;
        expect_raw(bed, holder, bed->disk[holder], &request, ERROR_SUCCESS, SECTOR);
        request.stamp = new_stamp();
        expect_raw(bed, 1 - holder, bed->disk[1 - holder], &request, ERROR_BUSY, 0);
        expect_on_disk(bed, holder, 0, SECTOR, last);
        register_key(bed, 1 - holder);
        preempt(bed, 1 - holder);
        scsi_direct_take_unit_attentions(bed->sg[holder]);
    }
}

/* What one has written and been told is written, the other reads. */
static void both_nodes_see_the_same(void **state)
{
    struct bed *bed = *state;

    for (int i = 0; i < 100; i++) {
        const int writer = i % 2;
        const uint64_t place = (uint64_t)(i % 5) * SECTOR;
        struct raw_request request = {true, "pointer", place, 4 * KIB, 0, new_stamp()};

        expect_raw(bed, writer, bed->disk[writer], &request, ERROR_SUCCESS, 4 * KIB);
        request.is_write = false;
        expect_raw(bed, 1 - writer, bed->disk[1 - writer], &request, ERROR_SUCCESS, 4 * KIB);
    }
}

static void expect_fenced(struct bed *bed, uint32_t handle)
{
    const struct raw_request write = {true, "pointer", 0, SECTOR, 0, new_stamp()};
    const struct raw_request read = {false, "pointer", 0, SECTOR, 0, 0};

    expect_raw(bed, 0, handle, &write, ERROR_BUSY, 0);
    expect_raw(bed, 0, handle, &read, ERROR_BUSY, 0);
}

static void a_duplicated_handle(void **state)
{
    struct bed *bed = *state;
    const uint32_t before = new_stamp();
    uint32_t copy;

    put_on_disk(bed, 1, 0, SECTOR, before);
    copy = agent_ok_on(bed, 0, "duplicate %x", (unsigned int)bed->disk[0]);
    arrange_disk(bed, &node_2_excludes);
    expect_fenced(bed, copy);
    agent_ok_on(bed, 0, "close %x", (unsigned int)bed->disk[0]);
    expect_fenced(bed, copy);
    expect_on_disk(bed, 1, 0, SECTOR, before);
}

static void an_inherited_handle(void **state)
{
    struct bed *bed = *state;
    const uint32_t good = new_stamp(), bad = new_stamp();

    assert_int_equal(agent_ok_on(bed, 0, "inherit %x %x %x", (unsigned int)bed->disk[0], SECTOR,
                                 (unsigned int)good),
                     ERROR_SUCCESS);
    expect_on_disk(bed, 1, SECTOR, SECTOR, good);
    arrange_disk(bed, &node_2_excludes);
    assert_int_equal(agent_ok_on(bed, 0, "inherit %x %x %x", (unsigned int)bed->disk[0], SECTOR,
                                 (unsigned int)bad),
                     ERROR_BUSY);
    expect_on_disk(bed, 1, SECTOR, SECTOR, good);
}

static void expect_flush(struct bed *bed, uint32_t handle, uint32_t error)
{
    const struct agent_reply reply = agent_reply_on(bed, 0, "flush %x", (unsigned int)handle);

    assert_int_equal(reply.is_ok, error == ERROR_SUCCESS);
    assert_int_equal(reply.number, error);
}

/* SYNCHRONIZE CACHE conflicts where WRITE does (SBC-3 4.17). */
static void flushes(void **state)
{
    static const struct disk_state registrants = {
        {0x1122334455667788, 0x8877665544332211}, 1, RESERVATION_TYPE_WRITE_EXCLUSIVE_REGISTRANTS};
    struct bed *bed = *state;

    expect_flush(bed, bed->disk[0], ERROR_SUCCESS);
    expect_flush(bed, open_on(bed, 0, ACCESS_READ, FLAGS_NONE, SHARED_DISK), ERROR_ACCESS_DENIED);
    arrange_disk(bed, &registrants);
    expect_flush(bed, bed->disk[0], ERROR_SUCCESS);
    arrange_disk(bed, &node_2_excludes);
    expect_flush(bed, bed->disk[0], ERROR_BUSY);
    expect_flush(bed, open_on(bed, 0, ACCESS_BOTH, FLAG_OVERLAPPED, SHARED_DISK), ERROR_BUSY);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(any_buffer_address),
    cmocka_unit_test(scattered_pages),
    cmocka_unit_test(partial_sectors_are_refused),
    cmocka_unit_test(nothing_is_read_and_written),
    cmocka_unit_test(the_file_pointer),
    cmocka_unit_test(access_that_the_handle_lacks),
    cmocka_unit_test(the_reservation_changes_hands),
    cmocka_unit_test(both_nodes_see_the_same),
    cmocka_unit_test(a_duplicated_handle),
    cmocka_unit_test(an_inherited_handle),
    cmocka_unit_test(flushes),
};

const struct suite raw_io = SUITE("raw_io", tests);
