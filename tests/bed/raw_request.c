#include "raw_request.h"

#include "agent_sentinels.h"
#include "hex.h"
#include "scsi_direct.h"
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WORDS = 12, DIRECT_MAX = 128 * 1024 };
static const uint32_t STATUS_PENDING = 0x103;

static const char *converse(struct bed *bed, int node, const char *line)
{
    struct windows_node *windows = &bed->nodes[node];

    if (!windows_node_send(windows, "%s", line) || !windows_node_receive(windows))
        fail_msg("%s", windows->problem);
    return windows->line;
}

static bool take_words(const char *line, uint64_t *words)
{
    if (strncmp(line, "done ", 5) != 0)
        return false;
    line += 5;
    for (int i = 0; i < WORDS; i++)
        if (!hex_read(&line, &words[i]))
            return false;
    return *line == 0;
}

struct raw_answer raw_on(struct bed *bed, int node, uint32_t handle,
                         const struct raw_request *request)
{
    uint64_t words[WORDS];
    struct raw_answer answer;
    char line[256];

    snprintf(line, sizeof(line),
             "raw %" PRIx32 " %s %s %" PRIx64 " %" PRIx32 " %" PRIx32 " %" PRIx32, handle,
             request->is_write ? "write" : "read", request->way, request->offset, request->length,
             request->shift, request->stamp);
    if (!take_words(converse(bed, node, line), words))
        fail_msg("node %d: '%s' was answered with '%.100s'", node + 1, line, bed->nodes[node].line);
    answer = (struct raw_answer){
        .result = (uint32_t)words[0],
        .last_error = (uint32_t)words[1],
        .bytes = (uint32_t)words[2],
        .final = (uint32_t)words[3],
        .final_error = (uint32_t)words[4],
        .final_bytes = (uint32_t)words[5],
        .internal = (uint32_t)words[6],
        .internal_high = (uint32_t)words[7],
        .told = (uint32_t)words[8],
        .stamp = (uint32_t)words[9],
        .stray = (uint32_t)words[10],
        .pointer = words[11],
    };
    return answer;
}

bool is_same_raw_answer(const struct raw_answer *one, const struct raw_answer *other)
{
    return one->result == other->result && one->last_error == other->last_error &&
           one->bytes == other->bytes && one->final == other->final &&
           one->final_error == other->final_error && one->final_bytes == other->final_bytes &&
           one->internal == other->internal && one->internal_high == other->internal_high &&
           one->told == other->told && one->stamp == other->stamp && one->stray == other->stray &&
           one->pointer == other->pointer;
}

/* What a program sees, by the way it asked. `is_pended`: the end comes after the call. */
struct sight {
    const char *way;
    bool is_pended;
    bool says_true; /* the call itself, where the end comes later */
    bool has_overlapped;
};

static const struct sight sights[] = {
    {"pointer", false, false, false}, {"at", false, false, true}, {"event", true, false, true},
    {"port", true, false, true},      {"apc", true, true, true},  {"segments", true, false, true},
};

static const struct sight *sight_of(const char *way)
{
    const struct sight *sight = sights;

    while (strcmp(sight->way, way) != 0)
        sight++;
    return sight;
}

static uint32_t status_of(uint32_t error)
{
    static const struct {
        uint32_t error, status;
    } rows[] = {
        {ERROR_SUCCESS, 0},
        {ERROR_BUSY, 0x80000011},
        {ERROR_HANDLE_EOF, 0xc0000011},
        {ERROR_DISK_FULL, 0xc000007f},
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        if (rows[i].error == error)
            return rows[i].status;
    fail_msg("the tests do not know the NTSTATUS of error %" PRIu32, error);
    return 0;
}

/* An error, as opposed to a warning, does not reach the OVERLAPPED of a request that was not
 * pended, but for the end of the file, where Wine has it so. */
static bool reaches_overlapped(uint32_t error)
{
    return error == ERROR_SUCCESS || error == ERROR_BUSY || error == ERROR_HANDLE_EOF;
}

static bool is_left_alone(const struct raw_answer *seen)
{
    return seen->internal == STATUS_PENDING && seen->internal_high == 0;
}

static bool is_refused_at_once(const struct raw_answer *seen, uint32_t error)
{
    return seen->result == 0 && seen->last_error == error && seen->final == AGENT_FINAL_NOT_ASKED &&
           seen->told == 0 && is_left_alone(seen);
}

static bool is_right_at_once(const struct raw_answer *seen, const struct sight *sight,
                             uint32_t error, uint32_t bytes)
{
    const uint32_t last_error = error == ERROR_SUCCESS ? AGENT_LAST_ERROR : error;

    if (seen->result != (error == ERROR_SUCCESS) || seen->last_error != last_error ||
        seen->bytes != bytes || seen->final != AGENT_FINAL_NOT_ASKED || seen->told != 0)
        return false;
    if (!sight->has_overlapped)
        return true;
    if (!reaches_overlapped(error))
        return is_left_alone(seen);
    return seen->internal == status_of(error) && seen->internal_high == bytes;
}

/* ReadFileEx says TRUE, and has no number of bytes; ReadFileScatter has none either. */
static bool is_right_in_the_end(const struct raw_answer *seen, const struct sight *sight,
                                uint32_t error, uint32_t bytes)
{
    const bool counts = strcmp(sight->way, "event") == 0 || strcmp(sight->way, "port") == 0;

    return seen->result == sight->says_true &&
           (sight->says_true || seen->last_error == ERROR_IO_PENDING) &&
           seen->bytes == (counts ? 0 : AGENT_RETURNED) &&
           seen->final == (error == ERROR_SUCCESS) && seen->final_error == error &&
           seen->final_bytes == bytes && seen->told == 1 && seen->internal == status_of(error) &&
           seen->internal_high == bytes;
}

void expect_raw(struct bed *bed, int node, uint32_t handle, const struct raw_request *request,
                uint32_t error, uint32_t bytes)
{
    const struct sight *sight = sight_of(request->way);
    const struct raw_answer seen = raw_on(bed, node, handle, request);
    const bool is_read = !request->is_write && bytes >= 4;
    const bool is_right = sight->is_pended ? is_right_in_the_end(&seen, sight, error, bytes)
                                           : is_right_at_once(&seen, sight, error, bytes);

    if (!is_right)
        fail_msg("%s node %d, '%s': expected error %" PRIu32 " and %" PRIu32
                 " bytes; the agent says '%s' ",
                 bed->doing ? bed->doing : "", node + 1, bed->nodes[node].asked, error, bytes,
                 bed->nodes[node].line);
    if (seen.stray || (is_read && seen.stamp != request->stamp))
        fail_msg("%s node %d, '%s': stamp %" PRIx32 " read, expected %" PRIx32 ", and %s",
                 bed->doing ? bed->doing : "", node + 1, bed->nodes[node].asked, seen.stamp,
                 request->stamp, seen.stray ? "further bytes have changed" : "no further byte");
}

void expect_raw_refused(struct bed *bed, int node, uint32_t handle,
                        const struct raw_request *request, uint32_t error)
{
    const struct raw_answer seen = raw_on(bed, node, handle, request);

    if (!is_refused_at_once(&seen, error) || seen.stray)
        fail_msg("%s node %d, '%s': expected to be refused at once with error %" PRIu32
                 "; the agent says '%s'",
                 bed->doing ? bed->doing : "", node + 1, bed->nodes[node].asked, error,
                 bed->nodes[node].line);
}

static struct agent_reply reply_to(struct bed *bed, int node, const char *line)
{
    const char *answer = converse(bed, node, line), *at = strchr(answer, ' ');
    struct agent_reply reply = {.is_ok = strncmp(answer, "ok", 2) == 0};
    uint64_t number;

    if (!reply.is_ok && strncmp(answer, "error ", 6) != 0)
        fail_msg("node %d: '%s' was answered with '%.100s'", node + 1, line, answer);
    if (at && hex_read(&at, &number))
        reply.number = (uint32_t)number;
    return reply;
}

struct agent_reply agent_reply_on(struct bed *bed, int node, const char *format, ...)
{
    char line[256];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(line, sizeof(line), format, arguments);
    va_end(arguments);
    return reply_to(bed, node, line);
}

uint32_t agent_ok_on(struct bed *bed, int node, const char *format, ...)
{
    struct agent_reply reply;
    char line[256];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(line, sizeof(line), format, arguments);
    va_end(arguments);
    reply = reply_to(bed, node, line);
    if (!reply.is_ok)
        fail_msg("node %d: '%s' failed with error %" PRIu32, node + 1, line, reply.number);
    return reply.number;
}

static uint32_t piece_of(uint32_t rest)
{
    return rest < DIRECT_MAX ? rest : DIRECT_MAX;
}

static void must_be_good(const struct scsi_direct *result, const char *what, int node)
{
    if (!scsi_direct_is_good(result))
        fail_msg("%s by SG_IO on node %d: errno %d, status %02x, sense %x/%02x/%02x", what,
                 node + 1, result->error, result->status, result->key, result->asc, result->ascq);
}

static uint8_t *new_bytes(uint32_t length)
{
    uint8_t *bytes = malloc(length);

    if (!bytes)
        fail_msg("no memory for %" PRIu32 " bytes", length);
    return bytes;
}

void put_on_disk(struct bed *bed, int node, uint64_t offset, uint32_t length, uint32_t stamp)
{
    uint8_t *bytes = new_bytes(length);

    raw_pattern_fill(bytes, length, stamp);
    for (uint32_t done = 0; done < length; done += piece_of(length - done)) {
        const struct scsi_direct result =
            scsi_direct_write(bed->sg[node], (uint32_t)((offset + done) / SECTOR),
                              (uint16_t)(piece_of(length - done) / SECTOR), bytes + done);

        must_be_good(&result, "WRITE(10)", node);
    }
    free(bytes);
}

void expect_on_disk(struct bed *bed, int node, uint64_t offset, uint32_t length, uint32_t stamp)
{
    uint8_t *bytes = new_bytes(length);
    uint32_t seen;

    for (uint32_t done = 0; done < length; done += piece_of(length - done)) {
        const struct scsi_direct result =
            scsi_direct_read(bed->sg[node], (uint32_t)((offset + done) / SECTOR),
                             (uint16_t)(piece_of(length - done) / SECTOR), bytes + done);

        must_be_good(&result, "READ(10)", node);
    }
    seen = raw_pattern_stamp(bytes, length);
    free(bytes);
    if (seen != stamp)
        fail_msg("%s: stamp %" PRIx32 " is on the disk at %" PRIx64 ", expected %" PRIx32
                 " (the last request was '%s')",
                 bed->doing ? bed->doing : "", seen, offset, stamp, bed->nodes[node].asked);
}
