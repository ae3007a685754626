/* holdfast explain CODE... */
#include "../command/errors.h"
#include "../command/output.h"
#include "explain_codes.h"
#include "handlers.h"

#include <string.h>

enum { ATTEMPTS = 5 }; /* RESERVATION_ATTEMPTS */

static void add_value(struct text *text, const struct reading *reading)
{
    switch (reading->kind) {
    case READING_SENSE:
        text_add(text, "%x/%02x/%02x", (unsigned)(reading->value >> 16),
                 (unsigned)(reading->value >> 8 & 0xff), (unsigned)(reading->value & 0xff));
        break;
    case READING_STATUS:
        text_add(text, "0x%08x", (unsigned)reading->value);
        break;
    case READING_SCSI_STATUS:
    case READING_HOST:
        text_add(text, "0x%02x", (unsigned)reading->value);
        break;
    default:
        text_add(text, "%u", (unsigned)reading->value);
        break;
    }
}

static const char *error_name(uint32_t error)
{
    return error_describe(error)->name;
}

static void add_row(struct text *text, const char *name)
{
    text_add(text, "    %-9s ", name);
}

static void add_error(struct text *text, uint32_t error)
{
    if (!error)
        text_add(text, "the program sees success");
    else
        text_add(text, "the program sees Windows error %u, %s", (unsigned)error,
                 error_name(error) ? error_name(error) : "which has no name");
}

static void add_retries(struct text *text, const struct reservation_verdict *verdict)
{
    add_row(text, "retried");
    if (!verdict->retry)
        text_add(text, "no\n");
    else if (!verdict->delay_ms)
        text_add(text, "yes, at once, %d attempts in all\n", ATTEMPTS);
    else
        text_add(text, "yes, after %u.%u s, %d attempts in all\n",
                 (unsigned)verdict->delay_ms / 1000, (unsigned)verdict->delay_ms % 1000 / 100,
                 ATTEMPTS);
}

/* Which errors a status is, and which statuses an error comes from. */
static void add_relation(struct text *text, const struct reading *reading)
{
    int32_t status;
    const char *before = "";

    add_row(text, "here");
    if (reading->kind != READING_ERROR) {
        if (reading->is_answer && reading->verdict.retry)
            text_add(text, "if it stays so, ");
        if (reading->is_answer)
            text_add(text, "the request ends with %s (0x%08x); ", nt_status_name(reading->status),
                     (unsigned)reading->status);
        add_error(text, reading->error);
        text_add(text, "\n");
        return;
    }
    for (size_t i = 0; nt_status_at(i, &status); i++) {
        if (nt_status_windows_error(status) != reading->error)
            continue;
        text_add(text, "%s%s", before, nt_status_name(status));
        before = ", ";
    }
    text_add(text, "%s\n", *before ? " in the trace" : "never comes from Holdfast itself");
}

/* Which answers of a disk lead to a status: the tables, the other way round. */
static void add_sources(struct text *text, const struct reading *reading)
{
    const struct reservation_sense_rule *rule;
    const char *before = "";

    add_row(text, "comes of");
    for (size_t i = 0; (rule = reservation_sense_rule(i)); i++) {
        if (rule->verdict.status != reading->status)
            continue;
        text_add(text, "%ssense ", before);
        text_add(text, rule->key < 0 ? "*" : "%x", (unsigned)rule->key);
        text_add(text, rule->asc < 0 ? "/*" : "/%02x", (unsigned)rule->asc);
        text_add(text, rule->ascq < 0 ? "/*" : "/%02x", (unsigned)rule->ascq);
        before = ", ";
    }
    for (unsigned code = 1; code <= 0x14; code++) {
        if (explain_host((uint8_t)code).status != reading->status)
            continue;
        text_add(text, "%s%s", before, explain_host((uint8_t)code).name);
        before = ", ";
    }
    text_add(text, "%s\n", *before ? "" : "no answer of a disk: the request or its handle");
}

static void add_reading(struct text *text, const struct reading *reading)
{
    text_add(text, "  %s ", reading_kind_words(reading->kind));
    add_value(text, reading);
    text_add(text, ", %s\n", reading->name);
    add_row(text, "means");
    text_add(text, "%s\n", reading->meaning);
    if (reading->kind != READING_EXIT)
        add_relation(text, reading);
    if (reading->is_answer)
        add_retries(text, &reading->verdict);
    if (reading->kind == READING_STATUS && !nt_success(reading->status))
        add_sources(text, reading);
    add_row(text, "do");
    text_add(text, "%s\n", reading->advice);
}

static void add_member(struct text *text, const char *name, const char *value)
{
    text_add(text, ", \"%s\": ", name);
    text_add_json(text, value);
}

static void add_json_reading(struct text *text, const struct reading *reading)
{
    const bool has_error = reading->kind != READING_EXIT;
    const bool has_status = reading->is_answer || reading->kind == READING_STATUS;

    text_add(text, "{\"kind\": \"%s\", \"value\": \"", reading_kind_key(reading->kind));
    add_value(text, reading);
    text_add(text, "\"");
    add_member(text, "name", reading->name);
    add_member(text, "meaning", reading->meaning);
    add_member(text, "status", has_status ? nt_status_name(reading->status) : NULL);
    if (has_error)
        text_add(text, ", \"error\": %u", (unsigned)reading->error);
    else
        text_add(text, ", \"error\": null");
    add_member(text, "error_name", has_error ? error_name(reading->error) : NULL);
    if (reading->is_answer)
        text_add(text, ", \"retried\": %s, \"delay_ms\": %u",
                 reading->verdict.retry ? "true" : "false", (unsigned)reading->verdict.delay_ms);
    else
        text_add(text, ", \"retried\": null, \"delay_ms\": null");
    add_member(text, "advice", reading->advice);
    text_add(text, "}");
}

static void add_json_code(struct text *text, const char *code, const struct reading *readings,
                          size_t count)
{
    struct text help = {0};

    text_add(text, "{\"code\": ");
    text_add_json(text, code);
    text_add(text, ", \"readings\": [");
    for (size_t i = 0; i < count; i++) {
        text_add(text, "%s", i ? ", " : "");
        add_json_reading(text, &readings[i]);
    }
    if (!count)
        explain_nearest(code, &help);
    text_add(text, "], \"help\": ");
    text_add_json(text, help.bytes);
    text_add(text, "}");
    text_free(&help);
}

static void add_code(struct text *text, const char *code, const struct reading *readings,
                     size_t count)
{
    text_add(text, "%s\n", code);
    for (size_t i = 0; i < count; i++)
        add_reading(text, &readings[i]);
    if (count)
        return;
    text_add(text, "  is not known to Holdfast: ");
    explain_nearest(code, text);
    text_add(text, "\n");
}

int command_explain(const struct arguments *arguments)
{
    struct reading readings[READINGS_MAX];
    struct text text = {0};
    bool ok = true;

    for (size_t i = 0; i < arguments->list_count; i++) {
        const char *code = arguments->list[i];
        const size_t count = explain_code(code, readings);

        ok &= count > 0;
        if (i)
            text_add(&text, arguments->json ? ", " : "\n");
        if (arguments->json)
            add_json_code(&text, code, readings, count);
        else
            add_code(&text, code, readings, count);
    }
    if (arguments->json) {
        struct text whole = {0};

        text_add(&whole, "{\"ok\": %s, \"codes\": [%s]}\n", ok ? "true" : "false", text.bytes);
        whole.failed |= text.failed;
        text_free(&text);
        text = whole;
    }
    return output_write(&text) && ok ? EXIT_DONE : EXIT_OTHER;
}
