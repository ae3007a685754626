/* Which services of this prefix run without the shim. */
#ifndef HOLDFAST_LAUNCHER_RUNNING_SERVICES_H
#define HOLDFAST_LAUNCHER_RUNNING_SERVICES_H

#include "../command/text.h"

/* Adds their names, "A, B", to `names`; nothing where there are none. Wine's own, which lie in
 * system32, do not count. */
void running_services_without_shim(struct text *names);

#endif
