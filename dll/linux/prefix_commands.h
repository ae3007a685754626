/* The commands about the prefix as a whole. They return exit codes. */
#ifndef HOLDFAST_LINUX_PREFIX_COMMANDS_H
#define HOLDFAST_LINUX_PREFIX_COMMANDS_H

#include "../command/arguments.h"

int command_install(const struct arguments *arguments); /* and uninstall */
int command_wrapper(const struct arguments *arguments);

#endif
