/* The heart as a Linux program uses it: dll/reservation over dll/unix/sg_io.c, without Wine. The
 * sources are those of the other suites; here the attempts can be counted as well. */
#include "disk_state.h"
#include "dll/reservation/reservation.h"
#include "dll/unix/sg_io.h"
#include "pr_request.h"
#include "scsi_direct.h"
#include "suites.h"
#include <fcntl.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static void wait_for(void *context, uint32_t milliseconds)
{
    (void)context;
    usleep(milliseconds * 1000);
}

/* `output` takes what a PR IN returns; at least request->output_length bytes. */
static struct reservation_outcome run_on_fd(int fd, const struct windows_request *request,
                                            void *output)
{
    static _Atomic uint8_t wants_ten_byte;
    struct sg_disk handle = {fd, sg_io_identify(fd).is_generic};
    const struct reservation_disk disk = {&sg_io_transport,       &handle,        wait_for, NULL,
                                          RESERVATION_TIMEOUT_MS, &wants_ten_byte};
    const struct reservation_request asked = {
        .control_code = request->code,
        .granted_access = 3,
        .input = request->input,
        .input_length = request->input_length == NO_BUFFER ? 0 : (uint32_t)request->input_length,
        .output_length = request->output_length == NO_BUFFER ? 0 : (uint32_t)request->output_length,
    };
    struct reservation_outcome outcome = {0};
    struct reservation_plan plan;

    outcome.status = reservation_prepare(&asked, &plan);
    if (outcome.status != NT_STATUS_PENDING)
        return outcome;
    plan.command.data = output;
    reservation_run(&disk, &plan, &outcome);
    return outcome;
}

/* On /dev/sdX, as root. */
static struct reservation_outcome run_on_node(struct bed *bed, int node,
                                              const struct windows_request *request, void *output)
{
    const int fd = open(bed->disk_path[node], O_RDWR | O_CLOEXEC);
    struct reservation_outcome outcome;

    assert_true(fd >= 0);
    outcome = run_on_fd(fd, request, output);
    close(fd);
    return outcome;
}

static void expect_outcome(const struct reservation_outcome *outcome, int32_t status,
                           uint32_t attempts)
{
    if (outcome->status != status || outcome->attempts != attempts)
        fail_msg("expected %s after %u attempts, seen %s after %u", nt_status_name(status),
                 attempts, nt_status_name(outcome->status), outcome->attempts);
}

static void expect_out(struct bed *bed, int node, const struct pr_out *out, int32_t status)
{
    uint8_t input[PR_OUT_INPUT_LENGTH];
    const struct windows_request request = pr_out_request(out, input);
    const struct reservation_outcome outcome = run_on_node(bed, node, &request, NULL);

    expect_outcome(&outcome, status, 1);
    assert_int_equal(outcome.information, 0);
}

static void persistent_reservation(void **state)
{
    struct bed *bed = *state;
    const struct pr_out registrations[NODES] = {
        {RESERVATION_ACTION_REGISTER, 0, 0, node_key[0], false},
        {RESERVATION_ACTION_REGISTER, 0, 0, node_key[1], false}};
    const struct pr_out reserve = {RESERVATION_ACTION_RESERVE, RESERVATION_TYPE_EXCLUSIVE,
                                   node_key[0], 0, false};
    const struct pr_out other_reserve = {RESERVATION_ACTION_RESERVE, RESERVATION_TYPE_EXCLUSIVE,
                                         node_key[1], 0, false};
    const struct disk_state held = {{node_key[0], node_key[1]}, 0, RESERVATION_TYPE_EXCLUSIVE};

    for (int node = 0; node < NODES; node++)
        expect_out(bed, node, &registrations[node], NT_STATUS_SUCCESS);
    expect_out(bed, 0, &reserve, NT_STATUS_SUCCESS);
    expect_out(bed, 1, &other_reserve, NT_STATUS_DEVICE_BUSY);
    assert_disk_is(bed, &held, "after the heart's requests");
}

static void lists(void **state)
{
    struct bed *bed = *state;
    const struct disk_state disk = {{node_key[0], node_key[1]}, NOBODY, 0};
    uint8_t input[PR_IN_INPUT_LENGTH], list[64] = {0};
    struct windows_request request = pr_in_request(RESERVATION_ACTION_READ_KEYS, 64, 64, input);
    struct reservation_outcome outcome;

    arrange_disk(bed, &disk);
    outcome = run_on_node(bed, 0, &request, list);
    expect_outcome(&outcome, NT_STATUS_SUCCESS, 1);
    assert_int_equal(outcome.information, 24);
    assert_int_equal(list[7], 16);
    request = pr_in_request(2, 64, 64, input);
    outcome = run_on_node(bed, 0, &request, list);
    expect_outcome(&outcome, NT_STATUS_INVALID_PARAMETER, 0);
    assert_disk_is(bed, &disk, "after the heart's READ KEYS");
}

/* A unit attention costs one attempt and no time; semantics 3. */
static void unit_attention_is_taken(void **state)
{
    struct bed *bed = *state;
    const struct disk_state disk = {{node_key[0], node_key[1]}, NOBODY, 0};
    uint8_t input[PR_IN_INPUT_LENGTH], list[8];
    const struct windows_request request = pr_in_request(RESERVATION_ACTION_READ_KEYS, 8, 8, input);
    struct reservation_outcome outcome;

    arrange_disk(bed, &disk);
    scsi_direct_pr_out(bed->sg[0], RESERVATION_ACTION_CLEAR, 0, node_key[0], 0);
    outcome = run_on_node(bed, 1, &request, list);
    expect_outcome(&outcome, NT_STATUS_SUCCESS, 2);
    outcome = run_on_node(bed, 1, &request, list);
    expect_outcome(&outcome, NT_STATUS_SUCCESS, 1);
    assert_disk_is(bed, &disk_free, "after CLEAR");
}

static void legacy_reservation(void **state)
{
    struct bed *bed = *state;
    const struct windows_request reserve = {IOCTL_STORAGE_RESERVE, NULL, NO_BUFFER, NO_BUFFER};
    STORAGE_BREAK_RESERVATION_REQUEST input = {.Length = sizeof(input)};
    const struct windows_request free_unit = {IOCTL_STORAGE_BREAK_RESERVATION, &input,
                                              sizeof(input), NO_BUFFER};
    struct reservation_outcome outcome = run_on_node(bed, 0, &reserve, NULL);

    expect_outcome(&outcome, NT_STATUS_SUCCESS, 1);
    outcome = run_on_node(bed, 1, &reserve, NULL);
    expect_outcome(&outcome, NT_STATUS_DEVICE_BUSY, 1);
    assert_disk_is_legacy_reserved(bed, "after the heart's RESERVE");
    outcome = run_on_node(bed, 1, &free_unit, NULL);
    assert_int_equal(outcome.status, NT_STATUS_SUCCESS);
    assert_disk_is(bed, &disk_free, "after the heart's BREAK_RESERVATION");
}

/* Runs in a child without privileges; returns the exit code. */
static int as_nobody(int fd, const struct windows_request *requests, size_t count)
{
    enum { NOBODYS_UID = 65534 };

    if (setgid(NOBODYS_UID) < 0 || setuid(NOBODYS_UID) < 0)
        return 2;
    for (size_t i = 0; i < count; i++) {
        uint8_t list[64];
        const struct reservation_outcome outcome = run_on_fd(fd, &requests[i], list);

        if (outcome.status != NT_STATUS_ACCESS_DENIED || outcome.attempts > 1)
            return 1;
    }
    return 0;
}

/* EPERM from SG_IO on /dev/sdX and EACCES from SG_SCSI_RESET, although the descriptor may read and
 * write (testbeds 5): STATUS_ACCESS_DENIED at once. */
static void without_privileges(void **state)
{
    struct bed *bed = *state;
    uint8_t in[PR_IN_INPUT_LENGTH], out[PR_OUT_INPUT_LENGTH];
    const struct pr_out registration = {RESERVATION_ACTION_REGISTER, 0, 0, node_key[0], false};
    STORAGE_BREAK_RESERVATION_REQUEST input = {.Length = sizeof(input)};
    const struct windows_request requests[] = {
        pr_in_request(RESERVATION_ACTION_READ_KEYS, 64, 64, in),
        pr_out_request(&registration, out),
        {IOCTL_STORAGE_RESERVE, NULL, NO_BUFFER, NO_BUFFER},
        {IOCTL_STORAGE_BREAK_RESERVATION, &input, sizeof(input), NO_BUFFER},
    };
    const int fd = open(bed->disk_path[0], O_RDWR | O_CLOEXEC);
    int status;
    pid_t pid;

    assert_true(fd >= 0);
    pid = fork();
    if (pid == 0)
        _exit(as_nobody(fd, requests, sizeof(requests) / sizeof(requests[0])));
    close(fd);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
    assert_disk_is(bed, &disk_free, "after requests without privileges");
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(persistent_reservation),  cmocka_unit_test(lists),
    cmocka_unit_test(unit_attention_is_taken), cmocka_unit_test(legacy_reservation),
    cmocka_unit_test(without_privileges),
};

const struct suite native_heart = SUITE("native_heart", tests);
