/* The whole request logic: control code, lengths, access, input and the device's replies are the
 * fuzzer's. What must hold whatever they are: docs/architecture.md and docs/differences.md. */
#include "fuzz.h"

#include "../../dll/reservation/judge.h"
#include "../../dll/reservation/reservation.h"

enum { BREAK_COMMANDS_MAX = 3 * RESERVATION_ATTEMPTS, RESETS_MAX = 3 };

/* A request on its way, with the device that the fuzzer plays. */
struct run {
    struct fuzz_input *input;
    const struct reservation_request *request;
    enum reservation_action action;
    uint32_t commands;
    uint32_t resets;
    uint32_t waits;
    bool is_final; /* the last answer may not be followed by another attempt */
};

static bool is_reset_request(enum reservation_action action)
{
    return action == RESERVATION_BREAK || action == RESERVATION_RESET_BUS;
}

static void check_command(const struct run *run, const struct scsi_command *command)
{
    static const struct {
        enum reservation_action action;
        uint8_t opcode, length;
    } allowed[] = {
        {RESERVATION_RESERVE, SCSI_RESERVE_6, 6},
        {RESERVATION_RESERVE, SCSI_RESERVE_10, 10},
        {RESERVATION_RELEASE, SCSI_RELEASE_6, 6},
        {RESERVATION_RELEASE, SCSI_RELEASE_10, 10},
        {RESERVATION_PR_IN, SCSI_PERSISTENT_RESERVE_IN, 10},
        {RESERVATION_PR_OUT, SCSI_PERSISTENT_RESERVE_OUT, 10},
        {RESERVATION_BREAK, SCSI_TEST_UNIT_READY, 6},
    };
    bool is_allowed = false;

    for (size_t i = 0; i < sizeof(allowed) / sizeof(allowed[0]); i++)
        is_allowed = is_allowed ||
                     (allowed[i].action == run->action && allowed[i].opcode == command->cdb[0] &&
                      allowed[i].length == command->cdb_length);
    INVARIANT(is_allowed);
    INVARIANT(command->timeout_ms == RESERVATION_TIMEOUT_MS);
    INVARIANT(command->transfer_length <= RESERVATION_OUTPUT_MAX);
    if (command->direction == SCSI_DATA_OUT) {
        INVARIANT(run->action == RESERVATION_PR_OUT && command->transfer_length == 24);
        INVARIANT(memcmp(command->data, (const uint8_t *)run->request->input + 10, 24) == 0);
    }
    if (command->direction == SCSI_DATA_IN) {
        INVARIANT(run->action == RESERVATION_PR_IN);
        INVARIANT(command->transfer_length <= run->request->output_length);
        memset(command->data, 0xa5, command->transfer_length);
    }
}

static int execute(void *disk, const struct scsi_command *command, struct scsi_result *result)
{
    struct run *run = disk;
    int error = fuzz_byte(run->input);

    INVARIANT(!run->is_final || is_reset_request(run->action));
    run->commands++;
    check_command(run, command);
    /* One in eight does not reach the device. */
    error = error % 8 ? SCSI_SENT : error / 8 % (SCSI_TRANSPORT_FAILED + 2);
    result->status = fuzz_byte(run->input);
    result->host_status = fuzz_byte(run->input) % 24;
    result->driver_status = fuzz_byte(run->input) % 16;
    result->sense_length = fuzz_byte(run->input) % (SCSI_SENSE_MAX + 1);
    fuzz_take(run->input, result->sense, result->sense_length < 20 ? result->sense_length : 20);
    result->transferred = fuzz_word(run->input);
    run->is_final = error != SCSI_SENT || result->status == SCSI_STATUS_RESERVATION_CONFLICT;
    return error;
}

static int reset(void *disk, enum scsi_reset_level level, int32_t *os_error)
{
    struct run *run = disk;

    INVARIANT(is_reset_request(run->action) && level <= SCSI_RESET_BUS);
    run->resets++;
    *os_error = 0;
    return fuzz_byte(run->input) % (SCSI_TRANSPORT_FAILED + 1);
}

static void wait_for(void *context, uint32_t milliseconds)
{
    struct run *run = context;

    run->waits++;
    INVARIANT(milliseconds == 0 || milliseconds == 500 || milliseconds == 1000 ||
              milliseconds == 3000 || milliseconds == 5000 || milliseconds == 10000);
}

static void check_outcome(const struct run *run, const struct reservation_plan *plan,
                          const struct reservation_outcome *outcome)
{
    uint32_t commands_max =
        is_reset_request(run->action) ? BREAK_COMMANDS_MAX : RESERVATION_ATTEMPTS;

    INVARIANT(run->commands <= commands_max && run->resets <= RESETS_MAX);
    INVARIANT(outcome->attempts == run->commands);
    INVARIANT(is_reset_request(run->action) || run->waits + 1 == run->commands);
    INVARIANT(outcome->status != NT_STATUS_PENDING);
    INVARIANT(strcmp(nt_status_name(outcome->status), "?") != 0);
    INVARIANT(outcome->information == 0 ||
              (run->action == RESERVATION_PR_IN && outcome->status == NT_STATUS_SUCCESS &&
               outcome->information <= plan->command.transfer_length));
}

static void run_plan(struct run *run, struct reservation_plan *plan, uint8_t latched)
{
    _Atomic uint8_t wants_ten_byte = latched;
    const struct scsi_transport transport = {execute, reset};
    const struct reservation_disk disk = {
        .transport = &transport,
        .handle = run,
        .wait = wait_for,
        .wait_context = run,
        .timeout_ms = RESERVATION_TIMEOUT_MS,
        .wants_ten_byte = &wants_ten_byte,
    };
    struct reservation_outcome outcome;

    if (plan->action == RESERVATION_PR_IN)
        plan->command.data = malloc(plan->command.transfer_length);
    reservation_run(&disk, plan, &outcome);
    check_outcome(run, plan, &outcome);
    INVARIANT(wants_ten_byte >= latched);
    if (plan->action == RESERVATION_PR_IN)
        free(plan->command.data);
}

/* Our codes mostly, so that the fuzzer need not find them. */
static uint32_t take_control_code(struct fuzz_input *input)
{
    static const uint32_t codes[] = {
#define X(code, action, name) code,
        RESERVATION_CONTROL_CODES(X)
#undef X
    };
    uint8_t choice = fuzz_byte(input);

    return choice < 0xf0 ? codes[choice % (sizeof(codes) / sizeof(codes[0]))] : fuzz_word(input);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct fuzz_input input = {bytes, size};
    struct reservation_request request = {
        .control_code = take_control_code(&input),
        .granted_access = fuzz_byte(&input) % 4,
        .output_length = fuzz_word(&input),
        .input_length = fuzz_word(&input) % 64,
    };
    uint8_t latched = fuzz_byte(&input) % 2;
    uint32_t used = request.input_length < RESERVATION_INPUT_USED ? request.input_length
                                                                  : RESERVATION_INPUT_USED;
    uint8_t *block = fuzz_block(&input, used);
    struct run run = {.input = &input, .request = &request};
    struct reservation_plan plan;
    int32_t status;

    request.input = block;
    if (request.input_length >= RESERVATION_INPUT_USED && fuzz_byte(&input) % 16 == 0)
        request.input_length = UINT32_MAX; /* as hostile as it can be */
    status = reservation_prepare(&request, &plan);
    if (status == NT_STATUS_PENDING) {
        run.action = plan.action;
        INVARIANT(reservation_is_ours(request.control_code));
        run_plan(&run, &plan, latched);
    } else {
        INVARIANT(nt_error(status) && strcmp(nt_status_name(status), "?") != 0);
    }
    free(block);
    return 0;
}
