/* The Wine prefix that a command works on. */
#ifndef HOLDFAST_LINUX_PREFIX_H
#define HOLDFAST_LINUX_PREFIX_H

#include "../command/text.h"

#include <limits.h>
#include <stdbool.h>

/* An open prefix; prefix_close ends it. Starts as PREFIX_NONE. */
struct prefix {
    char path[PATH_MAX]; /* absolute, with its links resolved */
    int dosdevices;      /* descriptor of the folder, -1 while there is none */
};

#define PREFIX_NONE ((struct prefix){.dosdevices = -1})

/* Finds the prefix that Wine would use, by WINEPREFIX or else HOME, and makes sure that it is one
 * and that Wine would work in it: made (system.reg, dosdevices), and this user's own
 * (dlls/ntdll/unix/server.c, setup_config_dir, refuses another's). False, with one line on what is
 * wrong and what to do added to `problem`, and `prefix` closed. */
bool prefix_find(struct prefix *prefix, struct text *problem);

void prefix_close(struct prefix *prefix);

#endif
