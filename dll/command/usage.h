/* Help texts, made from the table of commands. */
#ifndef HOLDFAST_COMMAND_USAGE_H
#define HOLDFAST_COMMAND_USAGE_H

#include "commands.h"
#include "text.h"

/* "usage: holdfast reserve DISK KEY [--type TYPE] [--json]" and a line end; NULL: of all. */
void usage_add_line(struct text *text, const struct command *command);

/* All commands and the exit codes. */
void usage_add_overview(struct text *text);

/* The commands whose names begin with the word `group`. */
void usage_add_group(struct text *text, const char *group);

/* One command in full. */
void usage_add_command(struct text *text, const struct command *command);

#endif
