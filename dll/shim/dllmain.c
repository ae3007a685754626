#include "holdfast.h"

#include "hook.h"
#include "pending.h"
#include "process_info_fill.h"
#include "side.h"
#include "system_program.h"
#include "trace.h"
#include "unix_side.h"

BOOL WINAPI DllMain(HINSTANCE module, DWORD reason, void *reserved);

static const char *problem(void)
{
    const bool is_hooked = lstrcmpA(hook_method(), "none") != 0;

    if (disk_side && !is_hooked && hook_problem())
        return hook_problem();
    return side_problem() ? side_problem() : hook_problem();
}

static void install(HMODULE module)
{
    hook_install(module);
    trace_program(hook_method(), disk_side->name, side_wine_version());
}

static void tell_problem(void)
{
    if (lstrcmpA(hook_method(), "none") == 0)
        trace_note(TRACE_ERROR, "Holdfast is not active: %s (NTSTATUS 0x%08x)", problem(),
                   (unsigned int)unix_side_status());
    else if (side_problem())
        trace_note(TRACE_ERROR, "%s", side_problem());
}

/* Without a way to the disks nothing is hooked: every call goes to Wine as if Holdfast were not
 * there. services.exe needs none: what it starts has a WINEDLLPATH that it may not have had itself.
 */
BOOL WINAPI DllMain(HINSTANCE module, DWORD reason, void *reserved)
{
    (void)reserved;
    if (reason == DLL_THREAD_DETACH)
        pending_thread_ends();
    if (reason == DLL_PROCESS_DETACH)
        trace_note(TRACE_DEBUG, "the process ends");
    if (reason != DLL_PROCESS_ATTACH)
        return TRUE;
    if (system_program_is_services()) {
        trace_open();
        hook_install_in_services(module);
        process_info_fill(
            "services.exe has it for the services that it starts, and needs no Unix side");
        return TRUE;
    }
    side_load(module);
    trace_open();
    if (disk_side)
        install(module);
    tell_problem();
    process_info_fill(problem());
    return TRUE;
}

BOOL WINAPI holdfast_get_status(struct holdfast_status *status)
{
    if (!status || status->size != sizeof(*status)) {
        SetLastError(ERROR_INVALID_PARAMETER);
        return FALSE;
    }
    status->unix_status = unix_side_status();
    status->follows_children = disk_side && hook_follows_children();
    status->version = HOLDFAST_VERSION;
    status->wine = side_wine_version();
    status->transport = disk_side ? disk_side->name : "none";
    status->hook = hook_method();
    status->problem = problem();
    return TRUE;
}
