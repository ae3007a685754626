/* Every suite of the bed; each is a file of its own. */
#ifndef TESTS_BED_SUITES_H
#define TESTS_BED_SUITES_H

#include "bed.h"

extern const struct suite access_and_handles, bitness, disk_names, faults_hung, faults_injected,
    faults_iscsi, faults_loop, hung_disk, legacy, native_heart, no_pr_disk, overlapped, pr_in_lists,
    pr_out_inputs, pr_out_matrix, preempt_and_abort, raw_io, raw_program, raw_table, raw_unshimmed,
    removed_disk, returned_disk, unprivileged;

#endif
