/* The end of the end: how many of each family, and in plain words how it went. */
#ifndef CONFORMANCE_REPORT_TABLE_H
#define CONFORMANCE_REPORT_TABLE_H

#include "report.h"

void print_families(const struct live_report *report, const struct run_result *run);
void print_last_words(const struct live_report *report, const struct run_result *run);

#endif
