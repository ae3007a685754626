/* `holdfast wrapper`: a script that runs a program with the shim in this prefix. */
#include "../command/errors.h"
#include "../command/output.h"
#include "prefix.h"
#include "prefix_commands.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char head[] = "#!/bin/sh\n# Made by 'holdfast wrapper'.\n";

/* As one word of a shell. */
static void add_word(struct text *text, const char *word)
{
    text_add(text, "'");
    for (; *word; word++)
        if (*word == '\'')
            text_add(text, "'\\''");
        else
            text_add(text, "%c", *word);
    text_add(text, "'");
}

static void add_variable(struct text *text, const char *name, const char *value)
{
    if (!value || !*value)
        return;
    text_add(text, "%s=", name);
    add_word(text, value);
    text_add(text, "\nexport %s\n", name);
}

/* A script is started in any folder. Bare names and Windows' paths are left to `holdfast run`. */
static const char *absolute(const char *program, char path[PATH_MAX])
{
    const bool relative = *program != '/' && strchr(program, '/');

    return relative && realpath(program, path) ? path : program;
}

static bool add_script(struct text *script, const char *program, const struct prefix *prefix)
{
    char self[PATH_MAX], path[PATH_MAX];
    const ssize_t length = readlink("/proc/self/exe", self, sizeof(self) - 1);

    if (length < 0) {
        output_message("cannot find out where it lies: is /proc mounted?");
        return false;
    }
    self[length] = 0;
    text_add(script, "%s", head);
    add_variable(script, "WINEPREFIX", prefix->path);
    add_variable(script, "WINE", getenv("WINE"));
    text_add(script, "exec ");
    add_word(script, self);
    text_add(script, " run -- ");
    add_word(script, absolute(program, path));
    text_add(script, " \"$@\"\n");
    if (script->failed)
        output_message("out of memory");
    return !script->failed;
}

/* What is not there, or was made here, may be replaced. */
static bool may_write(const char *name)
{
    char bytes[sizeof(head) - 1];
    const int file = open(name, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    struct stat facts;
    bool ours;

    if (file < 0 && errno == ENOENT)
        return true;
    ours = file >= 0 && fstat(file, &facts) == 0 && S_ISREG(facts.st_mode) &&
           read(file, bytes, sizeof(bytes)) == sizeof(bytes) && !memcmp(bytes, head, sizeof(bytes));
    if (file >= 0)
        close(file);
    if (!ours)
        output_message("%s exists and is no wrapper: remove it, or give another name", name);
    return ours;
}

static bool write_whole(int file, const struct text *script)
{
    return write(file, script->bytes, script->length) == (ssize_t)script->length &&
           fchmod(file, 0755) == 0;
}

/* Whole or not at all: under another name first. */
static bool write_script(const char *name, const struct text *script)
{
    char temporary[PATH_MAX];
    int file;
    bool done;

    if (!may_write(name))
        return false;
    if (snprintf(temporary, sizeof(temporary), "%s.XXXXXX", name) >= (int)sizeof(temporary)) {
        output_message("the name of the file is too long");
        return false;
    }
    file = mkstemp(temporary);
    done = file >= 0 && write_whole(file, script);
    if (file >= 0 && close(file) != 0)
        done = false;
    if (done)
        done = rename(temporary, name) == 0;
    if (!done)
        output_message("%s could not be written: %s", name, strerror(errno));
    if (!done && file >= 0)
        unlink(temporary);
    return done;
}

static int make(const struct arguments *arguments, const struct prefix *prefix)
{
    struct text script = {0};
    int code = EXIT_OTHER;

    if (!add_script(&script, arguments->wrapped, prefix))
        text_free(&script);
    else if (!arguments->file)
        code = output_write(&script) ? EXIT_DONE : EXIT_OTHER;
    else {
        code = write_script(arguments->file, &script) ? EXIT_DONE : EXIT_OTHER;
        text_free(&script);
    }
    return code;
}

int command_wrapper(const struct arguments *arguments)
{
    struct prefix prefix;
    struct text problem = {0};
    int code = EXIT_OTHER;

    if (prefix_find(&prefix, &problem))
        code = make(arguments, &prefix);
    else
        output_message("%s", problem.failed ? "out of memory" : problem.bytes);
    prefix_close(&prefix);
    text_free(&problem);
    return code;
}
