#include "hook.h"

#include "children.h"
#include "device_io_control.h"
#include "handles.h"
#include "overlapped_calls.h"
#include "patch.h"
#include "raw_io.h"
#include "side.h"
#include "trace.h"
#include "wine_version.h"

/* The ways to take DeviceIoControl, the better one first. */
static const struct {
    const char *name;
    hook_way take;
} ways[] = {
    {"hot patch", hook_by_hot_patch},
    {"import slot", hook_by_import_slot},
};

static const char *method = "none";
static const char *refused; /* the function that could not be taken */
static bool is_busy;        /* and only because threads run */
static char problem[320];

const char *hook_method(void)
{
    return method;
}

const char *hook_problem(void)
{
    return problem[0] ? problem : NULL;
}

void hook_refuse_busy(void)
{
    is_busy = true;
}

bool hook_take(hook_way way, const struct hook_row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        refused = rows[i].name;
        if (!way(rows[i].name, rows[i].to, rows[i].original))
            return false;
    }
    refused = NULL;
    return true;
}

/* HOLDFAST_HOOK names the one way that may be tried, so that tests can tell them apart. */
static BOOL is_allowed(const char *way)
{
    char wanted[32];
    DWORD length = GetEnvironmentVariableA("HOLDFAST_HOOK", wanted, sizeof(wanted));

    return length == 0 || length >= sizeof(wanted) || lstrcmpiA(wanted, way) == 0;
}

static bool take_device_io_control(void)
{
    const struct hook_row row = {"DeviceIoControl", (void *)hooked_device_io_control,
                                 (void **)&original_device_io_control};

    refused = row.name;
    for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++) {
        if (is_allowed(ways[i].name) && hook_take(ways[i].take, &row, 1)) {
            method = ways[i].name;
            return true;
        }
    }
    return false;
}

/* In this order: a handle is remembered only when its end will be seen, and a request is taken only
 * when its caller can be told how it ended. Off Wine the other functions look otherwise: half of
 * them would be worse than none, and device_io_control.c does without. */
static bool take_all(HMODULE module)
{
    if (disk_side->asks_system_first)
        return take_device_io_control();
    return handles_watch() && hook_take(hook_by_hot_patch, overlapped_calls, OVERLAPPED_CALLS) &&
           raw_io_take() && take_device_io_control() && children_follow(module);
}

void hook_give_back(void)
{
    patch_take_back();
    handles_watch_no_more();
    method = "none";
}

bool hook_follows_children(void)
{
    return !disk_side->asks_system_first && lstrcmpA(method, "none") != 0;
}

static void explain(enum wine_problem what, const char *function)
{
    wine_version_explain(problem, sizeof(problem), what, side_wine_version(), function);
}

/* A function of ntdll or kernelbase whose first instruction is a jump is somebody's. */
static bool is_hooked(const char *name)
{
    const BYTE *code = (const BYTE *)(void *)GetProcAddress(GetModuleHandleW(L"ntdll.dll"), name);

    if (!code)
        code = (const BYTE *)(void *)GetProcAddress(GetModuleHandleW(L"kernelbase.dll"), name);
    return code && (code[0] == 0xe9 || code[0] == 0xeb || (code[0] == 0xff && code[1] == 0x25));
}

static void give_all_back(void)
{
    const bool hooked = is_hooked(refused);

    hook_give_back();
    if (disk_side->asks_system_first)
        lstrcpynA(problem,
                  "this system's DeviceIoControl cannot be taken here: use the shim database",
                  sizeof(problem));
    else
        explain(hooked ? WINE_IS_HOOKED : is_busy ? WINE_IS_BUSY : WINE_IS_UNKNOWN, refused);
}

/* A hook cannot be taken back while any thread may be inside it. */
static BOOL pin(HMODULE module)
{
    HMODULE pinned;

    return GetModuleHandleExW(GET_MODULE_HANDLE_EX_FLAG_PIN |
                                  GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS,
                              (const WCHAR *)module, &pinned);
}

void hook_install(HMODULE module)
{
    if (!pin(module)) {
        lstrcpynA(problem, "holdfast.dll could not be pinned in memory", sizeof(problem));
        return;
    }
    if (!take_all(module)) {
        give_all_back();
        return;
    }
    if (side_wine_version() && wine_version_support(side_wine_version()) != WINE_TESTED)
        explain(WINE_IS_UNTESTED, NULL);
    children_report_loaded();
}

void hook_install_in_services(HMODULE module)
{
    if (pin(module) && children_follow(module)) {
        children_report_loaded();
        return;
    }
    patch_take_back();
    trace_note(TRACE_ERROR,
               "children are not followed: this Wine's CreateProcessInternalW cannot be hooked");
}
