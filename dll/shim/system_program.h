/* Wine's own programs that are not to be treated as any other. */
#ifndef HOLDFAST_SHIM_SYSTEM_PROGRAM_H
#define HOLDFAST_SHIM_SYSTEM_PROGRAM_H

#include <windows.h>

/* This process is services.exe. It asks no disk for anything; what it starts does. */
BOOL system_program_is_services(void);

/* `process` is one that the shim has no business in. */
BOOL system_program_is_helper(HANDLE process);

#endif
