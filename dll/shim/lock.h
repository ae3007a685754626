/* Locks that need no set-up. */
#ifndef HOLDFAST_SHIM_LOCK_H
#define HOLDFAST_SHIM_LOCK_H

#include <windows.h>

/* Defines a static CRITICAL_SECTION. It has the block for debuggers that InitializeCriticalSection
 * would make: without one Wine takes a semaphore of the server's, and a handle of the program's,
 * for every lock that two threads want at once (dlls/ntdll/sync.c). */
#define DEFINE_LOCK(name)                                                                     \
    static CRITICAL_SECTION name;                                                             \
    static RTL_CRITICAL_SECTION_DEBUG name##_debug = {                                        \
        .CriticalSection = &(name),                                                           \
        .ProcessLocksList = {&name##_debug.ProcessLocksList, &name##_debug.ProcessLocksList}, \
    };                                                                                        \
    static CRITICAL_SECTION name = {&name##_debug, -1, 0, NULL, NULL, 0}

#endif
