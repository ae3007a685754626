/* dll/reservation/run.c: RESERVE and RELEASE fall back from six bytes to ten. windows-behaviour 3
 * and semantics 3. */
#include "expect.h"
#include "run_row.h"

/* windows-behaviour 3, fallback, and semantics 3. */
static void a_refused_six_byte_form_is_sent_as_ten_bytes(void **state)
{
    static const struct run_row rows[] = {
        {"RESERVE", RESERVATION_RESERVE, false, REPLIES(SENSE(5, 0x20, 0), GOOD), "16 wait500 56",
         NT_STATUS_SUCCESS, 0, true},
        {"RELEASE", RESERVATION_RELEASE, false, REPLIES(SENSE(5, 0x20, 0), GOOD), "17 wait500 57",
         NT_STATUS_SUCCESS, 0, true},
        {"5/24 waits 3 s", RESERVATION_RESERVE, false, REPLIES(SENSE(5, 0x24, 0), GOOD),
         "16 wait3000 56", NT_STATUS_SUCCESS, 0, true},
        {"5/26/00 too", RESERVATION_RESERVE, false, REPLIES(SENSE(5, 0x26, 0), GOOD),
         "16 wait500 56", NT_STATUS_SUCCESS, 0, true},
        {"known from the start", RESERVATION_RESERVE, true, REPLIES(GOOD), "56", NT_STATUS_SUCCESS,
         0, true},
        {"known, RELEASE", RESERVATION_RELEASE, true, REPLIES(GOOD), "57", NT_STATUS_SUCCESS, 0,
         true},
        {"ten bytes refused as well", RESERVATION_RESERVE, false, REPLIES(SENSE(5, 0x20, 0)),
         "16 wait500 56", NT_STATUS_INVALID_DEVICE_REQUEST, 0, true},
        {"known, and refused", RESERVATION_RELEASE, true, REPLIES(SENSE(5, 0x20, 0), GOOD), "57",
         NT_STATUS_INVALID_DEVICE_REQUEST, 0, true},
        {"in the middle", RESERVATION_RESERVE, false,
         REPLIES(SENSE(6, 0x29, 0), SENSE(5, 0x20, 0), SENSE(6, 0x29, 0), GOOD),
         "16 wait0 16 wait500 56 wait0 56", NT_STATUS_SUCCESS, 0, true},
        {"uses up a retry", RESERVATION_RESERVE, false,
         REPLIES(SENSE(5, 0x20, 0), SENSE(6, 0x29, 0)), "16 wait500 56 wait0 56 wait0 56 wait0 56",
         NT_STATUS_IO_DEVICE_ERROR, 0, true},
        {"on the fourth attempt", RESERVATION_RESERVE, false,
         REPLIES(SENSE(6, 0x29, 0), SENSE(6, 0x29, 0), SENSE(6, 0x29, 0), SENSE(5, 0x20, 0), GOOD),
         "16 wait0 16 wait0 16 wait0 16 wait500 56", NT_STATUS_SUCCESS, 0, true},
        {"on the last attempt there is no other, but the disk remembers", RESERVATION_RESERVE,
         false,
         REPLIES(SENSE(6, 0x29, 0), SENSE(6, 0x29, 0), SENSE(6, 0x29, 0), SENSE(6, 0x29, 0),
                 SENSE(5, 0x20, 0), GOOD),
         "16 wait0 16 wait0 16 wait0 16 wait0 16", NT_STATUS_INVALID_DEVICE_REQUEST, 0, true},
    };

    (void)state;
    expect_runs(rows, COUNT(rows));
}

/* windows-behaviour 3: 25h, 21h, 23h, 1Ah, 26/04, 26/08, 0D/04 and 08/04 have other statuses. */
static void other_refusals_do_not_fall_back(void **state)
{
    static const uint8_t codes[][2] = {{0x25, 0}, {0x21, 0}, {0x23, 0}, {0x1a, 0},
                                       {0x26, 4}, {0x26, 8}, {0x0d, 4}, {0x08, 4}};

    (void)state;
    for (size_t i = 0; i < COUNT(codes); i++) {
        const struct scripted_reply replies[] = {SENSE(5, codes[i][0], codes[i][1])};
        struct scripted_disk disk = {.replies = replies, .reply_count = 1};

        run(&disk, RESERVATION_RESERVE);
        EXPECT_TEXT(disk.log, "16", "5/%02x/%02x", codes[i][0], codes[i][1]);
        EXPECT(disk.wants_ten_byte, 0, "5/%02x/%02x", codes[i][0], codes[i][1]);
    }
}

/* The memory is the disk's: shared by RESERVE and RELEASE, and not looked at by PR. */
static void the_ten_byte_memory_is_shared(void **state)
{
    static const struct scripted_reply replies[] = {SENSE(5, 0x20, 0), GOOD};
    struct scripted_disk disk = {.replies = replies, .reply_count = COUNT(replies)};

    (void)state;
    run(&disk, RESERVATION_RELEASE);
    run(&disk, RESERVATION_RESERVE);
    run(&disk, RESERVATION_PR_IN);
    run(&disk, RESERVATION_PR_OUT);
    run(&disk, RESERVATION_RELEASE);
    EXPECT_TEXT(disk.log, "17 wait500 57 56 5e 5f 57", "one after the other");
}

/* Another thread finds it out while this request waits between two attempts. */
static void learn_while_waiting(void *context, uint32_t milliseconds)
{
    struct scripted_disk *disk = context;

    (void)milliseconds;
    disk->wants_ten_byte = 1;
}

static void what_another_thread_learned_counts_from_the_next_attempt(void **state)
{
    static const struct scripted_reply replies[] = {SENSE(6, 0x29, 0), GOOD};
    struct scripted_disk disk = {.replies = replies, .reply_count = COUNT(replies)};
    struct reservation_disk reservation_disk = scripted_reservation_disk(&disk);
    struct reservation_plan plan = scripted_plan(RESERVATION_RESERVE);
    struct reservation_outcome outcome;

    (void)state;
    reservation_disk.wait = learn_while_waiting;
    reservation_run(&reservation_disk, &plan, &outcome);
    EXPECT_TEXT(disk.log, "16 56", "learned in between");
    EXPECT_STATUS(outcome.status, NT_STATUS_SUCCESS, "learned in between");
}

static void the_ten_byte_form_carries_the_timeout_too(void **state)
{
    static const struct scripted_reply replies[] = {SENSE(5, 0x20, 0), GOOD};
    static const uint8_t reserve_10[SCSI_CDB_MAX] = {0x56};
    struct scripted_disk disk = {.replies = replies, .reply_count = COUNT(replies)};

    (void)state;
    run(&disk, RESERVATION_RESERVE);
    EXPECT(disk.commands[1].timeout_ms, SCRIPTED_TIMEOUT_MS, "RESERVE(10)");
    EXPECT(disk.commands[1].cdb_length, 10, "RESERVE(10)");
    EXPECT_BYTES(disk.commands[1].cdb, reserve_10, sizeof(reserve_10), "RESERVE(10)");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_refused_six_byte_form_is_sent_as_ten_bytes),
        cmocka_unit_test(other_refusals_do_not_fall_back),
        cmocka_unit_test(the_ten_byte_memory_is_shared),
        cmocka_unit_test(what_another_thread_learned_counts_from_the_next_attempt),
        cmocka_unit_test(the_ten_byte_form_carries_the_timeout_too),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
