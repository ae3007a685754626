/* Cases that leave as much as a case can behind, and wait there: as long as the file exists that
 * the variable SUBJECT_HOLDS names, which they make. */
#include "../../conformance/behaviour.h"
#include "../../conformance/unit_state.h"

#include <stdlib.h>
#include <string.h>
#include <windows.h>

enum { STEP_MS = 20, LONGEST_S = 120, FILLED_WITH = 0xd1 };

static void hold(struct test *test)
{
    const char *path = getenv("SUBJECT_HOLDS");
    HANDLE file = path ? CreateFileA(path, GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, 0, NULL)
                       : INVALID_HANDLE_VALUE;

    if (file == INVALID_HANDLE_VALUE) {
        skip(test, "the variable SUBJECT_HOLDS names no file that can be made");
        return;
    }
    CloseHandle(file);
    for (int i = 0; i < LONGEST_S * 1000 / STEP_MS; i++) {
        if (GetFileAttributesA(path) == INVALID_FILE_ATTRIBUTES)
            return;
        Sleep(STEP_MS);
    }
}

static void write_pattern(struct test *test)
{
    const struct environment *environment = test->environment;

    for (uint32_t i = 0; i < 2; i++) {
        struct scsi_request request = scsi_write(environment->work_block + i * (WORK_BLOCKS - 1),
                                                 environment->disk.block_size);

        memset(request.data, FILLED_WITH, request.length);
        expect_scsi(test, NODE_1, &request, 0);
    }
}

static void run_hold(struct test *test, unsigned row)
{
    const struct unit_state state = {
        .key = {unit_key(test, 1), unit_key(test, 2)},
        .holder = NODE_1,
        .type = RESERVATION_TYPE_EXCLUSIVE,
        .legacy_holder = NOBODY,
    };

    (void)row;
    if (!arrange(test, &state))
        return;
    write_pattern(test);
    hold(test);
}

const struct behaviour subject_hold = {
    .name = "subject.hold",
    .source = "tests/conformance/safety",
    .needs = NEEDS_CONSENT | NEEDS_DATA | NEEDS_BOTH_NODES | NEEDS_PASS_THROUGH,
    .run = run_hold,
};

static void run_hold_legacy(struct test *test, unsigned row)
{
    const struct unit_state state = {.holder = NOBODY, .legacy_holder = NODE_2};

    (void)row;
    if (arrange(test, &state))
        hold(test);
}

const struct behaviour subject_hold_legacy = {
    .name = "subject.hold_legacy",
    .source = "tests/conformance/safety",
    .needs = NEEDS_CONSENT | NEEDS_LEGACY | NEEDS_BOTH_NODES,
    .run = run_hold_legacy,
};

static void run_after(struct test *test, unsigned row)
{
    (void)row;
    expect_unit(test, &unit_free);
}

const struct behaviour subject_after = {
    .name = "subject.after",
    .source = "tests/conformance/safety",
    .needs = NEEDS_CODES | NEEDS_PR,
    .run = run_after,
};
