#include "hook.h"

#include "children.h"
#include "device_io_control.h"
#include "handles.h"
#include "overlapped_calls.h"
#include "raw_io.h"

/* The ways to take DeviceIoControl, the better one first. */
static const struct hook_way {
    const char *name;
    BOOL (*take)(const char *function, void *to, void **original);
} ways[] = {
    {"hot patch", hook_by_hot_patch},
    {"import slot", hook_by_import_slot},
};

static const char *method = "none";

const char *hook_method(void)
{
    return method;
}

/* HOLDFAST_HOOK names the one way that may be tried, so that tests can tell them apart. */
static BOOL is_allowed(const struct hook_way *way)
{
    char wanted[32];
    DWORD length = GetEnvironmentVariableA("HOLDFAST_HOOK", wanted, sizeof(wanted));

    return length == 0 || length >= sizeof(wanted) || lstrcmpiA(wanted, way->name) == 0;
}

static void take_device_io_control(void)
{
    for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++) {
        if (is_allowed(&ways[i]) &&
            ways[i].take("DeviceIoControl", (void *)hooked_device_io_control,
                         (void **)&original_device_io_control)) {
            method = ways[i].name;
            return;
        }
    }
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
    if (!pin(module))
        return;
    handles_watch();
    overlapped_calls_take();
    if (handles_are_watched())
        raw_io_take();
    take_device_io_control();
    children_follow(module);
    if (original_device_io_control)
        children_report_loaded();
}

void hook_install_in_services(HMODULE module)
{
    if (!pin(module))
        return;
    children_follow(module);
    if (children_are_followed())
        children_report_loaded();
}
