/* The commands of holdfast.exe. One table: parsing, every help text and the manual are made from
 * it. */
#ifndef HOLDFAST_LAUNCHER_COMMANDS_H
#define HOLDFAST_LAUNCHER_COMMANDS_H

#include "arguments.h"
#include "requests.h"

/* Something a command takes: an operand ("DISK") or an option ("--old"). */
struct parameter {
    const char *name;
    const char *value; /* what follows an option, or NULL: an operand or a flag */
    const char *summary;
    bool optional; /* of an operand */
    /* Stores `text` (NULL for a flag); false with what is wrong added to `problem`. */
    bool (*take)(struct arguments *arguments, const char *text, struct text *problem);
};

enum { COMMAND_PARAMETERS_MAX = 6 };

struct command {
    const char *name;
    /* Both end with NULL. */
    const struct parameter *operands[COMMAND_PARAMETERS_MAX];
    const struct parameter *options[COMMAND_PARAMETERS_MAX];
    const char *rest;    /* name of the arguments that are not ours but the program's, or NULL */
    const char *summary; /* one line */
    const char *details; /* further paragraphs, or NULL */
    enum request_kind request;
    int (*function)(const struct arguments *arguments); /* returns an exit code */
};

/* Ends with a NULL name. */
extern const struct command commands[];

/* NULL for a name that no command has. */
const struct command *command_from_name(const char *name);

/* The functions of the table; each lives in the file named after what it does. */
int command_run(const struct arguments *arguments);
int command_status(const struct arguments *arguments);
int command_keys(const struct arguments *arguments);
int command_show(const struct arguments *arguments);
int command_request(const struct arguments *arguments);
int command_help(const struct arguments *arguments);
int command_version(const struct arguments *arguments);

#endif
