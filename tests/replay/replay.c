/* replay FILE.tsv...: runs every vector through the whole request logic, on a scripted device and
 * a virtual clock. One line per difference, a summary, and exit code 1 if there was any; 2 if a
 * file could not be read. */
#include "vector.h"

#include <stdarg.h>
#include <string.h>

/* What the request logic did to the device and to the clock. */
struct recording {
    const struct vector *vector;
    struct scsi_command commands[VECTOR_ATTEMPTS_MAX];
    uint8_t parameter_lists[VECTOR_ATTEMPTS_MAX][SCSI_PR_OUT_PARAMETER_LENGTH];
    uint32_t attempts;
    uint32_t delays_ms[VECTOR_ATTEMPTS_MAX];
    uint32_t delays;
    bool has_differences;
};

static int scripted_execute(void *disk, const struct scsi_command *command,
                            struct scsi_result *result)
{
    struct recording *recording = disk;
    const struct vector *vector = recording->vector;
    uint32_t attempt = recording->attempts++;

    if (attempt < VECTOR_ATTEMPTS_MAX) {
        recording->commands[attempt] = *command;
        if (command->direction == SCSI_DATA_OUT)
            memcpy(recording->parameter_lists[attempt], command->data,
                   SCSI_PR_OUT_PARAMETER_LENGTH);
    }
    if (vector->reply_count)
        *result =
            vector->replies[attempt < vector->reply_count ? attempt : vector->reply_count - 1];
    return SCSI_SENT;
}

static int scripted_reset(void *disk, enum scsi_reset_level level, int32_t *os_error)
{
    (void)disk;
    (void)level;
    *os_error = 0;
    return SCSI_SENT;
}

static void virtual_wait(void *context, uint32_t milliseconds)
{
    struct recording *recording = context;

    if (recording->delays < VECTOR_ATTEMPTS_MAX)
        recording->delays_ms[recording->delays] = milliseconds;
    recording->delays++;
}

static const struct scsi_transport scripted = {scripted_execute, scripted_reset};

__attribute__((format(printf, 2, 3))) static void differs(struct recording *recording,
                                                          const char *format, ...)
{
    va_list arguments;

    recording->has_differences = true;
    printf("vector %s (0x%08x): ", recording->vector->id, recording->vector->control_code);
    va_start(arguments, format);
    vprintf(format, arguments);
    va_end(arguments);
    putchar('\n');
}

static void compare_number(struct recording *recording, const char *what, uint32_t expected,
                           uint32_t seen)
{
    if (seen != expected)
        differs(recording, "%s is %u, expected %u", what, seen, expected);
}

static void compare_attempt(struct recording *recording, uint32_t attempt)
{
    const struct vector *vector = recording->vector;
    const struct vector_cdb *cdb = &vector->cdbs[attempt];
    const struct scsi_command *command = &recording->commands[attempt];

    if (command->cdb_length != cdb->length || memcmp(command->cdb, cdb->bytes, cdb->length) != 0)
        differs(recording, "attempt %u sends another CDB (%02x, %u bytes), expected %02x",
                attempt + 1, command->cdb[0], command->cdb_length, cdb->bytes[0]);
    compare_number(recording, "direction", vector->direction, command->direction);
    compare_number(recording, "transfer length", vector->transfer_length, command->transfer_length);
    if (command->direction == SCSI_DATA_OUT &&
        memcmp(recording->parameter_lists[attempt], vector->input + 10,
               SCSI_PR_OUT_PARAMETER_LENGTH) != 0)
        differs(recording, "attempt %u sends another parameter list than the caller's",
                attempt + 1);
}

static void compare_delays(struct recording *recording)
{
    const struct vector *vector = recording->vector;

    compare_number(recording, "number of waits", vector->delay_count, recording->delays);
    for (uint32_t i = 0; i < vector->delay_count && i < recording->delays; i++)
        compare_number(recording, "wait in ms", vector->delays_ms[i], recording->delays_ms[i]);
}

static void compare_outcome(struct recording *recording, int32_t status, uint32_t information,
                            uint8_t latched)
{
    const struct vector *vector = recording->vector;

    if (status != vector->status)
        differs(recording, "status is %s, expected %s", nt_status_name(status),
                nt_status_name(vector->status));
    compare_number(recording, "Information", vector->information, information);
    compare_number(recording, "ten-byte memory", vector->latched_after, latched);
    compare_number(recording, "number of attempts", vector->cdb_count, recording->attempts);
    for (uint32_t i = 0; i < vector->cdb_count && i < recording->attempts; i++)
        compare_attempt(recording, i);
    compare_delays(recording);
}

/* True where the vector came out as it says. */
static bool replay(const struct vector *vector)
{
    static uint8_t output[RESERVATION_OUTPUT_MAX];
    static struct recording recording;
    _Atomic uint8_t latched = vector->latched;
    const struct reservation_request request = {
        .control_code = vector->control_code,
        .granted_access = vector->access,
        .input = vector->input,
        .input_length = vector->input_length,
        .output_length = vector->output_length,
    };
    const struct reservation_disk disk = {
        .transport = &scripted,
        .handle = &recording,
        .wait = virtual_wait,
        .wait_context = &recording,
        .timeout_ms = RESERVATION_TIMEOUT_MS,
        .wants_ten_byte = &latched,
    };
    struct reservation_outcome outcome = {0};
    struct reservation_plan plan;

    recording.vector = vector;
    recording.attempts = recording.delays = 0;
    recording.has_differences = false;
    outcome.status = reservation_prepare(&request, &plan);
    if (outcome.status == NT_STATUS_PENDING) {
        plan.command.data = output;
        reservation_run(&disk, &plan, &outcome);
    }
    compare_outcome(&recording, outcome.status, outcome.information, latched);
    return !recording.has_differences;
}

static bool replay_file(const char *path, uint32_t *count, uint32_t *different)
{
    struct vector_file file;
    struct vector vector;
    int more = -1;

    if (vector_open(&file, path)) {
        while ((more = vector_read(&file, &vector)) > 0) {
            ++*count;
            if (!replay(&vector))
                ++*different;
            vector_free(&vector);
        }
    }
    if (more < 0)
        fprintf(stderr, "replay: %s: %s\n", path, file.problem);
    vector_close(&file);
    return more == 0;
}

int main(int argc, char **argv)
{
    uint32_t count = 0, different = 0;

    if (argc < 2) {
        fprintf(stderr, "usage: replay FILE.tsv...\n");
        return 2;
    }
    for (int i = 1; i < argc; i++)
        if (!replay_file(argv[i], &count, &different))
            return 2;
    printf("%u vectors, %u as expected, %u different\n", count, count - different, different);
    if (count == 0) {
        fprintf(stderr, "replay: no vector in the file: nothing was tested\n");
        return 2;
    }
    return different != 0;
}
