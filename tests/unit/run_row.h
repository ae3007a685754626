/* Running a plan on a scripted disk, and rows for the tests of dll/reservation/run.c: what the disk
 * says, and all that must come of it. */
#ifndef HOLDFAST_UNIT_RUN_ROW_H
#define HOLDFAST_UNIT_RUN_ROW_H

#include "scripted_disk.h"

struct run_row {
    const char *name;
    enum reservation_action action;
    bool wants_ten_byte;
    struct scripted_reply replies[6];
    size_t reply_count;
    const char *log;
    int32_t status;
    uint32_t information;
    bool wants_ten_byte_after;
};

/* Runs `action` on a disk. PR IN reads into a buffer of 64 bytes. */
struct reservation_outcome run(struct scripted_disk *disk, enum reservation_action action);

void expect_runs(const struct run_row *rows, size_t count);

#endif
