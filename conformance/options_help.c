/* What the program says of its command line, made of the table in options.c. */
#include "options.h"

#include <string.h>

enum { HELP_COLUMN = 26, HELP_WIDTH = 79 };

const char *const options_usage[] = {
    "holdfast-conformance DISK --serial TEXT [OPTIONS]",
    "holdfast-conformance --list | --compare A B | --cleanup JOURNAL",
    "holdfast-conformance --serve DISK --serial TEXT [--listen ADDRESS:PORT]",
    NULL,
};

const char *const options_summary =
    "Asks this system's storage reservation control codes, on a disk that nobody uses, and reports "
    "what it answers. DISK is such as \\\\.\\PhysicalDrive1, or 1 for short. Nothing is changed "
    "without --reserve, nothing written without --data-loss.";

const char *const options_exit_codes =
    "Exit code: 0 nothing failed, 1 something did, 2 the command or the disk is not fit, 3 the run "
    "was stopped or left something behind, 77 every case was skipped.";

/* `words` from the column on, broken into lines. */
static void print_wrapped(FILE *stream, size_t indent, const char *words)
{
    size_t column = indent;

    while (*words) {
        const size_t length = strcspn(words, " ");
        if (column > indent && column + 1 + length > HELP_WIDTH) {
            fprintf(stream, "\n%*s", (int)indent, "");
            column = indent;
        } else if (column > indent) {
            fputc(' ', stream);
            column++;
        }
        fwrite(words, 1, length, stream);
        column += length;
        words += length + strspn(words + length, " ");
    }
    fputc('\n', stream);
}

static void print_option(FILE *stream, const struct option_description *option)
{
    char name[HELP_COLUMN * 2];
    const bool optional = option->value_optional;

    snprintf(name, sizeof(name), "  %s%s%s%s", option->name,
             !option->value ? ""
             : optional     ? "["
                            : " ",
             option->value ? option->value : "", optional ? "]" : "");
    fprintf(stream, "%-*s", HELP_COLUMN, name);
    if (strlen(name) >= HELP_COLUMN)
        fprintf(stream, "\n%*s", HELP_COLUMN, "");
    print_wrapped(stream, HELP_COLUMN, option->help);
}

void options_help(FILE *stream)
{
    struct option_description option;

    for (size_t i = 0; options_usage[i]; i++)
        fprintf(stream, "%s %s\n", i ? "      " : "usage:", options_usage[i]);
    fputc('\n', stream);
    print_wrapped(stream, 0, options_summary);
    fputc('\n', stream);
    for (size_t i = 0; options_describe(i, &option); i++)
        print_option(stream, &option);
    fputc('\n', stream);
    print_wrapped(stream, 0, options_exit_codes);
}

static void print_argument(FILE *stream, const char *text)
{
    const bool quote = !*text || strpbrk(text, " \t&|<>^()");

    fprintf(stream, quote ? " \"%s\"" : " %s", text);
}

/* Options that are not repeated, as they are another one's business or a secret. */
static bool is_left_out(const char *text, size_t length)
{
    static const char *const names[] = {"--serial", "--naa", "--secret"};

    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        if (strlen(names[i]) == length && !memcmp(names[i], text, length))
            return true;
    return false;
}

void options_print_corrected(FILE *stream, const struct options *options, const char *serial,
                             const char *naa)
{
    fputs("holdfast-conformance", stream);
    for (int i = 0; i < options->argc; i++) {
        const char *text = options->argv[i];
        const size_t length = strcspn(text, "=");
        if (!is_left_out(text, length))
            print_argument(stream, text);
        else if (!text[length])
            i++;
        if (text == options->disk) {
            fputs(serial ? " --serial" : " --naa", stream);
            print_argument(stream, serial ? serial : naa);
        }
    }
    fputc('\n', stream);
}
