/* The command line of holdfast, taken by the table in commands.c. */
#ifndef HOLDFAST_COMMAND_ARGUMENTS_H
#define HOLDFAST_COMMAND_ARGUMENTS_H

#include "requests.h"
#include "text.h"

#include <stdbool.h>
#include <stddef.h>

struct command;

enum { ARGUMENTS_LIST_MAX = 64 };

/* What was asked for. The strings are those of argv. */
struct arguments {
    const char *const *words; /* all of them, the command's name first */
    size_t word_count;
    const struct command *command; /* NULL: none, or one that we do not know */
    const char *disk;              /* as typed */
    const char *path;              /* of a Linux node, as typed */
    const char *topic;             /* the command or group to be helped with, or NULL */
    size_t program;                /* index in argv of `run`'s PROGRAM */
    struct request_values values;
    bool old_key_given;
    bool json;
    bool if_possible;
    bool all;
    bool as_given;
    bool dry_run;
    bool force;
    bool now;
    const char *wrapped;                  /* `wrapper`'s PROGRAM */
    const char *file;                     /* the file to be written, or NULL */
    const char *list[ARGUMENTS_LIST_MAX]; /* FILE..., CODE... */
    size_t list_count;
    const char *of_disk; /* --disk, or NULL */
    uint32_t pid;        /* --pid, or 0 */
    bool errors;
    bool follow;
};

/* Reads `argc` arguments, the first of which is the command. Returns true when there is a command
 * with all it needs; else false with one line on what is wrong added to `problem`. */
bool arguments_parse(size_t argc, const char *const *argv, struct arguments *arguments,
                     struct text *problem);

#endif
