/* The trace's settings as they are for this process: the environment's, else those of
 * HKLM\Software\Holdfast\Trace, else the default. */
#ifndef HOLDFAST_SHIM_TRACE_CONFIG_H
#define HOLDFAST_SHIM_TRACE_CONFIG_H

#include "trace_settings.h"

enum { TRACE_PROBLEMS_MAX = 1024 };

/* What is wrong is left at its default, and told in a line each in `problems`. */
void trace_config_read(struct trace_settings *settings, char problems[TRACE_PROBLEMS_MAX]);

#endif
