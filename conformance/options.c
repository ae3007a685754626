#include "options.h"

#include <stdlib.h>
#include <string.h>

enum kind { FLAG, TEXT, OPTIONAL_TEXT, TWO_TEXTS, LIST, SECONDS, MODE };

enum { TIMEOUT_MAX = 3600 };

struct option {
    const char *name, *value; /* value: its name in the help, or NULL */
    enum kind kind;
    size_t offset;  /* in struct options */
    enum mode mode; /* MODE_RUN: the option chooses none */
    const char *help;
};

#define AT(member) offsetof(struct options, member)

static const struct option table[] = {
    {"--serial", "TEXT", TEXT, AT(serial), MODE_RUN,
     "the serial number that DISK reports: run without it to be told"},
    {"--naa", "HEX", TEXT, AT(naa), MODE_RUN, "or its NAA designator"},
    {"--reserve", NULL, FLAG, AT(reserve), MODE_RUN,
     "consent: registrations and reservations of DISK are changed, and taken back at the end"},
    {"--data-loss", NULL, FLAG, AT(data_loss), MODE_RUN,
     "consent: 16 blocks in the middle of DISK are written to, and restored at the end"},
    {"--bus-reset", NULL, FLAG, AT(bus_reset), MODE_RUN,
     "consent: the whole bus is reset, with every disk on it"},
    {"--other", "DISK", TEXT, AT(other), MODE_RUN,
     "second node: another name of the same unit, by another initiator of this machine"},
    {"--peer", "HOST:PORT", TEXT, AT(peer), MODE_RUN,
     "second node: another machine, on which holdfast-conformance --serve runs"},
    {"--secret", "TEXT", TEXT, AT(secret), MODE_RUN,
     "what --serve printed there; else the variable HOLDFAST_CONFORMANCE_SECRET, else asked for"},
    {"--run", "PATTERN", LIST, AT(run), MODE_RUN,
     "only cases whose names match, with * and ?; may be repeated"},
    {"--skip", "PATTERN", LIST, AT(skip), MODE_RUN, "not these; may be repeated"},
    {"--timeout", "SECONDS", SECONDS, AT(timeout_s), MODE_RUN, "for each case; 60 if not given"},
    {"--fail-fast", NULL, FLAG, AT(fail_fast), MODE_RUN, "stop at the first failure"},
    {"--verbose", NULL, FLAG, AT(verbose), MODE_RUN, "a line for every case, and more detail"},
    {"--tap", "=FILE", OPTIONAL_TEXT, AT(tap), MODE_RUN,
     "a TAP report in FILE; without =FILE on standard output, all else on standard error"},
    {"--junit", "FILE", TEXT, AT(junit), MODE_RUN, "a JUnit XML report"},
    {"--json", "FILE", TEXT, AT(json), MODE_RUN, "a whole report: the one to keep and to send"},
    {"--journal", "FILE", TEXT, AT(journal), MODE_RUN,
     "where the run notes how to undo what it does; else a new file in the current or the "
     "temporary folder. It is removed when nothing is left to undo"},
    {"--platform", "NAME", TEXT, AT(platform), MODE_RUN,
     "windows, wine, holdfast or reactos: whose answers to expect; else found out"},
    {"--no-colour", NULL, FLAG, AT(no_colour), MODE_RUN, "no colours on a terminal either"},
    {"--list", NULL, MODE, 0, MODE_LIST, "print the cases; needs no disk"},
    {"--compare", "A B", TWO_TEXTS, AT(compare), MODE_COMPARE,
     "show where two reports of --json differ"},
    {"--cleanup", "JOURNAL", TEXT, AT(clean_up), MODE_CLEAN_UP,
     "undo what a run has left behind; with the --peer of the run, if it had one"},
    {"--serve", NULL, MODE, 0, MODE_SERVE,
     "be the second node of another machine's run, on DISK alone, within the same consents"},
    {"--listen", "ADDRESS:PORT", TEXT, AT(listen), MODE_RUN,
     "with --serve: where; 127.0.0.1 if not given"},
    {"--help", NULL, MODE, 0, MODE_HELP, "this text"},
    {"--version", NULL, MODE, 0, MODE_VERSION, "the version"},
};

enum { OPTIONS = sizeof(table) / sizeof(table[0]) };

/* Where the parser stands. */
struct cursor {
    int argc, next;
    const char *const *argv;
    struct options *options;
    char *problem;
    const struct option *chose; /* the option that chose the mode */
};

static void *member(const struct cursor *cursor, const struct option *option)
{
    return (char *)cursor->options + option->offset;
}

static bool complain(const struct cursor *cursor, const char *format, const char *text)
{
    /* The format is one of ours, with at most one %s. */
    static const char marker[] = "%s";
    const char *place = strstr(format, marker);
    const int before = place ? (int)(place - format) : (int)strlen(format);

    snprintf(cursor->problem, OPTION_PROBLEM_MAX, "%.*s%.100s%s", before, format, place ? text : "",
             place ? place + sizeof(marker) - 1 : "");
    return false;
}

static const struct option *find(const char *text, size_t length)
{
    for (size_t i = 0; i < OPTIONS; i++)
        if (strlen(table[i].name) == length && !memcmp(table[i].name, text, length))
            return &table[i];
    return NULL;
}

/* The text behind "=", or the next argument. An empty one is a mistake everywhere. */
static const char *take_text(struct cursor *cursor, const struct option *option, const char *given)
{
    if (!given && cursor->next < cursor->argc)
        given = cursor->argv[cursor->next++];
    if (given && *given)
        return given;
    complain(cursor, "%s needs a value behind it", option->name);
    return NULL;
}

static bool take_seconds(const struct cursor *cursor, uint32_t *seconds, const char *text)
{
    char *end;
    const unsigned long value = strtoul(text, &end, 10);

    if (*text < '0' || *text > '9' || *end || !value || value > TIMEOUT_MAX)
        return complain(cursor, "--timeout takes whole seconds, 1 to 3600, not '%s'", text);
    *seconds = (uint32_t)value;
    return true;
}

static bool add_pattern(const struct cursor *cursor, struct patterns *patterns, const char *text)
{
    if (patterns->count == OPTION_PATTERNS)
        return complain(cursor, "'%s' is one pattern too many: there is room for 64", text);
    patterns->pattern[patterns->count++] = text;
    return true;
}

static bool choose_mode(struct cursor *cursor, const struct option *option)
{
    if (option->mode == MODE_RUN)
        return true;
    /* Whoever asks for help gets it, whatever else was said. */
    if (cursor->options->mode == MODE_HELP)
        return true;
    if (option->mode != MODE_HELP && cursor->chose && cursor->chose != option)
        return complain(cursor, "%s and another option exclude each other: one thing at a time",
                        option->name);
    cursor->options->mode = option->mode;
    cursor->chose = option;
    return true;
}

static bool store(struct cursor *cursor, const struct option *option, const char *text)
{
    void *place = member(cursor, option);

    switch (option->kind) {
    case LIST:
        return add_pattern(cursor, place, text);
    case SECONDS:
        return take_seconds(cursor, place, text);
    default:
        if (*(const char **)place)
            return complain(cursor, "%s is given twice", option->name);
        *(const char **)place = text;
        return true;
    }
}

static bool take_two(struct cursor *cursor, const struct option *option, const char *given)
{
    const char **texts = member(cursor, option);

    for (int i = 0; i < 2; i++, given = NULL)
        if (!(texts[i] = take_text(cursor, option, given)))
            return complain(cursor, "%s needs two files behind it", option->name);
    return true;
}

static bool take_option(struct cursor *cursor)
{
    const char *text = cursor->argv[cursor->next++];
    const char *equals = strchr(text, '=');
    const size_t length = equals ? (size_t)(equals - text) : strlen(text);
    const struct option *option = find(text, length);

    if (!option)
        return complain(cursor, "there is no option '%s'", text);
    if (!option->value && equals)
        return complain(cursor, "%s takes no value", option->name);
    if (!choose_mode(cursor, option))
        return false;
    switch (option->kind) {
    case MODE:
        return true;
    case FLAG:
        *(bool *)member(cursor, option) = true;
        return true;
    case OPTIONAL_TEXT:
        return store(cursor, option, equals && equals[1] ? equals + 1 : "-");
    case TWO_TEXTS:
        return take_two(cursor, option, equals ? equals + 1 : NULL);
    default:
        break;
    }
    text = take_text(cursor, option, equals ? equals + 1 : NULL);
    return text && store(cursor, option, text);
}

static bool take_disk(struct cursor *cursor)
{
    const char *text = cursor->argv[cursor->next++];

    if (cursor->options->disk)
        return complain(cursor, "'%s' is one argument too many: one DISK is tested at a time",
                        text);
    cursor->options->disk = text;
    return true;
}

static bool check_together(const struct cursor *cursor)
{
    const struct options *options = cursor->options;
    const bool disk_needed = options->mode == MODE_RUN || options->mode == MODE_SERVE;

    if (options->mode == MODE_HELP)
        return true;
    if (disk_needed && !options->disk)
        return complain(cursor,
                        "no disk is named, and there is no default: name one that nobody uses, "
                        "such as \\\\.\\PhysicalDrive1",
                        "");
    if (!disk_needed && options->disk)
        return complain(cursor, "'%s' is one argument too many: no DISK is needed here",
                        options->disk);
    if (options->other && options->peer)
        return complain(cursor, "--other and --peer exclude each other: there are two nodes", "");
    if (options->mode == MODE_SERVE && (options->other || options->peer))
        return complain(cursor, "--serve is one node alone: leave --other and --peer out", "");
    if (options->secret && !options->peer)
        return complain(cursor, "--secret is for --peer", "");
    if (options->listen && options->mode != MODE_SERVE)
        return complain(cursor, "--listen is for --serve", "");
    return true;
}

bool options_parse(struct options *options, int argc, const char *const *argv,
                   char problem[OPTION_PROBLEM_MAX])
{
    struct cursor cursor = {argc, 0, argv, options, problem, NULL};
    bool only_disk = false;

    memset(options, 0, sizeof(*options));
    options->timeout_s = DEFAULT_TIMEOUT_S;
    options->argc = argc;
    options->argv = argv;
    problem[0] = 0;
    while (cursor.next < argc) {
        const char *text = argv[cursor.next];
        if (!only_disk && !strcmp(text, "--")) {
            only_disk = true;
            cursor.next++;
        } else if (!only_disk && text[0] == '-' ? !take_option(&cursor) : !take_disk(&cursor)) {
            return false;
        }
    }
    return check_together(&cursor);
}

bool options_describe(size_t index, struct option_description *description)
{
    if (index >= OPTIONS)
        return false;
    *description = (struct option_description){
        .name = table[index].name,
        .value = table[index].value,
        .help = table[index].help,
        .value_optional = table[index].kind == OPTIONAL_TEXT,
    };
    return true;
}

static bool all_digits(const char *text)
{
    return *text && strspn(text, "0123456789") == strlen(text);
}

static bool begins_without_case(const char *text, const char *lower)
{
    for (; *lower; text++, lower++)
        if ((*text >= 'A' && *text <= 'Z' ? *text + 32 : *text) != *lower)
            return false;
    return true;
}

bool options_disk_name(const char *text, char *name, size_t size)
{
    static const char drive[] = "physicaldrive";
    const char *digits = begins_without_case(text, drive) ? text + sizeof(drive) - 1 : text;
    const size_t length = strlen(text);
    int wanted;

    if (all_digits(digits))
        wanted = snprintf(name, size, "\\\\.\\PhysicalDrive%s", digits);
    else if (length && text[length - 1] != ':' && text[length - 1] != '\\')
        wanted = snprintf(name, size, "%s", text);
    else
        return false;
    return wanted > 0 && (size_t)wanted < size;
}
