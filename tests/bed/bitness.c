/* Programs of both bitnesses on one disk: node 1's agent is a 32-bit one, node 2's a 64-bit one,
 * and each is fenced off by the other, as they ask for it themselves. Needs --other. Sources:
 * SPC-4 5.12 (PREEMPT takes the registration and the reservation); SBC-3 4.17; semantics 1. */
#include "disk_state.h"
#include "pr_request.h"
#include "raw_request.h"
#include "suites.h"
#include <stdio.h>

enum { LENGTH = 4096, MACHINE_I386 = 0x14c, MACHINE_X86_64 = 0x8664 };

static const char *const at_once[] = {"pointer", "at"};
static const char *const pended[] = {"event", "port", "apc"};

static uint32_t new_stamp(void)
{
    static uint32_t stamp = 0x300000;

    return ++stamp;
}

/* IMAGE_FILE_HEADER.Machine; 0 where there is none to be read. */
static unsigned int machine_of(const char *path)
{
    uint8_t place[4] = {0}, header[6] = {0};
    FILE *file = fopen(path, "rbe");
    long offset;
    bool good;

    if (!file)
        return 0;
    good = fseek(file, 0x3c, SEEK_SET) == 0 && fread(place, sizeof(place), 1, file) == 1;
    offset = place[0] | place[1] << 8 | place[2] << 16;
    good =
        good && fseek(file, offset, SEEK_SET) == 0 && fread(header, sizeof(header), 1, file) == 1;
    fclose(file);
    return good ? header[4] | (unsigned int)header[5] << 8 : 0;
}

static void the_programs_are_of_both(void **state)
{
    const struct bed *bed = *state;

    assert_int_equal(machine_of(bed->agent), MACHINE_I386);
    assert_int_equal(machine_of(bed->other_agent), MACHINE_X86_64);
    assert_int_equal(machine_of(bed->holdfast), MACHINE_X86_64);
}

/* One read or write, and what is on the disk then. */
static void move(struct bed *bed, int node, uint32_t handle, const char *way, bool is_write,
                 uint32_t error)
{
    const int holder = error == ERROR_SUCCESS ? node : 1 - node; /* one that may */
    const uint32_t before = new_stamp();
    const struct raw_request request = {is_write, way, 0,
                                        LENGTH,   0,   is_write ? new_stamp() : before};

    put_on_disk(bed, holder, 0, LENGTH, before);
    expect_raw(bed, node, handle, &request, error, error == ERROR_SUCCESS ? LENGTH : 0);
    expect_on_disk(bed, holder, 0, LENGTH, error == ERROR_SUCCESS ? request.stamp : before);
}

/* Every read and write by handles that are older than the reservation. */
static void expect_all(struct bed *bed, int node, const uint32_t *pended_handles, uint32_t error)
{
    for (int is_write = 0; is_write < 2; is_write++) {
        for (size_t i = 0; i < sizeof(at_once) / sizeof(at_once[0]); i++)
            move(bed, node, bed->disk[node], at_once[i], is_write, error);
        for (size_t i = 0; i < sizeof(pended) / sizeof(pended[0]); i++)
            move(bed, node, pended_handles[i], pended[i], is_write, error);
    }
}

static void take(struct bed *bed, int node, uint8_t action)
{
    const struct pr_out registration = {RESERVATION_ACTION_REGISTER_IGNORE_EXISTING, 0, 0,
                                        node_key[node], false};
    const struct pr_out out = {action, RESERVATION_TYPE_EXCLUSIVE, node_key[node],
                               action == RESERVATION_ACTION_PREEMPT ? node_key[1 - node] : 0,
                               false};
    struct disk_state held = {.holder = node, .type = RESERVATION_TYPE_EXCLUSIVE};

    held.key[node] = node_key[node];
    expect_pr_out(bed, node, &registration, ERROR_SUCCESS);
    expect_pr_out(bed, node, &out, ERROR_SUCCESS);
    assert_disk_is(bed, &held, "after a program has taken it");
}

/* Node 1 takes the disk, node 2 takes it from there, and node 1 once more. The programs ask for all
 * of it; what they may then and may not, they see themselves. */
static void take_turns(struct bed *bed)
{
    uint32_t handles[NODES][sizeof(pended) / sizeof(pended[0])];

    for (int node = 0; node < NODES; node++)
        for (size_t i = 0; i < sizeof(pended) / sizeof(pended[0]); i++)
            handles[node][i] = open_on(bed, node, ACCESS_BOTH, FLAG_OVERLAPPED, SHARED_DISK);
    for (int turn = 0; turn < 3; turn++) {
        const int holder = turn % 2, fenced = 1 - holder;
        const struct pr_out late = {RESERVATION_ACTION_RESERVE, RESERVATION_TYPE_EXCLUSIVE,
                                    node_key[fenced], 0, false};

        take(bed, holder, turn == 0 ? RESERVATION_ACTION_RESERVE : RESERVATION_ACTION_PREEMPT);
        expect_all(bed, fenced, handles[fenced], ERROR_BUSY);
        expect_pr_out(bed, fenced, &late, ERROR_BUSY);
        expect_all(bed, holder, handles[holder], ERROR_SUCCESS);
    }
}

static void each_fences_the_other(void **state)
{
    take_turns(*state);
}

static void windows_path(char *path, size_t size, const char *unix_path)
{
    snprintf(path, size, "Z:%s", unix_path);
    for (; *path; path++)
        if (*path == '/')
            *path = '\\';
}

/* A command processor of one bitness starts an agent of the other, which takes its node's place in
 * a bed of its own; the other node's stays. */
static void check_child(const struct bed *bed, int node, const char *folder, unsigned int parent)
{
    static struct bed family;
    static char agent[1024];
    char file[64], processor[64];
    const char *const command[] = {bed->holdfast, "run", processor, "/c", agent, NULL};

    snprintf(file, sizeof(file), "/run/bed/node%d/drive_c/windows/%s/cmd.exe", node + 1, folder);
    assert_int_equal(machine_of(file), parent);
    snprintf(processor, sizeof(processor), "C:\\windows\\%s\\cmd.exe", folder);
    windows_path(agent, sizeof(agent), node == 0 ? bed->agent : bed->other_agent);
    family = *bed;
    if (!windows_node_start(&family.nodes[node], node + 1, bed->node_script, command) ||
        !windows_node_wait_until_ready(&family.nodes[node]))
        fail_msg("%s", family.nodes[node].problem);
    family.disk[node] = open_on(&family, node, ACCESS_BOTH, FLAGS_NONE, SHARED_DISK);
    take_turns(&family);
    windows_node_stop(&family.nodes[node]);
}

static void a_32_bit_child_of_a_64_bit_program(void **state)
{
    check_child(*state, 0, "system32", MACHINE_X86_64);
}

static void a_64_bit_child_of_a_32_bit_program(void **state)
{
    check_child(*state, 1, "syswow64", MACHINE_I386);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(the_programs_are_of_both),
    cmocka_unit_test(each_fences_the_other),
    cmocka_unit_test(a_32_bit_child_of_a_64_bit_program),
    cmocka_unit_test(a_64_bit_child_of_a_32_bit_program),
};

const struct suite bitness = SUITE("bitness", tests);
