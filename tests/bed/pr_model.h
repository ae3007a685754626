/* What a PERSISTENT RESERVE OUT does to a disk: SPC-4 5.12 and 6.16, and where the standard and
 * Linux' target (LIO) differ, LIO. Two initiators, the types that Windows lets pass. */
#ifndef TESTS_BED_PR_MODEL_H
#define TESTS_BED_PR_MODEL_H

#include "disk_state.h"
#include "pr_request.h"

/* Returns the Win32 error that the initiator (index) must see, and changes `state`. */
uint32_t pr_model(struct disk_state *state, int initiator, const struct pr_out *out);

#endif
