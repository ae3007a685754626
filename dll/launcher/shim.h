/* holdfast.dll, which lies beside this program. Loading it is what puts the shim into this process
 * and into those that this one starts. */
#ifndef HOLDFAST_LAUNCHER_SHIM_H
#define HOLDFAST_LAUNCHER_SHIM_H

#include "../shim/holdfast.h"

#include <stdbool.h>

struct shim {
    bool serves; /* the control codes are answered in this process */
    char *path;  /* of the DLL, UTF-8; lives as long as the process */
    bool loaded; /* `status` is valid */
    struct holdfast_status status;
    holdfast_child_problem_function child_problem; /* where `loaded` */
    char problem[512];                             /* UTF-8; where `serves`, a lesser one or none */
};

/* Wine's version, or NULL: then this is Windows itself. */
const char *shim_wine_version(void);

/* Loads the DLL for good and asks it. Returns `shim->serves`. */
bool shim_load(struct shim *shim);

#endif
