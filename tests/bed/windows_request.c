#include "windows_request.h"

#include "agent_sentinels.h"
#include "hex.h"
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static void must_be_there(const struct windows_node *node, bool went_well)
{
    if (!went_well)
        fail_msg("%s", node->problem);
}

/* Takes `word` off the beginning of an answer; false where it does not begin so. */
static bool take_word(const char **answer, const char *word)
{
    const size_t length = strlen(word);

    if (strncmp(*answer, word, length) != 0)
        return false;
    *answer += length;
    return true;
}

static bool take_number(const char **answer, uint32_t *number)
{
    uint64_t wide;

    if (!hex_read(answer, &wide) || wide > UINT32_MAX)
        return false;
    *number = (uint32_t)wide;
    return true;
}

static const char *ask(struct bed *bed, int node, const char *line)
{
    struct windows_node *windows = &bed->nodes[node];

    must_be_there(windows, windows_node_send(windows, "%s", line));
    must_be_there(windows, windows_node_receive(windows));
    return windows->line;
}

uint32_t try_open_on(struct bed *bed, int node, uint32_t access, uint32_t flags, const char *name,
                     uint32_t *handle)
{
    char line[512];
    const char *answer;
    uint32_t error = 0;

    snprintf(line, sizeof(line), "open %" PRIx32 " %" PRIx32 " %s", access, flags, name);
    answer = ask(bed, node, line);
    if (take_word(&answer, "ok ") && take_number(&answer, handle))
        return ERROR_SUCCESS;
    if (!take_word(&answer, "error ") || !take_number(&answer, &error))
        fail_msg("node %d: '%s' was answered with '%s'", node + 1, line, answer);
    return error;
}

uint32_t open_on(struct bed *bed, int node, uint32_t access, uint32_t flags, const char *name)
{
    uint32_t handle = 0, error = try_open_on(bed, node, access, flags, name, &handle);

    if (error)
        fail_msg("node %d: CreateFile of %s with access %" PRIx32 " failed with error %" PRIu32,
                 node + 1, name, access, error);
    return handle;
}

static void input_words(const struct windows_request *request, char *words)
{
    const uint8_t *bytes = request->input;

    if (request->input_length == NO_BUFFER)
        memcpy(words, "-", sizeof("-"));
    for (int i = 0; i < request->input_length; i++)
        snprintf(words + (ptrdiff_t)2 * i, 3, "%02x", bytes[i]);
}

static void send(struct bed *bed, int node, const char *verb, uint32_t handle,
                 const struct windows_request *request)
{
    static char input[2 * AGENT_INPUT_MAX + 1];
    char output[16] = "-";

    assert_true(request->input_length == NO_BUFFER ||
                (request->input_length > 0 && request->input_length <= AGENT_INPUT_MAX));
    input_words(request, input);
    if (request->output_length != NO_BUFFER)
        snprintf(output, sizeof(output), "%x", (unsigned int)request->output_length);
    must_be_there(&bed->nodes[node],
                  windows_node_send(&bed->nodes[node], "%s %" PRIx32 " %" PRIx32 " %s %s", verb,
                                    handle, request->code, input, output));
}

static int hex_value(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Returns the number of bytes, or -1. */
static int decode_hex(const char *text, uint8_t *bytes, int size)
{
    int count = 0;

    for (; text[0] && text[1] && count < size; text += 2) {
        const int high = hex_value(text[0]), low = hex_value(text[1]);

        if (high < 0 || low < 0)
            return -1;
        bytes[count++] = (uint8_t)(high << 4 | low);
    }
    return *text ? -1 : count;
}

static void take_output(struct windows_answer *answer, const char *hex)
{
    static uint8_t bytes[AGENT_OUTPUT_MAX + 2 * AGENT_GUARD];
    const int count = decode_hex(hex, bytes, sizeof(bytes));

    if (count < 2 * AGENT_GUARD)
        fail_msg("the agent's answer has no output buffer: %.100s", hex);
    answer->guarded = bytes;
    answer->output = bytes + AGENT_GUARD;
    answer->output_length = (uint32_t)(count - 2 * AGENT_GUARD);
}

static const char *receive(struct bed *bed, int node)
{
    struct windows_node *windows = &bed->nodes[node];

    must_be_there(windows, windows_node_receive(windows));
    return windows->line;
}

void send_request_to(struct bed *bed, int node, uint32_t handle,
                     const struct windows_request *request)
{
    send(bed, node, "ioctl", handle, request);
}

/* "done", the numbers in the order of agent_request.h, the output. */
static struct windows_answer parse_answer(struct bed *bed, int node, bool is_overlapped)
{
    struct windows_answer answer = {0};
    uint32_t *const numbers[] = {&answer.result,          &answer.last_error,  &answer.returned,
                                 &answer.input_untouched, &answer.signalled,   &answer.final,
                                 &answer.final_error,     &answer.final_bytes, &answer.internal,
                                 &answer.internal_high};
    const int count = is_overlapped ? 10 : 4;
    const char *line = receive(bed, node);
    bool good = take_word(&line, "done ");

    for (int i = 0; good && i < count; i++)
        good = take_number(&line, numbers[i]);
    if (!good || !take_word(&line, " "))
        fail_msg("node %d: '%s' was answered with '%.100s'", node + 1, bed->nodes[node].asked,
                 bed->nodes[node].line);
    take_output(&answer, line);
    return answer;
}

struct windows_answer receive_answer_from(struct bed *bed, int node)
{
    return parse_answer(bed, node, false);
}

struct windows_answer request_on(struct bed *bed, int node, uint32_t handle,
                                 const struct windows_request *request)
{
    send_request_to(bed, node, handle, request);
    return receive_answer_from(bed, node);
}

struct windows_answer overlapped_request_on(struct bed *bed, int node, uint32_t handle,
                                            const struct windows_request *request)
{
    send(bed, node, "overlapped", handle, request);
    return parse_answer(bed, node, true);
}

/* The first byte outside of the first `information` bytes of output that has changed, or NULL. */
static const uint8_t *stray_byte(const struct windows_answer *answer, uint32_t information)
{
    const uint8_t *end = answer->output + answer->output_length + AGENT_GUARD;

    for (const uint8_t *byte = answer->guarded; byte < end; byte++)
        if (*byte != AGENT_FILL && !(byte >= answer->output && byte < answer->output + information))
            return byte;
    return NULL;
}

void expect_untouched(struct bed *bed, int node, const struct windows_answer *answer,
                      uint32_t information)
{
    const uint8_t *stray = stray_byte(answer, information);
    const char *asked = bed->nodes[node].asked;

    if (!answer->input_untouched)
        fail_msg("node %d, '%s': the input buffer was written to", node + 1, asked);
    if (stray)
        fail_msg("node %d, '%s': byte %td of the output was written to, expected %" PRIu32
                 " bytes of output",
                 node + 1, asked, stray - answer->output, information);
}

static uint32_t expected_returned(uint32_t error, uint32_t information)
{
    if (error == ERROR_SUCCESS)
        return information;
    return error == ERROR_BUSY ? 0 : AGENT_RETURNED; /* a warning; all others are errors */
}

void expect_answer(struct bed *bed, int node, const struct windows_answer *answer, uint32_t error,
                   uint32_t information)
{
    const uint32_t result = error == ERROR_SUCCESS;
    const uint32_t last_error = error == ERROR_SUCCESS ? AGENT_LAST_ERROR : error;
    const uint32_t returned = expected_returned(error, information);
    const char *asked = bed->nodes[node].asked;
    const char *doing = bed->doing ? bed->doing : "";

    if (answer->result != result || answer->last_error != last_error ||
        answer->returned != returned)
        fail_msg("%s node %d, '%s': expected return value %" PRIu32 ", last error %" PRIu32
                 ", bytes returned %" PRIx32 "; seen %" PRIu32 ", %" PRIu32 ", %" PRIx32,
                 doing, node + 1, asked, result, last_error, returned, answer->result,
                 answer->last_error, answer->returned);
    expect_untouched(bed, node, answer, information);
}

struct windows_answer expect_request(struct bed *bed, int node,
                                     const struct windows_request *request, uint32_t error,
                                     uint32_t information)
{
    struct windows_answer answer = request_on(bed, node, bed->disk[node], request);

    expect_answer(bed, node, &answer, error, information);
    return answer;
}

void expect_plain(struct bed *bed, int node, uint32_t code, uint32_t error)
{
    const struct windows_request request = {code, NULL, NO_BUFFER, NO_BUFFER};

    expect_request(bed, node, &request, error, 0);
}
