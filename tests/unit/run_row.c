#include "run_row.h"

#include "expect.h"
#include <string.h>

struct reservation_outcome run(struct scripted_disk *disk, enum reservation_action action)
{
    static uint8_t output[64];
    struct reservation_disk reservation_disk = scripted_reservation_disk(disk);
    struct reservation_plan plan = scripted_plan(action);
    struct reservation_outcome outcome;

    memset(&outcome, 0xee, sizeof(outcome));
    if (action == RESERVATION_PR_IN)
        plan.command.data = output;
    reservation_run(&reservation_disk, &plan, &outcome);
    return outcome;
}

void expect_runs(const struct run_row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct run_row *row = &rows[i];
        struct scripted_disk disk = {.replies = row->replies,
                                     .reply_count = row->reply_count,
                                     .wants_ten_byte = row->wants_ten_byte};
        struct reservation_outcome outcome = run(&disk, row->action);

        EXPECT_TEXT(disk.log, row->log, "%s", row->name);
        EXPECT_STATUS(outcome.status, row->status, "%s", row->name);
        EXPECT(outcome.information, row->information, "%s", row->name);
        EXPECT(disk.wants_ten_byte, row->wants_ten_byte_after, "%s", row->name);
        EXPECT(outcome.attempts, disk.command_count, "%s", row->name);
    }
}
