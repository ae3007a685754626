/* --tap: TAP 13. An expected difference is a TODO, which a harness does not count as a failure; one
 * that occurs no more is a plain failure ("ok # TODO" would pass). */
#include "json_writer.h"
#include "report.h"
#include "utf8.h"

static const struct {
    const char *point, *directive;
    bool diagnosed;
} points[VERDICTS] = {
    [PASSED] = {"ok", "", false},
    [FAILED] = {"not ok", "", true},
    [SKIPPED] = {"ok", " # SKIP ", false},
    [DIFFERS] = {"not ok", " # TODO ", true},
    [DIFFERS_NO_MORE] = {"not ok", "", true},
    [TIMED_OUT] = {"not ok", "", true},
};

/* One line: # begins a directive, so that one of the text's own is escaped. */
static void write_line(FILE *stream, const char *text)
{
    unsigned length;

    for (; *text; text += length) {
        uint32_t character = utf8_next(text, &length);

        if (character == '#' || character == '\\')
            fputc('\\', stream);
        if (utf8_is_control(character))
            character = ' ';
        utf8_write(character, stream);
    }
}

static void write_member(FILE *stream, const char *lead, const char *name, const char *text)
{
    fprintf(stream, "%s%s: ", lead, name);
    json_escaped(stream, text, YAML_ESCAPES);
    fputc('\n', stream);
}

static void write_mismatches(FILE *stream, const struct case_result *result)
{
    unsigned count = result->mismatch_count;

    fprintf(stream, "  mismatch_count: %u\n", count);
    if (!count)
        return;
    if (count > RESULT_MISMATCHES)
        count = RESULT_MISMATCHES;
    fputs("  mismatches:\n", stream);
    for (unsigned i = 0; i < count; i++) {
        write_member(stream, "    - ", "what", result->mismatches[i].what);
        write_member(stream, "      ", "expected", result->mismatches[i].expected);
        write_member(stream, "      ", "seen", result->mismatches[i].seen);
    }
}

static void write_diagnostics(FILE *stream, const struct case_result *result)
{
    fputs("  ---\n", stream);
    write_member(stream, "  ", "verdict", verdict_name(result->verdict));
    write_member(stream, "  ", "reason", result->reason);
    write_member(stream, "  ", "source", result->source);
    fprintf(stream, "  milliseconds: %lu\n", (unsigned long)result->milliseconds);
    write_mismatches(stream, result);
    fputs("  ...\n", stream);
}

static void write_point(FILE *stream, size_t number, const struct case_result *result)
{
    fprintf(stream, "%s %u - ", points[result->verdict].point, (unsigned)number);
    write_line(stream, result->name);
    fputs(points[result->verdict].directive, stream);
    if (points[result->verdict].directive[0])
        write_line(stream, result->reason);
    fputc('\n', stream);
    if (points[result->verdict].diagnosed)
        write_diagnostics(stream, result);
}

static void write_comment(FILE *stream, const char *name, const char *text)
{
    fprintf(stream, "# %s: ", name);
    write_line(stream, text);
    fputc('\n', stream);
}

static void write_environment(FILE *stream, const struct run_result *run)
{
    write_comment(stream, "suite", run->suite_version);
    for (unsigned i = 0; i < run->line_count && i < ENVIRONMENT_LINES; i++)
        write_comment(stream, run->lines[i].name, run->lines[i].text);
}

bool report_tap(FILE *stream, const struct run_result *run)
{
    const bool left = run->left_behind[0] != '\0';
    const size_t points_planned = run->case_count + left;

    fprintf(stream, "TAP version 13\n1..%u", (unsigned)points_planned);
    fputs(points_planned || run->stopped[0] ? "\n" : " # SKIP no case was run\n", stream);
    write_environment(stream, run);
    for (size_t i = 0; i < run->case_count; i++)
        write_point(stream, i + 1, &run->cases[i]);
    if (left) {
        fprintf(stream, "not ok %u - the disk is as it was found\n", (unsigned)points_planned);
        write_comment(stream, "left behind", run->left_behind);
    }
    if (run->stopped[0]) {
        fputs("Bail out! ", stream);
        write_line(stream, run->stopped);
        fputc('\n', stream);
    }
    return fflush(stream) == 0 && !ferror(stream);
}
