/* The commands that holdfast.exe does itself; each lives in the file named after what it does.
 * They return exit codes. */
#ifndef HOLDFAST_LAUNCHER_HANDLERS_H
#define HOLDFAST_LAUNCHER_HANDLERS_H

#include "../command/arguments.h"

int command_run(const struct arguments *arguments);
int command_status(const struct arguments *arguments);
int command_keys(const struct arguments *arguments);
int command_show(const struct arguments *arguments);
int command_install(const struct arguments *arguments);
int command_uninstall(const struct arguments *arguments);
int command_request(const struct arguments *arguments);

#endif
