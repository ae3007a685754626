/* holdfast disk add, list and remove: entries for struct command_handlers. */
#ifndef HOLDFAST_LINUX_DISK_COMMANDS_H
#define HOLDFAST_LINUX_DISK_COMMANDS_H

#include "../command/commands.h"

int command_disk_add(const struct arguments *arguments);
int command_disk_list(const struct arguments *arguments);
int command_disk_remove(const struct arguments *arguments);

#endif
