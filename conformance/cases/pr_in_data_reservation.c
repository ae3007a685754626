/* READ RESERVATION of a free unit and of one that is held, by each type: all 24 bytes but the
 * generation. */
#include "../unit_state.h"

#include "../behaviour.h"

#include <string.h>

enum { HEADER = 8, DESCRIPTOR = 16, TYPE = HEADER + 13 };

static const struct {
    const char *name;
    uint8_t type;
    uint16_t allocation_length;
} rows[] = {
    {"free_of_8", 0, 8},
    {"free_of_24", 0, 24},
    {"free_of_65535", 0, 65535},
    {"write_exclusive", RESERVATION_TYPE_WRITE_EXCLUSIVE, 24},
    {"exclusive", RESERVATION_TYPE_EXCLUSIVE, 24},
    {"write_exclusive_registrants", RESERVATION_TYPE_WRITE_EXCLUSIVE_REGISTRANTS, 24},
    {"exclusive_registrants", RESERVATION_TYPE_EXCLUSIVE_REGISTRANTS, 24},
    {"exclusive_of_25", RESERVATION_TYPE_EXCLUSIVE, 25},
    {"exclusive_of_4096", RESERVATION_TYPE_EXCLUSIVE, 4096},
    {"exclusive_of_65535", RESERVATION_TYPE_EXCLUSIVE, 65535},
};

static void run(struct test *test, unsigned row)
{
    const uint8_t type = rows[row].type;
    const struct unit_state state = {{unit_key(test, 1), 0}, type ? NODE_1 : NOBODY, type, NOBODY};
    const struct request request =
        request_pr_in(RESERVATION_ACTION_READ_RESERVATIONS, rows[row].allocation_length);
    const uint32_t length = HEADER + (type ? DESCRIPTOR : 0);
    uint8_t proper[HEADER + DESCRIPTOR] = {0};
    struct answer answer;

    if (!arrange(test, &state) ||
        !expect(test, NODE_1, &request, NT_STATUS_SUCCESS, length, &answer))
        return;
    memcpy(proper, answer.output, 4); /* the generation: state.generation_counts */
    put_be32(proper + 4, length - HEADER);
    put_be64(proper + HEADER, state.key[NODE_1]);
    proper[TYPE] = type;
    for (uint32_t i = 0; i < length; i++)
        if (!check(test, answer.output[i] == proper[i], "the list of reservations",
                   "SPC-4's, byte by byte", "byte %u is %02x instead of %02x", (unsigned)i,
                   answer.output[i], proper[i]))
            break;
}

const struct behaviour pr_in_data_reservation = {
    .name = "pr_in.data.reservation",
    .source = "SPC-4 6.15.3; PRI_RESERVATION_LIST's and PRI_RESERVATION_DESCRIPTOR's pages",
    .needs = NEEDS_CODES | NEEDS_PR | NEEDS_CONSENT,
    ROWS(rows),
    .run = run,
};
