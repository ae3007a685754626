/* What the shim engine calls; shim_engine.h has the contract. */
#include "replacements.h"

#include "../shim/pending.h"
#include "../shim/side.h"
#include "../shim/trace.h"
#include <stdbool.h>

BOOL WINAPI DllMain(HINSTANCE module, DWORD reason, void *reserved);

static HMODULE own_module;
static LONG is_given; /* the hooks; once for good */

/* As ReactOS' shims compare it: letters in either case. */
static bool is_our_name(const WCHAR *name)
{
    static const char own[] = "holdfast";
    size_t i = 0;

    while (name && own[i] && (name[i] | 0x20) == own[i])
        i++;
    return name && !own[i] && !name[i];
}

/* The engine never takes a hook back, and a program that frees the DLL would be left with pointers
 * into nothing. */
static bool pin(void)
{
    HMODULE pinned;

    return GetModuleHandleExW(GET_MODULE_HANDLE_EX_FLAG_PIN |
                                  GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS,
                              (const WCHAR *)(void *)own_module, &pinned);
}

/* Not from DllMain: who only looks at the DLL is not served. */
static struct hook_api *offer(DWORD *count)
{
    void *replacements[HOOKED_FUNCTIONS] = {0};
    struct hook_api *rows;

    side_load(own_module);
    trace_open();
    if (!disk_side) {
        trace_note(TRACE_ERROR, "Holdfast is not active: %s", side_problem());
        return NULL;
    }
    if (side_problem())
        trace_note(TRACE_ERROR, "%s", side_problem());
    replace_requests(replacements);
    replace_handles(replacements);
    replace_bindings(replacements);
    *count = next_in_line_start(replacements, &rows);
    trace_program("shim engine", disk_side->name, side_wine_version());
    return rows;
}

/* Nothing the second time: the rows are in the engine's line already, and a second row for the same
 * function would lead back to itself. Nothing where holdfast.dll serves the process already. */
struct hook_api *WINAPI GetHookAPIs(const char *command_line, const WCHAR *shim_name, DWORD *count)
{
    (void)command_line;
    if (!count)
        return NULL;
    *count = 0;
    if (!is_our_name(shim_name) || GetModuleHandleW(L"holdfast.dll") || !pin() ||
        InterlockedExchange(&is_given, TRUE))
        return NULL;
    return offer(count);
}

/* All begins with the first request, and nothing that is under way is taken back: there is nothing
 * to be done at any of these, in whatever order they come. */
BOOL WINAPI NotifyShims(DWORD reason, void *information)
{
    (void)information;
    trace_note(TRACE_DEBUG, "the shim engine says %lu", reason);
    return TRUE;
}

BOOL WINAPI DllMain(HINSTANCE module, DWORD reason, void *reserved)
{
    (void)reserved;
    if (reason == DLL_PROCESS_ATTACH)
        own_module = module;
    if (reason == DLL_THREAD_DETACH)
        pending_thread_ends();
    return TRUE;
}
