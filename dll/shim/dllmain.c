#include "holdfast.h"

#include "children.h"
#include "handles.h"
#include "hook.h"
#include "pending.h"
#include "raw_io.h"
#include "system_program.h"
#include "trace.h"
#include "unix_side.h"

BOOL WINAPI DllMain(HINSTANCE module, DWORD reason, void *reserved);

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
    else
        trace_note("Holdfast is not active: %s (NTSTATUS 0x%08x)", unix_side_problem(),
                   (unsigned int)unix_side_status());
    return TRUE;
}

static const char *hook_problem(void)
{
    if (unix_side_problem())
        return unix_side_problem();
    if (lstrcmpA(hook_method(), "none") == 0)
        return "DeviceIoControl could not be hooked: this version of Wine is not known to Holdfast";
    if (!handles_are_watched())
        return "raw I/O is cached, so a fenced node does not hear of it, and completion ports get "
               "no packets: this version of Wine is not known to Holdfast";
    if (!raw_io_is_taken())
        return "raw I/O is cached, so a fenced node does not hear of it: this version of Wine is "
               "not known to Holdfast";
    if (!children_are_followed())
        return "child processes will not carry the shim: this version of Wine is not known to "
               "Holdfast";
    return NULL;
}

BOOL WINAPI holdfast_get_status(struct holdfast_status *status)
{
    if (!status || status->size != sizeof(*status)) {
        SetLastError(ERROR_INVALID_PARAMETER);
        return FALSE;
    }
    status->unix_status = unix_side_status();
    status->follows_children = children_are_followed();
    status->version = HOLDFAST_VERSION;
    status->wine = unix_side_wine_version();
    status->hook = hook_method();
    status->problem = hook_problem();
    return TRUE;
}
