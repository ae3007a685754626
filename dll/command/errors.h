/* What can go wrong, in words, with what to do about it and with the exit code. */
#ifndef HOLDFAST_COMMAND_ERRORS_H
#define HOLDFAST_COMMAND_ERRORS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Exit codes are a promise to scripts. 24 is what sg_persist answers for a conflict; 125 to 127
 * are env(1)'s and timeout(1)'s. */
enum exit_code {
    EXIT_DONE = 0,
    EXIT_OTHER = 1,
    EXIT_USAGE = 2,
    EXIT_NO_DISK = 3,
    EXIT_NO_ACCESS = 4,
    EXIT_NO_RESERVATIONS = 5,
    EXIT_REFUSED = 6,
    EXIT_NOT_READY = 7,
    EXIT_IO = 8,
    EXIT_CONFLICT = 24,
    EXIT_NO_SHIM = 125,
    EXIT_NOT_STARTED = 126,
    EXIT_NOT_FOUND = 127,
};

struct exit_description {
    enum exit_code code;
    const char *words;
};

/* Ends with NULL words. */
extern const struct exit_description exit_descriptions[];

/* A Win32 error as DeviceIoControl or CreateFileW on a disk returns it. */
struct error_description {
    uint32_t error;
    const char *name;
    enum exit_code exit_code;
    const char *words;
    const char *hint;      /* what to do next, or NULL */
    const char *wine_hint; /* the same where this is Wine; NULL: as `hint` */
};

/* Never NULL: an unknown error is described as such, with name NULL. */
const struct error_description *error_describe(uint32_t error);

/* NULL for a name ("ERROR_BUSY") that stands in no row. */
const struct error_description *error_from_name(const char *name);

/* The rows by index; NULL beyond their end. */
const struct error_description *error_at(size_t index);

const char *error_hint(const struct error_description *description, bool wine);

#endif
