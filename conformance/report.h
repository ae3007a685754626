/* The reporters. Each takes whole results; the live one is told about them as they come. */
#ifndef CONFORMANCE_REPORT_H
#define CONFORMANCE_REPORT_H

#include "result.h"

#include <stdio.h>

/* Human output on a stream: a line per failing case with expected and seen, a progress line on a
 * terminal, a table per family and the environment at the end. */
struct live_report {
    FILE *stream;
    bool colours;       /* only on a terminal */
    bool progress_line; /* only on a terminal */
    unsigned width;     /* columns */
    bool verbose;       /* passing and skipped cases too */
};

void report_start(const struct live_report *report, const struct run_result *run, size_t planned);
void report_case_starts(const struct live_report *report, const char *name, size_t done,
                        size_t planned);
void report_case(const struct live_report *report, const struct case_result *result);
void report_end(const struct live_report *report, const struct run_result *run);

/* Whole files. False where the stream could not be written to. */
bool report_tap(FILE *stream, const struct run_result *run);   /* TAP 13 */
bool report_junit(FILE *stream, const struct run_result *run); /* JUnit XML as CI systems read it */
bool report_json(FILE *stream, const struct run_result *run);  /* report_json.c has its form */

/* "format" of the JSON that report_json writes and compare_reports reads. */
enum { REPORT_JSON_FORMAT = 1 };

/* --compare: where two reports of report_json differ, case by case and answer by answer. Prints to
 * `stream`; problems with the files to `errors`. Returns the exit code: 0 the same, 1 they differ,
 * 2 a file cannot be read or is no report. */
int compare_reports(const char *first, const char *second, const struct live_report *report,
                    FILE *errors);

#endif
