/* --cleanup JOURNAL. */
#ifndef CONFORMANCE_UNDO_H
#define CONFORMANCE_UNDO_H

#include "options.h"

/* The exit code: 0 the disk is as before the run and the journal is gone, 2 the journal or the disk
 * is not fit, 3 something is left. */
int undo_run(const struct options *options);

#endif
