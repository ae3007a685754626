/* What the disk answered, as text for people and as JSON for programs. */
#ifndef HOLDFAST_LAUNCHER_SHOW_H
#define HOLDFAST_LAUNCHER_SHOW_H

#include "../command/lists.h"
#include "../command/text.h"

#include <stdbool.h>
#include <stdint.h>

/* The answer to `keys` or `show`. */
struct disk_state {
    const char *command; /* the launcher's, by name */
    const char *disk;    /* the device's name, UTF-8 */
    const struct list *keys;
    const struct list *reservations; /* NULL for `keys` */
    bool stable;                     /* both lists are of one generation */
};

/* A failure, in words. The strings are borrowed; any but `command` and `message` may be NULL. */
struct failure {
    const char *command;
    const char *disk;
    uint32_t error; /* Win32 error, 0 where there is none */
    const char *name;
    const char *message;
    const char *hint;
    int exit_code;
};

void show_keys(struct text *text, const struct disk_state *state);
void show_disk(struct text *text, const struct disk_state *state);
void show_json(struct text *text, const struct disk_state *state);

/* The whole answer of a request that has nothing to tell but that it is done. */
void show_done_json(struct text *text, const char *command, const char *disk);

/* "holdfast COMMAND: DISK: message (ERROR_NAME, 170)" and the hint on a line of its own. */
void show_failure(struct text *text, const struct failure *failure);
void show_failure_json(struct text *text, const struct failure *failure);

#endif
