/* The commands that the Linux program does itself. They return exit codes. */
#ifndef HOLDFAST_LINUX_HANDLERS_H
#define HOLDFAST_LINUX_HANDLERS_H

#include "../command/arguments.h"

int command_install(const struct arguments *arguments); /* and uninstall */
int command_wrapper(const struct arguments *arguments);

#endif
