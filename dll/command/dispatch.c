#include "dispatch.h"

#include "errors.h"
#include "output.h"
#include "usage.h"

static int fail_usage(const struct arguments *arguments, const struct text *problem)
{
    struct text text = {0};
    if (arguments->command)
        text_add(&text, "holdfast %s: %s\n", arguments->command->name, problem->bytes);
    else
        text_add(&text, "holdfast: %s\n", problem->bytes);
    usage_add_line(&text, arguments->command);
    output_write_error(&text);
    return EXIT_USAGE;
}

static int help(const struct arguments *arguments)
{
    struct text text = {0};
    if (arguments->topic && command_group_exists(arguments->topic))
        usage_add_group(&text, arguments->topic);
    else if (arguments->topic)
        usage_add_command(&text, command_from_name(arguments->topic));
    else
        usage_add_overview(&text);
    return output_write(&text) ? EXIT_DONE : EXIT_OTHER;
}

static int version(void)
{
    struct text text = {0};
    text_add(&text, "holdfast %s\n", HOLDFAST_VERSION);
    return output_write(&text) ? EXIT_DONE : EXIT_OTHER;
}

static int call(const struct arguments *arguments, const struct command_handlers *handlers)
{
    const enum command_id id = arguments->command->id;
    if (id == COMMAND_HELP)
        return help(arguments);
    if (id == COMMAND_VERSION)
        return version();
    return handlers->of[id] ? handlers->of[id](arguments) : handlers->elsewhere(arguments);
}

int command_dispatch(size_t argc, const char *const *argv, const struct command_handlers *handlers)
{
    struct arguments arguments;
    struct text problem = {0};
    int code;

    if (arguments_parse(argc, argv, &arguments, &problem))
        code = call(&arguments, handlers);
    else if (problem.failed)
        code = EXIT_OTHER;
    else
        code = fail_usage(&arguments, &problem);
    text_free(&problem);
    return code;
}
