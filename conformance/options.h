/* The command line. One table feeds the parser and --help. Portable: arguments are UTF-8. */
#ifndef CONFORMANCE_OPTIONS_H
#define CONFORMANCE_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* What the program is asked to do. */
enum mode { MODE_RUN, MODE_LIST, MODE_COMPARE, MODE_CLEAN_UP, MODE_SERVE, MODE_HELP, MODE_VERSION };

enum { OPTION_PATTERNS = 64, OPTION_PROBLEM_MAX = 256, DEFAULT_TIMEOUT_S = 60 };

struct patterns {
    const char *pattern[OPTION_PATTERNS];
    size_t count;
};

/* Texts are those of argv; NULL where they were not given. */
struct options {
    enum mode mode;
    const char *disk, *serial, *naa;
    bool reserve, data_loss, bus_reset;
    const char *other, *peer, *secret, *listen;
    struct patterns run, skip;
    uint32_t timeout_s;
    bool fail_fast, verbose, no_colour;
    const char *tap; /* "-" is standard output */
    const char *junit, *json;
    const char *compare[2];
    const char *journal;  /* --journal: where to write one */
    const char *clean_up; /* --cleanup: the one to read */
    const char *platform;
    int argc; /* as they came, to be repeated in advice */
    const char *const *argv;
};

/* False with `problem` filled: what is wrong, and what to say instead. `argv` is without the
 * program's name. */
bool options_parse(struct options *options, int argc, const char *const *argv,
                   char problem[OPTION_PROBLEM_MAX]);

void options_help(FILE *stream);

/* What the help is made of, for the manual page: lines up to a NULL, and texts. */
extern const char *const options_usage[], *const options_summary, *const options_exit_codes;

struct option_description {
    const char *name, *value, *help; /* value: NULL for none */
    bool value_optional;
};

/* False behind the last option. */
bool options_describe(size_t index, struct option_description *description);

/* The command line as it was given, with this --serial or (serial NULL) --naa in place of those
 * that were; a secret is left out. Texts with blanks are quoted. */
void options_print_corrected(FILE *stream, const struct options *options, const char *serial,
                             const char *naa);

/* "1" and "PhysicalDrive1" stand for "\\.\PhysicalDrive1"; any other name is taken as it is.
 * False where it does not fit or cannot be a whole disk, such as "E:". */
bool options_disk_name(const char *text, char *name, size_t size);

#endif
