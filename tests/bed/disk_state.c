#include "disk_state.h"

#include "hex.h"
#include "scsi_direct.h"
#include <fcntl.h>
#include <inttypes.h>
#include <ntddstor/reservation.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
    SHOWN_KEYS_MAX = 8,
    OUTPUT_MAX = 4096,
    UNIT_ATTENTION = 6,
    RESERVATION_CONFLICT = 24,
    UNIT_ATTENTIONS_MAX = 5
};

const struct disk_state disk_free = {{0, 0}, NOBODY, 0};

/* sg_persist's words for the types that Windows lets pass. */
static const struct {
    uint8_t type;
    const char *words;
} type_words[] = {
    {RESERVATION_TYPE_WRITE_EXCLUSIVE, "Write Exclusive"},
    {RESERVATION_TYPE_EXCLUSIVE, "Exclusive Access"},
    {RESERVATION_TYPE_WRITE_EXCLUSIVE_REGISTRANTS, "Write Exclusive, registrants only"},
    {RESERVATION_TYPE_EXCLUSIVE_REGISTRANTS, "Exclusive Access, registrants only"},
};

static uint8_t type_from_words(const char *words)
{
    for (size_t i = 0; i < sizeof(type_words) / sizeof(type_words[0]); i++)
        if (strcmp(words, type_words[i].words) == 0)
            return type_words[i].type;
    return 0;
}

uint8_t sg_persist_type(const char *output)
{
    const char *at = strstr(output, "type: ");
    char words[64];

    if (!at)
        return 0;
    at += strlen("type: ");
    snprintf(words, sizeof(words), "%.*s", (int)strcspn(at, "\n"), at);
    return type_from_words(words);
}

static void read_all(int fd, char *output, size_t size)
{
    size_t used = 0;
    ssize_t got;

    while (used < size - 1 && (got = read(fd, output + used, size - 1 - used)) > 0)
        used += (size_t)got;
    output[used] = 0;
}

int run_and_read(const char *const *words, char *output, size_t size)
{
    posix_spawn_file_actions_t actions;
    int from[2], status, error;
    pid_t pid;

    if (pipe2(from, O_CLOEXEC) < 0)
        return -1;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, from[1], STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions, from[1], STDERR_FILENO);
    error = posix_spawnp(&pid, words[0], &actions, NULL, (char *const *)words, environ);
    posix_spawn_file_actions_destroy(&actions);
    close(from[1]);
    if (error == 0)
        read_all(from[0], output, size);
    close(from[0]);
    if (error || waitpid(pid, &status, 0) != pid || !WIFEXITED(status))
        return -1;
    return WEXITSTATUS(status);
}

int run_sg_persist(const char *option, const char *path, char *output, size_t size)
{
    const char *const words[] = {"sg_persist", "-n", option, path, NULL};

    return run_and_read(words, output, size);
}

/* The question asked until no unit attention is in its way. */
static int ask_sg_persist(const char *option, const char *path, char *output)
{
    int code = UNIT_ATTENTION;

    for (int i = 0; code == UNIT_ATTENTION && i < UNIT_ATTENTIONS_MAX; i++)
        code = run_sg_persist(option, path, output, OUTPUT_MAX);
    return code;
}

/* One registration of READ FULL STATUS, and the reservation's holder where there is one. */
struct shown_state {
    uint64_t keys[SHOWN_KEYS_MAX];
    int count;
    bool is_held;
    uint64_t holder;
    uint8_t type;
};

static void parse_line(const char *line, struct shown_state *shown)
{
    const char *type = strstr(line, "type: "), *key = strstr(line, "Key=");

    if (key) {
        key += strlen("Key=");
        if (shown->count < SHOWN_KEYS_MAX && hex_read(&key, &shown->keys[shown->count]))
            shown->count++;
    } else if (strstr(line, "<< Reservation holder >>") && shown->count) {
        shown->is_held = true;
        shown->holder = shown->keys[shown->count - 1];
    } else if (type && strstr(line, "LU_SCOPE")) {
        shown->type = type_from_words(type + strlen("type: "));
    }
}

static struct shown_state parse(char *output)
{
    struct shown_state shown = {.count = 0};

    for (char *rest = output, *line; (line = strsep(&rest, "\n"));)
        parse_line(line, &shown);
    return shown;
}

static bool shows(const struct shown_state *shown, uint64_t key)
{
    for (int i = 0; i < shown->count; i++)
        if (shown->keys[i] == key)
            return true;
    return false;
}

static bool agrees(const struct shown_state *shown, const struct disk_state *expected)
{
    int count = 0;

    for (int i = 0; i < NODES; i++) {
        if (!expected->key[i])
            continue;
        count++;
        if (!shows(shown, expected->key[i]))
            return false;
    }
    if (shown->count != count || shown->is_held != (expected->holder != NOBODY))
        return false;
    return !shown->is_held ||
           (shown->holder == expected->key[expected->holder] && shown->type == expected->type);
}

static const char *holder_name(const struct disk_state *state)
{
    return state->holder == NOBODY ? "nobody" : state->holder == 0 ? "node 1" : "node 2";
}

void assert_disk_is(struct bed *bed, const struct disk_state *expected, const char *when)
{
    char output[OUTPUT_MAX], kept[OUTPUT_MAX];
    const int code = ask_sg_persist("-s", bed->sg_path[0], output);
    struct shown_state shown;

    memcpy(kept, output, sizeof(kept));
    shown = parse(output);
    if (code == 0 && agrees(&shown, expected))
        return;
    fail_msg("%s: expected on the disk: keys %" PRIx64 " and %" PRIx64
             ", held by %s, type %u; sg_persist (exit code %d) shows:\n%s",
             when, expected->key[0], expected->key[1], holder_name(expected), expected->type, code,
             kept);
}

void assert_disk_is_legacy_reserved(struct bed *bed, const char *when)
{
    char output[OUTPUT_MAX];

    for (int i = 0; i < NODES; i++) {
        const int code = ask_sg_persist("-k", bed->sg_path[i], output);

        if (code != RESERVATION_CONFLICT)
            fail_msg("%s: expected an SPC-2 reservation on the disk; sg_persist on node %d (exit "
                     "code %d) shows:\n%s",
                     when, i + 1, code, output);
    }
}

/* RELEASE by one who holds nothing is GOOD and does nothing (SPC-2 7.18), so both nodes can be
 * told. REGISTER AND IGNORE then CLEAR empties the rest, whoever had registered. */
bool free_disk(struct bed *bed)
{
    struct scsi_direct cleared;

    for (int i = 0; i < NODES; i++) {
        scsi_direct_take_unit_attentions(bed->sg[i]);
        scsi_direct_plain(bed->sg[i], DIRECT_RELEASE);
    }
    scsi_direct_pr_out(bed->sg[0], RESERVATION_ACTION_REGISTER_IGNORE_EXISTING, 0, 0, node_key[0]);
    cleared = scsi_direct_pr_out(bed->sg[0], RESERVATION_ACTION_CLEAR, 0, node_key[0], 0);
    for (int i = 0; i < NODES; i++)
        scsi_direct_take_unit_attentions(bed->sg[i]);
    return scsi_direct_is_good(&cleared);
}

static void must_be_good(const struct scsi_direct *result, const char *what)
{
    if (!scsi_direct_is_good(result))
        fail_msg("%s on the way to the test's starting state: errno %d, status %02x, sense "
                 "%x/%02x/%02x",
                 what, result->error, result->status, result->key, result->asc, result->ascq);
}

void arrange_disk(struct bed *bed, const struct disk_state *wanted)
{
    struct scsi_direct result;

    if (!free_disk(bed))
        fail_msg("the disk cannot be freed for the test's starting state");
    for (int i = 0; i < NODES; i++) {
        if (!wanted->key[i])
            continue;
        result = scsi_direct_pr_out(bed->sg[i], RESERVATION_ACTION_REGISTER_IGNORE_EXISTING, 0, 0,
                                    wanted->key[i]);
        must_be_good(&result, "REGISTER AND IGNORE EXISTING KEY");
    }
    if (wanted->holder == NOBODY)
        return;
    result = scsi_direct_pr_out(bed->sg[wanted->holder], RESERVATION_ACTION_RESERVE, wanted->type,
                                wanted->key[wanted->holder], 0);
    must_be_good(&result, "RESERVE");
}
