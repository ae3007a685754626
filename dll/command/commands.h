/* The commands of holdfast. One table, whichever of the two programs does the work: parsing, every
 * help text and the manual are made from it. */
#ifndef HOLDFAST_COMMAND_COMMANDS_H
#define HOLDFAST_COMMAND_COMMANDS_H

#include "arguments.h"
#include "requests.h"

/* Something a command takes: an operand ("DISK") or an option ("--old"). */
struct parameter {
    const char *name;
    const char *value; /* what follows an option, or NULL: an operand or a flag */
    const char *summary;
    bool optional; /* of an operand */
    bool repeated; /* the last operand: may be given more often, up to ARGUMENTS_LIST_MAX times */
    /* Stores `text` (NULL for a flag); false with what is wrong added to `problem`. */
    bool (*take)(struct arguments *arguments, const char *text, struct text *problem);
};

enum { COMMAND_PARAMETERS_MAX = 6 };

/* What a program finds its own function by: dispatch.h. */
enum command_id {
    COMMAND_RUN,
    COMMAND_STATUS,
    COMMAND_TRACE,
    COMMAND_EXPLAIN,
    COMMAND_KEYS,
    COMMAND_SHOW,
    COMMAND_REQUEST, /* all that send one request and say no more */
    COMMAND_DISK_ADD,
    COMMAND_DISK_LIST,
    COMMAND_DISK_REMOVE,
    COMMAND_INSTALL,
    COMMAND_UNINSTALL,
    COMMAND_WRAPPER,
    COMMAND_HELP,
    COMMAND_VERSION,
    COMMAND_COUNT
};

/* A name of two words makes the first the name of a group: "disk add". */
struct command {
    const char *name;
    enum command_id id;
    /* Both end with NULL. */
    const struct parameter *operands[COMMAND_PARAMETERS_MAX];
    const struct parameter *options[COMMAND_PARAMETERS_MAX];
    const char *rest;    /* name of the arguments that are not ours but the program's, or NULL */
    const char *summary; /* one line */
    const char *details; /* further paragraphs, or NULL */
    enum request_kind request;
};

/* Ends with a NULL name. */
extern const struct command commands[];

/* NULL for a name that no command has. */
const struct command *command_from_name(const char *name);

/* The command that `first` and, where it is not NULL, `second` name together: "disk", "add". */
const struct command *command_from_words(const char *first, const char *second);

bool command_is_in_group(const struct command *command, const char *group);
bool command_group_exists(const char *group);

#endif
