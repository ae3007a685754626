/* Getting called in place of functions of kernelbase and ntdll. */
#ifndef HOLDFAST_SHIM_HOOK_H
#define HOLDFAST_SHIM_HOOK_H

#include <stdbool.h>
#include <windows.h>

/* Redirects kernelbase's hot-patchable function `name` to `to`, in one atomic store (patch.h).
 * `original` gets what to call for the original, before the first call can come. FALSE where the
 * prologue is not the one we know: then nothing has been changed. Each architecture has its own
 * file. */
BOOL hook_by_hot_patch(const char *name, void *to, void **original);

/* The same for a system call of ntdll. */
BOOL hook_by_system_call_stub(const char *name, void *to, void **original);

/* Redirects kernel32's import of kernelbase's function `name`. Catches every program that calls
 * through kernel32, and misses those that import kernelbase itself. The rest as above. */
BOOL hook_by_import_slot(const char *name, void *to, void **original);

/* Takes a list of functions one way; false at the first that cannot be taken. What was taken before
 * it stays until hook_install gives all of it back. */
struct hook_row {
    const char *name;
    void *to;
    void **original;
};
typedef BOOL (*hook_way)(const char *name, void *to, void **original);
bool hook_take(hook_way way, const struct hook_row *rows, size_t count);

/* For a way that refuses because other threads run, where it could take the function without them.
 */
void hook_refuse_busy(void);

/* Takes over all that Holdfast stands on, each function once and for good, or nothing at all: the
 * module is pinned. That is DeviceIoControl alone where the chosen side asks the system first.
 * Called from DllMain. */
void hook_install(HMODULE module);

/* Gives back what was taken, for who hands the calls to us in another way. Before threads run. */
void hook_give_back(void);

/* Whether processes that this one starts will carry the shim. */
bool hook_follows_children(void);

/* Nothing but the starting of children, in services.exe. */
void hook_install_in_services(HMODULE module);

/* How DeviceIoControl was taken: "hot patch", "import slot" or "none". */
const char *hook_method(void);

/* What stood in the way, one line for the user; or what he should know where all was taken; or
 * NULL. */
const char *hook_problem(void);

#endif
