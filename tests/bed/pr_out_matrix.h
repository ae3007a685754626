/* All PERSISTENT RESERVE OUT service actions in all situations of two nodes. */
#ifndef TESTS_BED_PR_OUT_MATRIX_H
#define TESTS_BED_PR_OUT_MATRIX_H

#include "bed.h"

/* One action, asked by one node (index), with all four types in all situations; the disk is
 * compared with the model after each. */
void run_pr_out_matrix(struct bed *bed, int node, uint8_t action);

#endif
