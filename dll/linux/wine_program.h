/* Short programs of Wine's own, run in the prefix that prefix_find finds. */
#ifndef HOLDFAST_LINUX_WINE_PROGRAM_H
#define HOLDFAST_LINUX_WINE_PROGRAM_H

#include "prefix.h"

/* Runs `words` (NULL at the end, fifteen at most), waits, and adds what it wrote to `output`.
 * Returns its exit code, or -1 with `problem` where it did not run to its end. */
int wine_program_run(const char *const *words, struct text *output, struct text *problem);

/* Whether a wineserver is at work for the prefix. */
bool wine_server_runs(const struct prefix *prefix);

#endif
