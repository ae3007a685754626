/* holdfast.exe: takes its command line apart and calls the command. */
#include "arguments.h"
#include "command_line.h"
#include "commands.h"
#include "errors.h"
#include "output.h"
#include "usage.h"

#include <stdlib.h>
#include <windows.h>

/* The arguments after the program's name, as UTF-8. Owned; free with free_words. */
struct words {
    char **words;
    size_t count;
};

static void free_words(struct words *words)
{
    for (size_t i = 0; i < words->count; i++)
        free(words->words[i]);
    free(words->words);
}

/* False without memory. */
static bool split(const wchar_t *line, struct words *words)
{
    const size_t length = wcslen(line) + 1;
    wchar_t *value = calloc(length, sizeof(*value));
    words->words =
        calloc(length, sizeof(*words->words)); /* an argument takes a character at least */
    bool done = value && words->words;

    line = command_line_skip_program(line);
    while (done && (line = command_line_next(line, NULL, value))) {
        char *word = utf8_from_wide(value);
        done = word != NULL;
        if (done)
            words->words[words->count++] = word;
    }
    free(value);
    return done;
}

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

int command_help(const struct arguments *arguments)
{
    struct text text = {0};
    if (arguments->topic)
        usage_add_command(&text, command_from_name(arguments->topic));
    else
        usage_add_overview(&text);
    return output_write(&text) ? EXIT_DONE : EXIT_OTHER;
}

int command_version(const struct arguments *arguments)
{
    struct text text = {0};
    (void)arguments;
    text_add(&text, "holdfast %s\n", HOLDFAST_VERSION);
    return output_write(&text) ? EXIT_DONE : EXIT_OTHER;
}

static int dispatch(const struct words *words)
{
    struct arguments arguments;
    struct text problem = {0};
    int code;

    if (arguments_parse(words->count, (const char *const *)words->words, &arguments, &problem))
        code = arguments.command->function(&arguments);
    else if (problem.failed)
        code = EXIT_OTHER;
    else
        code = fail_usage(&arguments, &problem);
    text_free(&problem);
    return code;
}

/* The compiler knows main, and not this one. */
int wmain(int argc, wchar_t **argv);

int wmain(int argc, wchar_t **argv)
{
    (void)argc; /* not looked at: see command_line.h */
    (void)argv;
    struct words words = {0};
    int code = EXIT_OTHER;
    if (split(GetCommandLineW(), &words))
        code = dispatch(&words);
    else
        output_message("out of memory");
    free_words(&words);
    /* Nothing of ours is left to the C run-time library's exit(), which would look for .NET on the
     * disk. */
    ExitProcess((UINT)code);
}
