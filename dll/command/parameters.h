/* The operands and options that the commands share. */
#ifndef HOLDFAST_COMMAND_PARAMETERS_H
#define HOLDFAST_COMMAND_PARAMETERS_H

#include "commands.h"

extern const struct parameter parameter_disk, parameter_key, parameter_own_key, parameter_victim,
    parameter_program, parameter_topic;

extern const struct parameter parameter_old, parameter_ignore, parameter_aptpl, parameter_type,
    parameter_abort, parameter_json, parameter_if_possible;

#endif
