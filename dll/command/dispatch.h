/* From a command line to the function that does it, in either program. */
#ifndef HOLDFAST_COMMAND_DISPATCH_H
#define HOLDFAST_COMMAND_DISPATCH_H

#include "commands.h"

/* What a program does itself; NULL for a command that is the other program's. `help` and `version`
 * are done here. */
struct command_handlers {
    int (*of[COMMAND_COUNT])(const struct arguments *arguments); /* returns an exit code */
    int (*elsewhere)(const struct arguments *arguments);         /* does what has no handler */
};

/* `argv` is without the program's name. Returns an exit code, after a line on standard error where
 * the command line is wrong. */
int command_dispatch(size_t argc, const char *const *argv, const struct command_handlers *handlers);

#endif
