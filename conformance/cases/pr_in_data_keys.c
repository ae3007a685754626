/* READ KEYS of none and of one key: generation, length of the list, the key byte for byte as it was
 * registered. A device gives what there is, however much room it has. */
#include "../unit_state.h"

#include "../behaviour.h"

#include <inttypes.h>

enum { HEADER = 8, KEY = 8 };

static const struct {
    const char *name;
    unsigned keys;
    uint16_t allocation_length;
} rows[] = {
    {"none_of_8", 0, 8},      {"none_of_24", 0, 24},      {"none_of_65535", 0, 65535},
    {"one_of_16", 1, 16},     {"one_of_17", 1, 17},       {"one_of_136", 1, 136},
    {"one_of_4096", 1, 4096}, {"one_of_65535", 1, 65535},
};

static void run(struct test *test, unsigned row)
{
    const struct unit_state state = {
        {rows[row].keys ? unit_key(test, 1) : 0, 0}, NOBODY, 0, NOBODY};
    const struct request request =
        request_pr_in(RESERVATION_ACTION_READ_KEYS, rows[row].allocation_length);
    const uint32_t list = KEY * rows[row].keys;
    struct answer answer;

    if (!arrange(test, &state) ||
        !expect(test, NODE_1, &request, NT_STATUS_SUCCESS, HEADER + list, &answer))
        return;
    check(test, get_be32(answer.output + 4) == list, "AdditionalLength",
          "8 for each key, big endian", "%" PRIu32, get_be32(answer.output + 4));
    if (rows[row].keys)
        check(test, get_be64(answer.output + HEADER) == state.key[NODE_1], "the key",
              "as it was registered, big endian", "%016" PRIx64, get_be64(answer.output + HEADER));
}

const struct behaviour pr_in_data_keys = {
    .name = "pr_in.data.keys",
    .source = "SPC-4 6.15.2; PRI_REGISTRATION_LIST's page",
    .needs = NEEDS_CODES | NEEDS_PR | NEEDS_CONSENT,
    ROWS(rows),
    .run = run,
};
