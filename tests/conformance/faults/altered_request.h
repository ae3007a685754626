/* What the faults of validation share: a request that can be changed, and the places in its input.
 */
#ifndef FAULTS_ALTERED_REQUEST_H
#define FAULTS_ALTERED_REQUEST_H

#include "faults.h"

#include <ntddstor/reservation.h>

enum {
    SIZE_AT = 4, /* offsets in PERSISTENT_RESERVE_COMMAND */
    ACTION_AT = 8,
    SCOPE_AND_TYPE_AT = 9,
    ALLOCATION_LENGTH_AT = 10,
    HEADER = 12,
    PR_OUT_INPUT = 36,
    LIST_HEADER = 8,
    BREAK_REQUEST = 8,
};

/* A request that can be changed. */
struct altered {
    struct reservation_request request;
    uint8_t input[RESERVATION_INPUT_USED];
};

void alter_request(struct altered *altered, const struct reservation_request *request);
bool is_pr_in(const struct reservation_request *request);
bool is_pr_out(const struct reservation_request *request);
uint32_t get_le32(const uint8_t *bytes);
void put_le32(uint8_t *bytes, uint32_t value);
uint32_t allocation_length_of(const struct altered *altered);
int32_t with_status(const struct reservation_request *request, struct reservation_plan *plan,
                    int32_t from, int32_t to);

#endif
