/* Putting Holdfast into services.exe, which runs already. */
#ifndef HOLDFAST_SERVICE_CARRY_H
#define HOLDFAST_SERVICE_CARRY_H

#include <stdbool.h>
#include <windows.h>

/* From its return on, what this prefix's services.exe starts is led to Holdfast's Unix side, and
 * carries the shim. Returns NULL when it is so or was so before, else what failed, with `error` the
 * Windows error or 0; services.exe goes on in either case. Takes the files from the folder of this
 * program. */
const char *carry_into_services(DWORD *error);

/* The process has the shim loaded. */
bool carry_is_in(DWORD process_id);

/* Leads what this process starts later to the Unix side, as was done in services.exe. */
void carry_lead_children(void);

#endif
