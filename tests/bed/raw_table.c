/* Who may read and write under which reservation, as a Windows program sees it, by every way of
 * asking; and what is on the disk afterwards. Sources: SBC-3 4.17 with its table of commands that
 * are allowed in the presence of reservations, SPC-4 5.12.1 (persistent reservations), SPC-2 5.5.1
 * (RESERVE); windows-behaviour 4.2 (a conflict is STATUS_DEVICE_BUSY). */
#include "disk_state.h"
#include "pr_request.h"
#include "raw_request.h"
#include "scsi_direct.h"
#include "suites.h"
#include <stdio.h>

enum role { HOLDER, REGISTRANT, STRANGER };
static const char *const role_names[] = {"the holder", "a registrant", "a stranger"};

enum { NO_RESERVATION = 0, LEGACY = 0xff };

static const struct row {
    const char *name;
    uint8_t type;
    enum role role;
    bool may_read, may_write;
} rows[] = {
    {"no reservation", NO_RESERVATION, REGISTRANT, true, true},
    {"no reservation", NO_RESERVATION, STRANGER, true, true},
    {"Write Exclusive", RESERVATION_TYPE_WRITE_EXCLUSIVE, HOLDER, true, true},
    {"Write Exclusive", RESERVATION_TYPE_WRITE_EXCLUSIVE, REGISTRANT, true, false},
    {"Write Exclusive", RESERVATION_TYPE_WRITE_EXCLUSIVE, STRANGER, true, false},
    {"Exclusive Access", RESERVATION_TYPE_EXCLUSIVE, HOLDER, true, true},
    {"Exclusive Access", RESERVATION_TYPE_EXCLUSIVE, REGISTRANT, false, false},
    {"Exclusive Access", RESERVATION_TYPE_EXCLUSIVE, STRANGER, false, false},
    {"WE - Registrants Only", RESERVATION_TYPE_WRITE_EXCLUSIVE_REGISTRANTS, HOLDER, true, true},
    {"WE - Registrants Only", RESERVATION_TYPE_WRITE_EXCLUSIVE_REGISTRANTS, REGISTRANT, true, true},
    {"WE - Registrants Only", RESERVATION_TYPE_WRITE_EXCLUSIVE_REGISTRANTS, STRANGER, true, false},
    {"EA - Registrants Only", RESERVATION_TYPE_EXCLUSIVE_REGISTRANTS, HOLDER, true, true},
    {"EA - Registrants Only", RESERVATION_TYPE_EXCLUSIVE_REGISTRANTS, REGISTRANT, true, true},
    {"EA - Registrants Only", RESERVATION_TYPE_EXCLUSIVE_REGISTRANTS, STRANGER, false, false},
    {"RESERVE", LEGACY, HOLDER, true, true},
    {"RESERVE", LEGACY, STRANGER, false, false},
};
enum { ROWS = sizeof(rows) / sizeof(rows[0]) };

enum { LENGTH = 4096 };

/* The node that holds the disk where the asking one has the row's role; without a reservation, one
 * that may do everything. */
static int holder_beside(const struct row *row, int asking)
{
    return row->role == HOLDER ? asking : 1 - asking;
}

static void arrange(struct bed *bed, const struct row *row, int asking)
{
    const int holder = holder_beside(row, asking);
    struct disk_state state = {
        .holder = row->type == NO_RESERVATION ? NOBODY : holder,
        .type = row->type,
    };
    struct scsi_direct reserved;

    if (row->type == LEGACY) {
        arrange_disk(bed, &disk_free);
        reserved = scsi_direct_plain(bed->sg[holder], DIRECT_RESERVE);
        assert_true(scsi_direct_is_good(&reserved));
        return;
    }
    state.key[holder] = node_key[holder];
    if (row->role == HOLDER)
        state.key[1 - asking] = node_key[1 - asking];
    if (row->role == REGISTRANT)
        state.key[asking] = node_key[asking];
    arrange_disk(bed, &state);
}

/* Each row has a place of its own, and each request its stamp. */
static void ask_both(struct bed *bed, const struct row *row, int asking, uint32_t handle,
                     const char *way)
{
    const int holder = holder_beside(row, asking);
    const uint64_t place = (uint64_t)(row - rows) * LENGTH;
    static uint32_t stamp = 0x1000;
    const uint32_t before = ++stamp, after = ++stamp;
    const struct raw_request read = {false, way, place, LENGTH, 0, before};
    const struct raw_request write = {true, way, place, LENGTH, 0, after};

    put_on_disk(bed, holder, place, LENGTH, before);
    expect_raw(bed, asking, handle, &read, row->may_read ? ERROR_SUCCESS : ERROR_BUSY,
               row->may_read ? LENGTH : 0);
    expect_raw(bed, asking, handle, &write, row->may_write ? ERROR_SUCCESS : ERROR_BUSY,
               row->may_write ? LENGTH : 0);
    expect_on_disk(bed, holder, place, LENGTH, row->may_write ? after : before);
}

static void run_table(struct bed *bed, uint32_t flags, const char *way)
{
    char doing[128];

    for (int asking = 0; asking < NODES; asking++) {
        const uint32_t handle = open_on(bed, asking, ACCESS_BOTH, flags, SHARED_DISK);

        for (int i = 0; i < ROWS; i++) {
            snprintf(doing, sizeof(doing), "%s, by %s, %s:", rows[i].name, role_names[rows[i].role],
                     way);
            bed->doing = doing;
            arrange(bed, &rows[i], asking);
            ask_both(bed, &rows[i], asking, handle, way);
            bed->doing = NULL;
        }
    }
}

static void synchronous(void **state)
{
    run_table(*state, FLAGS_NONE, "pointer");
}

static void synchronous_with_overlapped(void **state)
{
    run_table(*state, FLAGS_NONE, "at");
}

static void overlapped_with_event(void **state)
{
    run_table(*state, FLAG_OVERLAPPED, "event");
}

static void overlapped_with_port(void **state)
{
    run_table(*state, FLAG_OVERLAPPED, "port");
}

static void overlapped_with_routine(void **state)
{
    run_table(*state, FLAG_OVERLAPPED, "apc");
}

static void scattered_and_gathered(void **state)
{
    run_table(*state, FLAG_OVERLAPPED | FLAG_NO_BUFFERING, "segments");
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(synchronous),
    cmocka_unit_test(synchronous_with_overlapped),
    cmocka_unit_test(overlapped_with_event),
    cmocka_unit_test(overlapped_with_port),
    cmocka_unit_test(overlapped_with_routine),
    cmocka_unit_test(scattered_and_gathered),
};

const struct suite raw_table = SUITE("raw_table", tests);
