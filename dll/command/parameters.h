/* The operands and options that the commands share. */
#ifndef HOLDFAST_COMMAND_PARAMETERS_H
#define HOLDFAST_COMMAND_PARAMETERS_H

#include "commands.h"

extern const struct parameter parameter_disk, parameter_key, parameter_own_key, parameter_victim,
    parameter_program, parameter_topic, parameter_topic_rest;

extern const struct parameter parameter_old, parameter_ignore, parameter_aptpl, parameter_type,
    parameter_abort, parameter_json, parameter_if_possible;

/* Of the commands about the disks of a prefix, and of what changes a prefix. */
extern const struct parameter parameter_new_disk, parameter_old_disk, parameter_path, parameter_all,
    parameter_as_given, parameter_dry_run, parameter_force, parameter_now;

extern const struct parameter parameter_wrapped, parameter_file;

extern const struct parameter parameter_trace_file, parameter_code, parameter_errors,
    parameter_of_disk, parameter_follow, parameter_pid;

#endif
