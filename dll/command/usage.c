#include "usage.h"

#include "errors.h"

#include <string.h>

enum { SUMMARY_COLUMN = 18, LINE_WIDTH = 80 };

static void add_operands(struct text *text, const struct command *command)
{
    for (const struct parameter *const *operand = command->operands; *operand; operand++)
        text_add(text, (*operand)->optional ? " [%s%s]" : " %s%s", (*operand)->name,
                 (*operand)->repeated ? "..." : "");
    if (command->rest)
        text_add(text, " [%s]", command->rest);
}

static void add_options(struct text *text, const struct command *command)
{
    for (const struct parameter *const *option = command->options; *option; option++)
        text_add(text, (*option)->value ? " [%s %s]" : " [%s]", (*option)->name, (*option)->value);
}

void usage_add_line(struct text *text, const struct command *command)
{
    if (!command) {
        text_add(text, "usage: holdfast COMMAND [ARGUMENTS...], or holdfast help [COMMAND]\n");
        return;
    }
    text_add(text, "usage: holdfast %s", command->name);
    /* What follows PROGRAM is the program's, so our options come first. */
    if (command->rest)
        add_options(text, command);
    add_operands(text, command);
    if (!command->rest)
        add_options(text, command);
    text_add(text, "\n");
}

/* `words`, the next of which would stand at `indent`, broken into lines, and a line end. */
static void add_wrapped(struct text *text, size_t indent, const char *words)
{
    size_t column = indent;
    while (*words) {
        const size_t length = strcspn(words, " ");
        if (column > indent && column + 1 + length > LINE_WIDTH) {
            text_add(text, "\n%*s", (int)indent, "");
            column = indent;
        } else if (column > indent) {
            text_add(text, " ");
            column++;
        }
        text_add(text, "%.*s", (int)length, words);
        column += length;
        words += length + strspn(words + length, " ");
    }
    text_add(text, "\n");
}

/* Each line of `words` is a paragraph. */
static void add_paragraphs(struct text *text, const char *words)
{
    while (*words) {
        const size_t length = strcspn(words, "\n");
        struct text paragraph = {0};
        text_add(&paragraph, "%.*s", (int)length, words);
        if (!paragraph.failed)
            add_wrapped(text, 0, paragraph.bytes);
        text_free(&paragraph);
        words += length;
        if (*words == '\n') {
            text_add(text, "\n");
            words++;
        }
    }
}

/* `name` in the left column, `summary` in the right one. */
static void add_row(struct text *text, const char *name, const char *summary)
{
    text_add(text, "  %-*s", SUMMARY_COLUMN - 2, name);
    if (strlen(name) > SUMMARY_COLUMN - 4)
        text_add(text, "\n%*s", SUMMARY_COLUMN, "");
    add_wrapped(text, SUMMARY_COLUMN, summary);
}

static void add_parameters(struct text *text, const struct parameter *const *parameters)
{
    for (; *parameters; parameters++) {
        struct text name = {0};
        text_add(&name, (*parameters)->value ? "%s %s" : "%s", (*parameters)->name,
                 (*parameters)->value);
        if (!name.failed)
            add_row(text, name.bytes, (*parameters)->summary);
        text_free(&name);
    }
}

void usage_add_overview(struct text *text)
{
    text_add(text, "Holdfast: SCSI reservation control codes for Windows programs under Wine.\n\n");
    usage_add_line(text, NULL);
    text_add(text, "\nCommands:\n");
    for (const struct command *command = commands; command->name; command++)
        add_row(text, command->name, command->summary);
    text_add(text, "\nExit codes ('run' has those of the program):\n");
    for (const struct exit_description *exit = exit_descriptions; exit->words; exit++) {
        struct text code = {0};
        text_add(&code, "%d", exit->code);
        if (!code.failed)
            add_row(text, code.bytes, exit->words);
        text_free(&code);
    }
    text_add(text, "\n");
    add_wrapped(text, 0,
                "After an error --json answers {\"ok\": false, \"command\", \"disk\", \"error\": "
                "{\"code\": Windows error number or null, \"name\": text or null, \"message\", "
                "\"hint\": text or null, \"exit_code\"}}.");
}

void usage_add_command(struct text *text, const struct command *command)
{
    usage_add_line(text, command);
    text_add(text, "\n%s\n", command->summary);
    if (command->operands[0] || command->options[0])
        text_add(text, "\n");
    add_parameters(text, command->operands);
    add_parameters(text, command->options);
    if (command->details) {
        text_add(text, "\n");
        add_paragraphs(text, command->details);
    }
    text_add(text, "\n'holdfast --help' lists the exit codes.\n");
}

void usage_add_group(struct text *text, const char *group)
{
    text_add(text, "usage: holdfast %s COMMAND [ARGUMENTS...]\n\n", group);
    for (const struct command *command = commands; command->name; command++)
        if (command_is_in_group(command, group))
            add_row(text, command->name, command->summary);
    text_add(text, "\n'holdfast help %s COMMAND' explains one of them.\n", group);
}
