/* --json. Its form, of which "format" is the version. Readers pass over members they do not know; a
 * member that goes, or changes its meaning, makes a new version.
 *
 * {"format": 1, "program": "holdfast-conformance", "version": TEXT, "started": TEXT,
 *  "milliseconds": N, "environment": {NAME: TEXT, ...}, "stopped": TEXT, "left_behind": TEXT,
 *  "counts": {VERDICT: N, ...},
 *  "cases": [{"name": TEXT, "source": TEXT, "verdict": VERDICT, "milliseconds": N, "reason": TEXT,
 *             "mismatch_count": N, "mismatches": [{"what", "expected", "seen"}, ...],
 *             "observation_count": N, "observations": [{"question", "answer"}, ...],
 *             "exchange_count": N, "exchanges": [{"request", "input", "outcome"}, ...]}, ...]} */
#include "json_writer.h"
#include "report.h"

static unsigned kept(unsigned count, unsigned room)
{
    return count < room ? count : room;
}

static void write_mismatches(struct json_writer *writer, const struct case_result *result)
{
    json_number(writer, "mismatch_count", result->mismatch_count);
    json_begin_list(writer, "mismatches");
    for (unsigned i = 0; i < kept(result->mismatch_count, RESULT_MISMATCHES); i++) {
        json_begin_object(writer, NULL, true);
        json_text(writer, "what", result->mismatches[i].what);
        json_text(writer, "expected", result->mismatches[i].expected);
        json_text(writer, "seen", result->mismatches[i].seen);
        json_end(writer);
    }
    json_end(writer);
}

static void write_observations(struct json_writer *writer, const struct case_result *result)
{
    json_number(writer, "observation_count", result->observation_count);
    json_begin_list(writer, "observations");
    for (unsigned i = 0; i < kept(result->observation_count, RESULT_OBSERVATIONS); i++) {
        json_begin_object(writer, NULL, true);
        json_text(writer, "question", result->observations[i].question);
        json_text(writer, "answer", result->observations[i].answer);
        json_end(writer);
    }
    json_end(writer);
}

static void write_exchanges(struct json_writer *writer, const struct case_result *result)
{
    json_number(writer, "exchange_count", result->exchange_count);
    json_begin_list(writer, "exchanges");
    for (unsigned i = 0; i < kept(result->exchange_count, RESULT_EXCHANGES); i++) {
        json_begin_object(writer, NULL, true);
        json_text(writer, "request", result->exchanges[i].request);
        json_text(writer, "input", result->exchanges[i].input);
        json_text(writer, "outcome", result->exchanges[i].outcome);
        json_end(writer);
    }
    json_end(writer);
}

static void write_case(struct json_writer *writer, const struct case_result *result)
{
    json_begin_object(writer, NULL, false);
    json_text(writer, "name", result->name);
    json_text(writer, "source", result->source);
    json_text(writer, "verdict", verdict_name(result->verdict));
    json_number(writer, "milliseconds", result->milliseconds);
    json_text(writer, "reason", result->reason);
    write_mismatches(writer, result);
    write_observations(writer, result);
    write_exchanges(writer, result);
    json_end(writer);
}

static void write_head(struct json_writer *writer, const struct run_result *run)
{
    json_number(writer, "format", REPORT_JSON_FORMAT);
    json_text(writer, "program", "holdfast-conformance");
    json_text(writer, "version", run->suite_version);
    json_text(writer, "started", run->started);
    json_number(writer, "milliseconds", run->milliseconds);
    json_begin_object(writer, "environment", false);
    for (unsigned i = 0; i < kept(run->line_count, ENVIRONMENT_LINES); i++)
        json_text(writer, run->lines[i].name, run->lines[i].text);
    json_end(writer);
    json_text(writer, "stopped", run->stopped);
    json_text(writer, "left_behind", run->left_behind);
    json_begin_object(writer, "counts", false);
    for (int verdict = 0; verdict < VERDICTS; verdict++)
        json_number(writer, verdict_name((enum verdict)verdict),
                    (uint32_t)run_count(run, (enum verdict)verdict));
    json_end(writer);
}

bool report_json(FILE *stream, const struct run_result *run)
{
    struct json_writer writer = {.stream = stream};

    json_begin_object(&writer, NULL, false);
    write_head(&writer, run);
    json_begin_list(&writer, "cases");
    for (size_t i = 0; i < run->case_count; i++)
        write_case(&writer, &run->cases[i]);
    json_end(&writer);
    json_end(&writer);
    return fflush(stream) == 0 && !ferror(stream);
}
