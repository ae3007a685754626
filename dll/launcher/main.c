/* holdfast.exe: takes its command line apart and calls the command. */
#include "../command/dispatch.h"
#include "../command/errors.h"
#include "../command/output.h"
#include "command_line.h"
#include "handlers.h"
#include "wide.h"

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

static int not_here(const struct arguments *arguments)
{
    output_message("'%s' is done on the Linux side: start bin/holdfast from a Linux shell",
                   arguments->command->name);
    return EXIT_USAGE;
}

static const struct command_handlers handlers = {
    .of =
        {
            [COMMAND_RUN] = command_run,
            [COMMAND_STATUS] = command_status,
            [COMMAND_KEYS] = command_keys,
            [COMMAND_SHOW] = command_show,
            [COMMAND_INSTALL] = command_install,
            [COMMAND_UNINSTALL] = command_uninstall,
            [COMMAND_REQUEST] = command_request,
        },
    .elsewhere = not_here,
};

/* The compiler knows main, and not this one. */
int wmain(int argc, wchar_t **argv);

int wmain(int argc, wchar_t **argv)
{
    (void)argc; /* not looked at: see command_line.h */
    (void)argv;
    struct words words = {0};
    int code = EXIT_OTHER;
    if (split(GetCommandLineW(), &words))
        code = command_dispatch(words.count, (const char *const *)words.words, &handlers);
    else
        output_message("out of memory");
    free_words(&words);
    /* Nothing of ours is left to the C run-time library's exit(), which would look for .NET on the
     * disk. */
    ExitProcess((UINT)code);
}
