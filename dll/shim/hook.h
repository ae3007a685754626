/* Getting called in place of a function of kernelbase. */
#ifndef HOLDFAST_SHIM_HOOK_H
#define HOLDFAST_SHIM_HOOK_H

#include <windows.h>

/* Redirects kernelbase's hot-patchable function `name` to `to`, in one atomic store. `original`
 * gets what to call for the original, before the first call can come. FALSE where the prologue is
 * not the one we know: then nothing has been changed. Each architecture has its own file. */
BOOL hook_by_hot_patch(const char *name, void *to, void **original);

/* The same for a system call of ntdll. */
BOOL hook_by_system_call_stub(const char *name, void *to, void **original);
BOOL hook_is_system_call_stub(const char *name);

/* Redirects kernel32's import of kernelbase's function `name`. Catches every program that calls
 * through kernel32, and misses those that import kernelbase itself. The rest as above. */
BOOL hook_by_import_slot(const char *name, void *to, void **original);

/* Takes over all that Holdfast stands on, each function once and for good: the module is pinned.
 * Called from DllMain. */
void hook_install(HMODULE module);

/* Nothing but the starting of children, in services.exe. */
void hook_install_in_services(HMODULE module);

/* How DeviceIoControl was taken: "hot patch", "import slot" or "none". */
const char *hook_method(void);

#endif
