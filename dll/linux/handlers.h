/* The commands that the Linux program does itself. They return exit codes. */
#ifndef HOLDFAST_LINUX_HANDLERS_H
#define HOLDFAST_LINUX_HANDLERS_H

#include "../command/arguments.h"

int command_status(const struct arguments *arguments);
int command_trace(const struct arguments *arguments);
int command_explain(const struct arguments *arguments);

#endif
