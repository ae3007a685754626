/* Which reports a run writes, and where. */
#ifndef CONFORMANCE_REPORTS_H
#define CONFORMANCE_REPORTS_H

#include "options.h"
#include "report.h"
#include "terminal.h"

/* On standard output, or on standard error where that is TAP's. The caller closes the terminal. */
struct live_report reports_live(const struct options *options, struct terminal *terminal);

/* Nobody wants to learn after an hour that the folder does not exist. Says so on stderr. */
bool reports_can_be_written(const struct options *options);

/* --tap, --junit, --json. False, said on stderr, where one could not be written. */
bool reports_write(const struct options *options, const struct run_result *run);

#endif
