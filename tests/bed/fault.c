#include "fault.h"

#include "agent_trace.h"
#include "pr_request.h"
#include "windows_request.h"
#include <inttypes.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>

enum { KEYS_LENGTH = 64 };

struct fault_stand {
    const struct bed *bed;
    const char *drive;
    struct bed watched; /* its node 0 is the agent */
    uint32_t handle;
    FILE *trace;
    FILE *table; /* NULL: there is nobody to read it */
    int wrong;
};

struct ended {
    struct traced_request traced;
    uint32_t error;
    double seconds;
};

static const struct {
    const char *name;
    struct pr_out out;
} registrations[] = {
    [FAULT_REGISTER] = {"REGISTER AND IGNORE",
                        {RESERVATION_ACTION_REGISTER_IGNORE_EXISTING, 0, 0, 0x77, false}},
    [FAULT_REGISTER_APTPL] = {"REGISTER, APTPL", {RESERVATION_ACTION_REGISTER, 0, 0, 0x77, true}},
    [FAULT_REGISTER_OVER_APTPL] = {"REGISTER AND IGNORE, APTPL",
                                   {RESERVATION_ACTION_REGISTER_IGNORE_EXISTING, 0, 0, 0x77, true}},
};

static const char *request_name(enum fault_request request)
{
    switch (request) {
    case FAULT_READ_KEYS:
        return "READ KEYS";
    case FAULT_RESERVE:
        return "RESERVE";
    case FAULT_RELEASE:
        return "RELEASE";
    default:
        return registrations[request].name;
    }
}

static struct windows_request make_request(enum fault_request request, uint8_t *input)
{
    switch (request) {
    case FAULT_READ_KEYS:
        return pr_in_request(RESERVATION_ACTION_READ_KEYS, KEYS_LENGTH, KEYS_LENGTH, input);
    case FAULT_RESERVE:
        return (struct windows_request){IOCTL_STORAGE_RESERVE, NULL, NO_BUFFER, NO_BUFFER};
    case FAULT_RELEASE:
        return (struct windows_request){IOCTL_STORAGE_RELEASE, NULL, NO_BUFFER, NO_BUFFER};
    default:
        return pr_out_request(&registrations[request].out, input);
    }
}

/* Two seconds per attempt, where Windows takes ten without this: hung commands are waited for. */
static void shorten_timeout(const struct bed *bed)
{
    static const char key[] = "HKLM\\System\\CurrentControlSet\\Services\\Disk";
    const char *const words[] = {
        bed->node_script, "1",  "reg", "add", key, "/v", "TimeOutValue", "/t",
        "REG_DWORD",      "/d", "2",   "/f",  NULL};
    posix_spawn_file_actions_t quiet;
    int status = -1;
    pid_t pid;

    posix_spawn_file_actions_init(&quiet);
    posix_spawn_file_actions_addopen(&quiet, 1, "/dev/null", 1, 0);
    if (posix_spawn(&pid, words[0], &quiet, NULL, (char *const *)words, environ) == 0)
        waitpid(pid, &status, 0);
    posix_spawn_file_actions_destroy(&quiet);
    if (status != 0)
        fail_msg("the registry does not take the disks' timeout");
}

static void start_agent(struct fault_stand *stand, const struct bed *bed)
{
    const char *const command[] = {bed->holdfast, "run", bed->agent, NULL};
    struct windows_node *node = &stand->watched.nodes[0];
    bool good;

    agent_trace_begin();
    good = windows_node_start(node, 1, bed->node_script, command) &&
           windows_node_wait_until_ready(node);
    agent_trace_end();
    if (!good)
        fail_msg("%s", node->problem);
    stand->trace = fopen(AGENT_TRACE_PATH, "re");
    if (!stand->trace)
        fail_msg("the agent does not write %s", AGENT_TRACE_PATH);
}

static FILE *open_table(const char *name)
{
    const char *folder = getenv("HOLDFAST_RESULTS");
    char path[512];
    FILE *table;

    if (!folder)
        return NULL;
    snprintf(path, sizeof(path), "%s/faults-%s.txt", folder, name);
    table = fopen(path, "ae");
    if (!table)
        fail_msg("%s cannot be written", path);
    return table;
}

__attribute__((format(printf, 2, 3))) static void say(const struct fault_stand *stand,
                                                      const char *format, ...)
{
    char text[512];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(text, sizeof(text), format, arguments);
    va_end(arguments);
    print_message("%s", text);
    if (!stand->table)
        return;
    fputs(text, stand->table);
    fflush(stand->table);
}

struct fault_stand *fault_begin_stand(const struct bed *bed, const char *name, const char *drive)
{
    static struct fault_stand stand;

    stand = (struct fault_stand){.bed = bed, .drive = drive, .table = open_table(name)};
    shorten_timeout(bed);
    start_agent(&stand, bed);
    stand.handle = open_on(&stand.watched, 0, ACCESS_BOTH, FLAGS_NONE, drive);
    return &stand;
}

static double now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

/* An answer of the right error must be Windows' in everything else as well. */
static struct ended run(struct fault_stand *stand, enum fault_request request,
                        void (*meanwhile)(const struct bed *bed), uint32_t expected_error)
{
    const double start = now();
    uint8_t input[PR_OUT_INPUT_LENGTH];
    const struct windows_request windows = make_request(request, input);
    struct windows_answer answer;
    struct ended ended;

    send_request_to(&stand->watched, 0, stand->handle, &windows);
    if (meanwhile)
        meanwhile(stand->bed);
    answer = receive_answer_from(&stand->watched, 0);
    ended = (struct ended){.seconds = now() - start,
                           .error = answer.result ? ERROR_SUCCESS : answer.last_error};
    if (!agent_trace_next(stand->trace, &ended.traced))
        fail_msg("the trace has no line for '%s'", stand->watched.nodes[0].asked);
    if (ended.error == expected_error)
        expect_answer(&stand->watched, 0, &answer, expected_error,
                      answer.result ? answer.returned : 0);
    return ended;
}

static bool agrees(const struct ended *seen, const struct fault_end *expected)
{
    const unsigned int attempts = seen->traced.attempts;

    return strcmp(seen->traced.status, expected->status) == 0 && seen->error == expected->error &&
           seen->seconds <= expected->seconds &&
           (expected->attempts == FAULT_SEVERAL ? attempts > 1 : attempts == expected->attempts);
}

static void say_row(const struct fault_stand *stand, const struct fault *fault,
                    const struct ended *seen, const struct ended *next)
{
    const struct fault_end *expected = &fault->expected;
    char words[128], attempts[16] = "2 to 5";

    if (expected->attempts != FAULT_SEVERAL)
        snprintf(attempts, sizeof(attempts), "%u", expected->attempts);
    snprintf(words, sizeof(words), "%s (%" PRIu32 "), %s sent, %u s at most", expected->status,
             expected->error, attempts, expected->seconds);
    say(stand, "%-34s | %-26s | %-64s | ", fault->words, request_name(fault->request), words);
    snprintf(words, sizeof(words), "%s (%" PRIu32 "), %u sent, %.1f s", seen->traced.status,
             seen->error, seen->traced.attempts, seen->seconds);
    say(stand, "%-58s | %s, %u sent", words, next->traced.status, next->traced.attempts);
}

static void try_one(struct fault_stand *stand, const struct fault_maker *maker,
                    const struct fault *fault)
{
    struct ended seen, next;
    bool good;

    maker->make(stand->bed, fault->how);
    seen = run(stand, fault->request, maker->meanwhile, fault->expected.error);
    maker->mend(stand->bed, fault->how);
    next = run(stand, maker->next, NULL, ERROR_SUCCESS);
    good = agrees(&seen, &fault->expected) && next.error == ERROR_SUCCESS;
    stand->wrong += !good;
    say_row(stand, fault, &seen, &next);
    say(stand, "%s\n", good ? "" : "  <-- WRONG");
}

void fault_try(struct fault_stand *stand, const struct fault_maker *maker,
               const struct fault *faults, size_t count)
{
    say(stand, "\n%s\n%-34s | %-26s | %-64s | %-58s | next %s\n", stand->drive, "fault", "request",
        "expected", "seen", request_name(maker->next));
    for (size_t i = 0; i < count; i++)
        try_one(stand, maker, &faults[i]);
    if (stand->wrong)
        fail_msg("%d of the faults above ended differently than expected", stand->wrong);
}

void fault_end_stand(struct fault_stand *stand)
{
    windows_node_stop(&stand->watched.nodes[0]);
    if (stand->trace)
        fclose(stand->trace);
    if (stand->table)
        fclose(stand->table);
}
