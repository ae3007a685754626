#include "arguments.h"

#include "commands.h"

#include <ntddstor/reservation.h>
#include <string.h>

/* Where the parser stands. */
struct cursor {
    size_t argc;
    const char *const *argv;
    size_t next;
    size_t operands;    /* taken so far */
    bool only_operands; /* after "--" */
};

static const struct parameter *find_option(const struct command *command, const char *name,
                                           size_t length)
{
    for (const struct parameter *const *option = command->options; *option; option++)
        if (strlen((*option)->name) == length && !memcmp((*option)->name, name, length))
            return *option;
    return NULL;
}

static bool take_option(struct cursor *cursor, struct arguments *arguments, struct text *problem)
{
    const char *text = cursor->argv[cursor->next++];
    const char *equals = strchr(text, '=');
    const size_t length = equals ? (size_t)(equals - text) : strlen(text);
    const struct parameter *option = find_option(arguments->command, text, length);

    if (!option) {
        text_add(problem, "there is no option '%.*s'", (int)length, text);
        return false;
    }
    if (!option->value && equals) {
        text_add(problem, "option %s takes no value", option->name);
        return false;
    }
    if (!option->value)
        return option->take(arguments, NULL, problem);
    if (!equals && cursor->next == cursor->argc) {
        text_add(problem, "option %s needs a %s after it", option->name, option->value);
        return false;
    }
    return option->take(arguments, equals ? equals + 1 : cursor->argv[cursor->next++], problem);
}

static bool take_operand(struct cursor *cursor, struct arguments *arguments, struct text *problem)
{
    const char *text = cursor->argv[cursor->next++];
    const struct parameter *const *operands = arguments->command->operands;
    const struct parameter *operand = operands[cursor->operands];
    if (operand)
        cursor->operands++;
    else if (cursor->operands && operands[cursor->operands - 1]->repeated)
        operand = operands[cursor->operands - 1];
    if (!operand) {
        text_add(problem, "'%s' is one argument too many", text);
        return false;
    }
    return operand->take(arguments, text, problem);
}

static bool asks_for_help(const char *text)
{
    return !strcmp(text, "--help") || !strcmp(text, "-h");
}

static void turn_into_help(struct arguments *arguments)
{
    arguments->topic = arguments->command->name;
    arguments->command = command_from_name("help");
}

static bool check_whole(const struct cursor *cursor, const struct arguments *arguments,
                        struct text *problem)
{
    const struct parameter *missing = arguments->command->operands[cursor->operands];
    if (missing && !missing->optional) {
        text_add(problem, "%s is missing", missing->name);
        return false;
    }
    if (arguments->values.ignore && arguments->old_key_given) {
        text_add(problem, "--old and --ignore exclude each other");
        return false;
    }
    return true;
}

static bool take_rest(struct cursor *cursor, struct arguments *arguments, struct text *problem)
{
    while (cursor->next < cursor->argc) {
        const char *text = cursor->argv[cursor->next];
        const bool option = !cursor->only_operands && text[0] == '-' && text[1];
        if (option && !strcmp(text, "--")) {
            cursor->only_operands = true;
            cursor->next++;
        } else if (option && asks_for_help(text)) {
            turn_into_help(arguments);
            return true;
        } else if (option) {
            if (!take_option(cursor, arguments, problem))
                return false;
        } else if (arguments->command->rest) {
            /* From PROGRAM on nothing is ours. */
            arguments->program = cursor->next;
            return take_operand(cursor, arguments, problem);
        } else if (!take_operand(cursor, arguments, problem)) {
            return false;
        }
    }
    return check_whole(cursor, arguments, problem);
}

/* --help and --version are other names of two commands. */
static const char *command_name(const char *text)
{
    if (asks_for_help(text))
        return "help";
    return strcmp(text, "--version") ? text : "version";
}

static void list_group(const char *group, struct text *problem)
{
    text_add(problem, "'%s' needs another word:", group);
    for (const struct command *command = commands; command->name; command++)
        if (command_is_in_group(command, group))
            text_add(problem, " %s", command->name + strlen(group) + 1);
}

/* The command of a group by its second word; cursor->next is then behind both. */
static bool find_in_group(struct cursor *cursor, struct arguments *arguments, struct text *problem)
{
    const char *group = cursor->argv[0];
    const char *second = cursor->argc > 1 ? cursor->argv[1] : NULL;

    if (!second) {
        list_group(group, problem);
        return false;
    }
    cursor->next = 2;
    if (asks_for_help(second)) {
        arguments->topic = group;
        arguments->command = command_from_name("help");
        cursor->next = cursor->argc;
        return true;
    }
    arguments->command = command_from_words(group, second);
    if (!arguments->command)
        text_add(problem, "there is no command '%s %s'", group, second);
    return arguments->command != NULL;
}

static bool find_command(struct cursor *cursor, struct arguments *arguments, struct text *problem)
{
    const char *first = cursor->argv[0];

    if (command_group_exists(first))
        return find_in_group(cursor, arguments, problem);
    arguments->command = command_from_words(command_name(first), NULL);
    if (!arguments->command)
        text_add(problem, "there is no command '%s'", first);
    return arguments->command != NULL;
}

bool arguments_parse(size_t argc, const char *const *argv, struct arguments *arguments,
                     struct text *problem)
{
    *arguments = (struct arguments){
        .words = argv,
        .word_count = argc,
        .values = {.type = RESERVATION_TYPE_WRITE_EXCLUSIVE_REGISTRANTS},
    };
    if (!argc) {
        text_add(problem, "a command is missing");
        return false;
    }
    struct cursor cursor = {.argc = argc, .argv = argv, .next = 1};
    return find_command(&cursor, arguments, problem) && take_rest(&cursor, arguments, problem);
}
