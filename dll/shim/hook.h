/* Getting called in place of a function of kernelbase. */
#ifndef HOLDFAST_SHIM_HOOK_H
#define HOLDFAST_SHIM_HOOK_H

#include <windows.h>

/* Redirects kernelbase's hot-patchable function `name` to `to`, in one atomic store. Returns what
 * to call for the original, or NULL where the prologue is not the one we know: then nothing has
 * been changed. Each architecture has its own file. */
void *hook_by_hot_patch(const char *name, void *to);

/* Redirects kernel32's import of kernelbase's function `name`. Catches every program that calls
 * through kernel32, and misses those that import kernelbase itself. Returns as above. */
void *hook_by_import_slot(const char *name, void *to);

/* Takes over DeviceIoControl and CreateProcessInternalW, each once and for good: the module is
 * pinned. Called from DllMain. */
void hook_install(HMODULE module);

/* How DeviceIoControl was taken: "hot patch", "import slot" or "none". */
const char *hook_method(void);

#endif
