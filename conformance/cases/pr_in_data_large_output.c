/* An output buffer that is larger than AllocationLength: what is behind the list stays as it was.
 * Windows makes the transfer as long as the buffer, which may be more than the adapter can. */
#include "../unit_state.h"

#include "../behaviour.h"

static const struct {
    const char *name;
    uint16_t allocation_length;
    uint32_t output_length;
    uint32_t overlapped;
} rows[] = {
    {"bytes_17", 16, 17, 0},           {"bytes_4096", 16, 4096, 0},
    {"bytes_65535", 16, 65535, 0},     {"bytes_65536", 16, 65536, 0},
    {"bytes_131072", 4096, 131072, 0}, {"bytes_1048576", 65535, 1048576, 0},
    {"overlapped", 16, 65536, 1},
};

/* What the port driver says to a transfer that is too long is not known. */
static const struct outcome outcomes[] = {
    {NT_STATUS_SUCCESS, 16, EVERYWHERE},
    {NT_STATUS_INVALID_PARAMETER, 0, ON_WINDOWS | ON_REACTOS},
    {NT_STATUS_INVALID_DEVICE_REQUEST, 0, ON_WINDOWS | ON_REACTOS},
    {NT_STATUS_IO_DEVICE_ERROR, 0, ON_WINDOWS | ON_REACTOS},
    {NT_STATUS_INSUFFICIENT_RESOURCES, 0, ON_WINDOWS | ON_REACTOS},
};

static void run(struct test *test, unsigned row)
{
    const struct unit_state registered = {{unit_key(test, 1), 0}, NOBODY, 0, NOBODY};
    struct request request =
        request_pr_in(RESERVATION_ACTION_READ_KEYS, rows[row].allocation_length);
    struct answer answer;

    request.output_length = rows[row].output_length;
    request.overlapped = rows[row].overlapped;
    if (!arrange(test, &registered) || !expect_one_of(test, NODE_1, &request, QUESTION_LARGE_OUTPUT,
                                                      outcomes, COUNT(outcomes), &answer))
        return;
    check(test,
          !nt_status_is_success(answer.status) ||
              get_be64(answer.output + 8) == registered.key[NODE_1],
          "the list", "the key", "something else");
}

const struct behaviour pr_in_data_large_output = {
    .name = "pr_in.data.large_output",
    .source = "classpnp utils.c ClasspPersistentReserve",
    .needs = NEEDS_CODES | NEEDS_PR | NEEDS_CONSENT,
    ROWS(rows),
    .run = run,
};
