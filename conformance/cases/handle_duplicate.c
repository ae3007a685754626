/* A duplicate does what its own access allows, also where that is less than the original's, and
 * also when the original is closed. A copy of an overlapped handle is overlapped. */
#include "../direct.h"
#include "../unit_state.h"

#include "../behaviour.h"

static const struct {
    const char *name;
    DWORD access; /* 0: the same */
    BOOL inherit;
    bool close_original;
    int32_t pr_in, pr_out;
} rows[] = {
    {"same_access", 0, FALSE, false, NT_STATUS_SUCCESS, NT_STATUS_SUCCESS},
    {"inheritable", 0, TRUE, false, NT_STATUS_SUCCESS, NT_STATUS_SUCCESS},
    {"original_closed", 0, FALSE, true, NT_STATUS_SUCCESS, NT_STATUS_SUCCESS},
    {"read_only", GENERIC_READ, FALSE, false, NT_STATUS_SUCCESS, NT_STATUS_ACCESS_DENIED},
    {"read_only_original_closed", GENERIC_READ, FALSE, true, NT_STATUS_SUCCESS,
     NT_STATUS_ACCESS_DENIED},
    {"write_only", GENERIC_WRITE, FALSE, false, NT_STATUS_ACCESS_DENIED, NT_STATUS_ACCESS_DENIED},
    {"no_data_access", SYNCHRONIZE, FALSE, true, NT_STATUS_ACCESS_DENIED, NT_STATUS_ACCESS_DENIED},
};

static void use(struct test *test, unsigned row, HANDLE handle)
{
    const struct unit_state registered = {{unit_key(test, 1), 0}, NOBODY, 0, NOBODY};
    const struct pr_out enter = {.service_action_key = unit_key(test, 1)};
    struct request in = request_pr_in(RESERVATION_ACTION_READ_KEYS, 8);
    struct request out = request_pr_out(&enter);
    uint8_t output[8];
    const struct direct reading = {
        .handle = handle, .request = &in, .input = in.input, .output = output};
    const struct direct writing = {.handle = handle, .request = &out, .input = out.input};

    direct_expect(test, &reading, rows[row].pr_in, 8);
    direct_expect(test, &writing, rows[row].pr_out, 0);
    expect_unit(test, rows[row].pr_out ? &unit_free : &registered);
}

static void run(struct test *test, unsigned row)
{
    HANDLE original = direct_open(test, GENERIC_READ | GENERIC_WRITE, 0);
    HANDLE copy = NULL;

    if (original == INVALID_HANDLE_VALUE)
        return;
    if (!check(test,
               DuplicateHandle(GetCurrentProcess(), original, GetCurrentProcess(), &copy,
                               rows[row].access, rows[row].inherit,
                               rows[row].access ? 0 : DUPLICATE_SAME_ACCESS),
               "DuplicateHandle", "TRUE", "error %lu", GetLastError())) {
        CloseHandle(original);
        return;
    }
    if (rows[row].close_original)
        CloseHandle(original);
    use(test, row, copy);
    CloseHandle(copy);
    if (!rows[row].close_original)
        CloseHandle(original);
}

const struct behaviour handle_duplicate = {
    .name = "handle.duplicate",
    .source = "DuplicateHandle's page; the I/O manager checks the handle's access",
    .needs = NEEDS_CODES | NEEDS_PR | NEEDS_CONSENT,
    ROWS(rows),
    .run = run,
};
