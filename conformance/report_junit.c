/* --junit: the XML that CI systems read. A suite for each family. What is wrong with the run itself
 * is an error in a suite "run", so that a run that was stopped does not look whole. */
#include "report.h"
#include "utf8.h"

#include <string.h>

static const struct {
    uint32_t character;
    const char *entity;
} entities[] = {
    {'&', "&amp;"},   {'<', "&lt;"},   {'>', "&gt;"},   {'"', "&quot;"},
    {'\'', "&apos;"}, {'\n', "&#10;"}, {'\r', "&#13;"}, {'\t', "&#9;"},
};

static const char *entity_of(uint32_t character)
{
    for (size_t i = 0; i < sizeof(entities) / sizeof(entities[0]); i++)
        if (entities[i].character == character)
            return entities[i].entity;
    return NULL;
}

/* XML 1.0, 2.2: these are no characters there, not even by number. */
static bool is_excluded(uint32_t character)
{
    return utf8_is_control(character) || character == 0xfffe || character == 0xffff;
}

static void write_text(FILE *stream, const char *text, size_t size)
{
    unsigned length;

    for (const char *end = text + size; text < end; text += length) {
        const uint32_t character = utf8_next(text, &length);
        const char *entity = entity_of(character);

        if (entity)
            fputs(entity, stream);
        else
            utf8_write(is_excluded(character) ? UTF8_REPLACEMENT : character, stream);
    }
}

static void write_attribute(FILE *stream, const char *name, const char *text, size_t size)
{
    fprintf(stream, " %s=\"", name);
    write_text(stream, text, size);
    fputc('"', stream);
}

static void write_time(FILE *stream, uint64_t milliseconds)
{
    fprintf(stream, " time=\"%lu.%03u\"", (unsigned long)(milliseconds / 1000),
            (unsigned)(milliseconds % 1000));
}

struct totals {
    unsigned cases, failures, skipped;
    uint64_t milliseconds;
};

static void add_totals(struct totals *totals, const struct case_result *result)
{
    totals->cases++;
    totals->failures += verdict_is_failure(result->verdict);
    totals->skipped += result->verdict == SKIPPED;
    totals->milliseconds += result->milliseconds;
}

static void write_totals(FILE *stream, const struct totals *totals, unsigned errors)
{
    fprintf(stream, " tests=\"%u\" failures=\"%u\" errors=\"%u\" skipped=\"%u\"",
            totals->cases + errors, totals->failures, errors, totals->skipped);
    write_time(stream, totals->milliseconds);
}

static void write_mismatches(FILE *stream, const struct case_result *result)
{
    for (unsigned i = 0; i < result->mismatch_count && i < RESULT_MISMATCHES; i++) {
        const struct mismatch *mismatch = &result->mismatches[i];
        const char *const pieces[] = {mismatch->what, ": expected ",  mismatch->expected,
                                      "; seen ",      mismatch->seen, "\n"};

        for (size_t k = 0; k < sizeof(pieces) / sizeof(pieces[0]); k++)
            write_text(stream, pieces[k], strlen(pieces[k]));
    }
    for (unsigned i = 0; i < result->exchange_count && i < RESULT_EXCHANGES; i++) {
        const struct exchange *exchange = &result->exchanges[i];
        const char *const pieces[] = {exchange->request, " -> ", exchange->outcome, "\n"};

        for (size_t k = 0; k < sizeof(pieces) / sizeof(pieces[0]); k++)
            write_text(stream, pieces[k], strlen(pieces[k]));
    }
}

static void write_failure(FILE *stream, const struct case_result *result)
{
    const char *message = result->reason;

    if (!message[0] && result->mismatch_count)
        message = result->mismatches[0].what;
    fprintf(stream, "<failure type=\"%s\"", verdict_name(result->verdict));
    write_attribute(stream, "message", message, strlen(message));
    fputc('>', stream);
    write_mismatches(stream, result);
    fputs("</failure>", stream);
}

/* An expected difference passes, and says so. */
static void write_verdict(FILE *stream, const struct case_result *result)
{
    if (verdict_is_failure(result->verdict)) {
        write_failure(stream, result);
    } else if (result->verdict == SKIPPED) {
        fputs("<skipped", stream);
        write_attribute(stream, "message", result->reason, strlen(result->reason));
        fputs("/>", stream);
    } else if (result->verdict == DIFFERS) {
        fputs("<system-out>expected difference: ", stream);
        write_text(stream, result->reason, strlen(result->reason));
        fputs("</system-out>", stream);
    }
}

static void write_case(FILE *stream, const struct case_result *result, size_t family)
{
    const char *rest = result->name + family;

    fputs("    <testcase", stream);
    write_attribute(stream, "classname", result->name, family);
    rest += *rest == '.';
    rest = *rest ? rest : result->name;
    write_attribute(stream, "name", rest, strlen(rest));
    write_time(stream, result->milliseconds);
    fputc('>', stream);
    write_verdict(stream, result);
    fputs("</testcase>\n", stream);
}

static bool same_family(const struct case_result *a, const struct case_result *b)
{
    const size_t length = case_family_length(a->name);

    return length == case_family_length(b->name) && !memcmp(a->name, b->name, length);
}

static bool is_first_of_family(const struct run_result *run, size_t number)
{
    for (size_t i = 0; i < number; i++)
        if (same_family(&run->cases[i], &run->cases[number]))
            return false;
    return true;
}

static void write_family(FILE *stream, const struct run_result *run, size_t first)
{
    const struct case_result *model = &run->cases[first];
    const size_t family = case_family_length(model->name);
    struct totals totals = {0};

    for (size_t i = first; i < run->case_count; i++)
        if (same_family(model, &run->cases[i]))
            add_totals(&totals, &run->cases[i]);
    fputs("  <testsuite", stream);
    write_attribute(stream, "name", model->name, family);
    write_totals(stream, &totals, 0);
    write_attribute(stream, "timestamp", run->started, strlen(run->started));
    fputs(">\n", stream);
    for (size_t i = first; i < run->case_count; i++)
        if (same_family(model, &run->cases[i]))
            write_case(stream, &run->cases[i], family);
    fputs("  </testsuite>\n", stream);
}

static void write_error(FILE *stream, const char *name, const char *message)
{
    if (!message[0])
        return;
    fprintf(stream, "    <testcase classname=\"run\" name=\"%s\" time=\"0.000\"><error", name);
    write_attribute(stream, "message", message, strlen(message));
    fputs("/></testcase>\n", stream);
}

/* The environment as the properties of a suite of its own, and what is wrong with the whole run. */
static void write_run(FILE *stream, const struct run_result *run, unsigned errors)
{
    const struct totals none = {0};

    fputs("  <testsuite name=\"run\"", stream);
    write_totals(stream, &none, errors);
    fputs(">\n    <properties>\n", stream);
    for (unsigned i = 0; i < run->line_count && i < ENVIRONMENT_LINES; i++) {
        fputs("      <property", stream);
        write_attribute(stream, "name", run->lines[i].name, strlen(run->lines[i].name));
        write_attribute(stream, "value", run->lines[i].text, strlen(run->lines[i].text));
        fputs("/>\n", stream);
    }
    fputs("    </properties>\n", stream);
    write_error(stream, "came_to_its_end", run->stopped);
    write_error(stream, "left_nothing_behind", run->left_behind);
    fputs("  </testsuite>\n", stream);
}

bool report_junit(FILE *stream, const struct run_result *run)
{
    const unsigned errors = (run->stopped[0] != '\0') + (run->left_behind[0] != '\0');
    struct totals totals = {0};

    for (size_t i = 0; i < run->case_count; i++)
        add_totals(&totals, &run->cases[i]);
    totals.milliseconds = run->milliseconds;
    fputs("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"holdfast-conformance ",
          stream);
    write_text(stream, run->suite_version, strlen(run->suite_version));
    fputc('"', stream);
    write_totals(stream, &totals, errors);
    fputs(">\n", stream);
    write_run(stream, run, errors);
    for (size_t i = 0; i < run->case_count; i++)
        if (is_first_of_family(run, i))
            write_family(stream, run, i);
    fputs("</testsuites>\n", stream);
    return fflush(stream) == 0 && !ferror(stream);
}
