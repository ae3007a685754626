/* PERSISTENT RESERVE IN and OUT as a Windows program puts them. */
#ifndef TESTS_BED_PR_REQUEST_H
#define TESTS_BED_PR_REQUEST_H

#include "windows_request.h"

#include <ntddstor/reservation.h>

enum { PR_IN_INPUT_LENGTH = 12, PR_OUT_INPUT_LENGTH = 36 };

struct pr_out {
    uint8_t action;
    uint8_t type; /* and scope, as CDB byte 2 */
    uint64_t key;
    uint64_t service_action_key;
    bool persists; /* ActivatePersistThroughPowerLoss */
};

/* Fills `input` (36 bytes) and returns the request without an output buffer, as programs make it.
 */
struct windows_request pr_out_request(const struct pr_out *out, uint8_t *input);

/* Fills `input` (12 bytes). */
struct windows_request pr_in_request(uint8_t action, uint16_t allocation_length, int output_length,
                                     uint8_t *input);

/* One PR OUT on the shared disk's handle, which must end with this error. */
void expect_pr_out(struct bed *bed, int node, const struct pr_out *out, uint32_t error);

/* One PR IN on the shared disk's handle. */
struct windows_answer expect_pr_in(struct bed *bed, int node, uint8_t action,
                                   uint16_t allocation_length, int output_length, uint32_t error,
                                   uint32_t information);

#endif
