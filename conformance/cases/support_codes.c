/* Every control code of this family is known to the system: whatever it says to these requests, it
 * is not that there is no such code. */
#include "../behaviour.h"

static const struct {
    const char *name;
    uint32_t code;
    uint32_t needs;
} rows[] = {
    {"pr_in", IOCTL_STORAGE_PERSISTENT_RESERVE_IN, 0},
    {"pr_out", IOCTL_STORAGE_PERSISTENT_RESERVE_OUT, NEEDS_CONSENT},
    {"release", IOCTL_STORAGE_RELEASE, NEEDS_CONSENT},
    {"reserve", IOCTL_STORAGE_RESERVE, NEEDS_CONSENT},
    {"disk_release", IOCTL_DISK_RELEASE, NEEDS_CONSENT},
    {"disk_reserve", IOCTL_DISK_RESERVE, NEEDS_CONSENT},
    {"break_reservation", IOCTL_STORAGE_BREAK_RESERVATION, NEEDS_CONSENT},
    {"reset_bus", IOCTL_STORAGE_RESET_BUS, NEEDS_CONSENT | NEEDS_BUS_RESET},
};

static bool is_pr(uint32_t code)
{
    return code == IOCTL_STORAGE_PERSISTENT_RESERVE_IN ||
           code == IOCTL_STORAGE_PERSISTENT_RESERVE_OUT;
}

static void expect_known(struct test *test, const struct request *request)
{
    struct answer answer;

    if (ask(test, NODE_1, request, &answer)) {
        char text[NT_STATUS_TEXT_MAX];

        check(test,
              answer.status != NT_STATUS_NOT_SUPPORTED &&
                  answer.status != NT_STATUS_NOT_IMPLEMENTED,
              "the control code", "known to the system", "error %lu, %s",
              (unsigned long)answer.error, nt_status_text(answer.status, text));
    }
}

static void run(struct test *test, unsigned row)
{
    struct request request = request_plain(rows[row].code);

    if (is_pr(request.code)) {
        expect(test, NODE_1, &request, NT_STATUS_INFO_LENGTH_MISMATCH, 0, NULL);
        return;
    }
    if (request.code == IOCTL_STORAGE_BREAK_RESERVATION)
        request = request_break();
    if (request.code == IOCTL_STORAGE_RESET_BUS) {
        request.input_flags = 0;
        request.input_length = sizeof(STORAGE_BUS_RESET_REQUEST);
    }
    expect_known(test, &request);
}

static uint32_t row_needs(unsigned row)
{
    return rows[row].needs;
}

const struct behaviour support_codes = {
    .name = "support.codes",
    .source = "the documentation pages of the control codes (Windows 2000 and later)",
    ROWS(rows),
    .run = run,
    .row_needs = row_needs,
};
