#include "holdfast.h"

#include "hook.h"
#include "pending.h"
#include "system_program.h"
#include "trace.h"
#include "unix_side.h"

BOOL WINAPI DllMain(HINSTANCE module, DWORD reason, void *reserved);

static const char *problem(void)
{
    return unix_side_problem() ? unix_side_problem() : hook_problem();
}

/* Without a Unix side nothing is hooked: every call goes to Wine as if Holdfast were not there.
 * services.exe needs none: what it starts has a WINEDLLPATH that it may not have had itself. */
BOOL WINAPI DllMain(HINSTANCE module, DWORD reason, void *reserved)
{
    (void)reserved;
    if (reason == DLL_THREAD_DETACH)
        pending_thread_ends();
    if (reason != DLL_PROCESS_ATTACH)
        return TRUE;
    trace_open();
    if (system_program_is_services()) {
        hook_install_in_services(module);
        return TRUE;
    }
    unix_side_load(module);
    if (unix_side_status() == 0)
        hook_install(module);
    if (lstrcmpA(hook_method(), "none") == 0)
        trace_note("Holdfast is not active: %s (NTSTATUS 0x%08x)", problem(),
                   (unsigned int)unix_side_status());
    return TRUE;
}

BOOL WINAPI holdfast_get_status(struct holdfast_status *status)
{
    if (!status || status->size != sizeof(*status)) {
        SetLastError(ERROR_INVALID_PARAMETER);
        return FALSE;
    }
    status->unix_status = unix_side_status();
    status->follows_children = lstrcmpA(hook_method(), "none") != 0;
    status->version = HOLDFAST_VERSION;
    status->wine = unix_side_wine_version();
    status->hook = hook_method();
    status->problem = problem();
    return TRUE;
}
