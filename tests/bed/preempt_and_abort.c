/* What tcm_loop cannot carry (PREEMPT AND ABORT deadlocks the kernel there) and reservations that
 * outlive power loss. Sources: SPC-4 5.12.11.2.6 and 6.16; for LIO testbeds 1 and 5. */
#include "pr_model.h"
#include "pr_out_matrix.h"
#include "suites.h"
#include <string.h>

static void from_node_1(void **state)
{
    run_pr_out_matrix(*state, 0, RESERVATION_ACTION_PREEMPT_ABORT);
}

static void from_node_2(void **state)
{
    run_pr_out_matrix(*state, 1, RESERVATION_ACTION_PREEMPT_ABORT);
}

/* REPORT CAPABILITIES: "Persist Through Power Loss Activated (PTPL_A): 1". */
static void expect_activated(struct bed *bed, const char *value)
{
    char output[4096];
    const char *at;

    assert_int_equal(run_sg_persist("-c", bed->sg_path[0], output, sizeof(output)), 0);
    at = strstr(output, "(PTPL_A): ");
    assert_non_null(at);
    assert_memory_equal(at + strlen("(PTPL_A): "), value, 1);
}

static void persist_through_power_loss(void **state)
{
    struct bed *bed = *state;
    struct disk_state disk = disk_free;
    const struct pr_out activate = {RESERVATION_ACTION_REGISTER, 0, 0, node_key[0], true};
    const struct pr_out deactivate = {RESERVATION_ACTION_REGISTER, 0, node_key[0], node_key[0],
                                      false};

    expect_pr_out(bed, 0, &activate, pr_model(&disk, 0, &activate));
    assert_disk_is(bed, &disk, "after REGISTER with APTPL");
    expect_activated(bed, "1");
    expect_pr_out(bed, 0, &deactivate, pr_model(&disk, 0, &deactivate));
    assert_disk_is(bed, &disk, "after REGISTER without APTPL");
    expect_activated(bed, "0");
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(from_node_1),
    cmocka_unit_test(from_node_2),
    cmocka_unit_test(persist_through_power_loss),
};

const struct suite preempt_and_abort = SUITE("preempt_and_abort", tests);
