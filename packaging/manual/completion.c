/* The tables of bash's completion, from the program's own. ../completion.bash goes by them. */
#include "../../dll/command/commands.h"
#include "../../dll/command/values.h"
#include "pages.h"

#include <string.h>

/* The file is read within a function of bash-completion's, where a plain declare would be local. */
static void open_table(struct text *text, const char *name)
{
    text_add(text, "declare -gA %s=(\n", name);
}

static void close_table(struct text *text)
{
    text_add(text, ")\n");
}

static void add_options(struct text *text)
{
    open_table(text, "_holdfast_options");
    for (const struct command *command = commands; command->name; command++) {
        text_add(text, "    ['%s']='", command->name);
        for (const struct parameter *const *option = command->options; *option; option++)
            text_add(text, "%s ", (*option)->name);
        text_add(text, "--help'\n");
    }
    close_table(text);
}

static void add_operands(struct text *text)
{
    open_table(text, "_holdfast_operands");
    for (const struct command *command = commands; command->name; command++) {
        text_add(text, "    ['%s']='", command->name);
        for (const struct parameter *const *operand = command->operands; *operand; operand++)
            text_add(text, operand == command->operands ? "%s" : " %s", (*operand)->name);
        text_add(text, "'\n");
    }
    close_table(text);
}

/* An option of two commands takes the same kind of value in both; bash keeps the last. */
static void add_values(struct text *text)
{
    open_table(text, "_holdfast_values");
    for (const struct command *command = commands; command->name; command++)
        for (const struct parameter *const *option = command->options; *option; option++)
            if ((*option)->value)
                text_add(text, "    ['%s %s']='%s'\n", command->name, (*option)->name,
                         (*option)->value);
    close_table(text);
}

static void add_types(struct text *text)
{
    text_add(text, "_holdfast_types='");
    for (const struct reservation_type *type = reservation_types; type->number; type++)
        if (type->settable)
            text_add(text, "%s ", type->short_name);
    text_add(text, "'\n");
}

void completion_add_tables(struct text *text, const struct release *release)
{
    text_add(text, "# bash completion for holdfast %s, made of its own table of commands.\n",
             release->version);
    add_options(text);
    add_operands(text);
    add_values(text);
    add_types(text);
}
