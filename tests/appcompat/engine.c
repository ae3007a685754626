#include "engine.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <winternl.h>

/* LDR_DLL_NOTIFICATION_DATA, as far as it is looked at: its flags and two names come first. */
struct dll_notice {
    /* cppcheck-suppress unusedStructMember; a place-holder */
    void *before[3];
    void *base;
};
typedef void(CALLBACK *dll_notice_function)(ULONG reason, const struct dll_notice *notice,
                                            void *context);
typedef NTSTATUS(NTAPI *register_function)(ULONG flags, dll_notice_function, void *, void **);
typedef FARPROC(WINAPI *get_proc_address_function)(HMODULE, const char *);

NTSYSAPI PEB *NTAPI RtlGetCurrentPeb(void);
BOOL WINAPI DllMain(HINSTANCE module, DWORD reason, void *reserved);

enum { NOTICE_LOADED = 1 };
_Static_assert(offsetof(struct dll_notice, base) == 3 * sizeof(void *), "DllBase");

static HMODULE own_module;
static struct {
    HMODULE module;
    get_hook_apis_function get;
    notify_shims_function notify;
} shims[ENGINE_SHIM_DLLS];
static int shims_count;

void engine_fail(const char *format, ...)
{
    va_list arguments;

    fputs("engine: ", stderr);
    va_start(arguments, format);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    fputs("\n", stderr);
    fflush(stderr);
    TerminateProcess(GetCurrentProcess(), ENGINE_PROBLEM);
    for (;;)
        Sleep(INFINITE);
}

static bool is_shim(const void *module)
{
    for (int i = 0; i < shims_count; i++)
        if (shims[i].module == module)
            return true;
    return false;
}

static void notify(enum shim_notify reason, void *information)
{
    for (int i = 0; i < shims_count; i++)
        shims[i].notify(reason, information);
}

static HMODULE module_of(const void *address)
{
    HMODULE module = NULL;

    GetModuleHandleExW(GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS |
                           GET_MODULE_HANDLE_EX_FLAG_UNCHANGED_REFCOUNT,
                       address, &module);
    return module;
}

/* In a line of its own, as ReactOS' engine has it; its original is the row's. */
static FARPROC WINAPI get_proc_address(HMODULE library, const char *name);
static struct hook_api own_row = {
    .library_name = "KERNEL32.DLL",
    .function_name = "GetProcAddress",
    .replacement_function = (void *)get_proc_address,
};

static FARPROC WINAPI get_proc_address(HMODULE library, const char *name)
{
    const get_proc_address_function next = (get_proc_address_function)own_row.original_function;
    FARPROC found = next(library, name);
    void *first = NULL;

    if (!is_shim(module_of(__builtin_return_address(0))) && (ULONG_PTR)name > 0xffff)
        first = lines_first(library, name);
    return first ? (FARPROC)first : found;
}

/* The program's own modules: not Windows' and not the shims'. */
static void hook(HMODULE module)
{
    WCHAR path[MAX_PATH], windows[MAX_PATH];
    UINT length = GetWindowsDirectoryW(windows, MAX_PATH);

    if (module == own_module || is_shim(module) || !GetModuleFileNameW(module, path, MAX_PATH) ||
        _wcsnicmp(path, windows, length) == 0)
        return;
    import_table_patch(module);
}

static void hook_all(void)
{
    const LIST_ENTRY *head = &RtlGetCurrentPeb()->Ldr->InMemoryOrderModuleList;

    for (const LIST_ENTRY *at = head->Flink; at != head; at = at->Flink)
        hook(CONTAINING_RECORD(at, LDR_DATA_TABLE_ENTRY, InMemoryOrderLinks)->DllBase);
}

/* What the real engine hands over begins with three lists; nobody here looks into it. */
static void CALLBACK came_or_went(ULONG reason, const struct dll_notice *notice, void *context)
{
    (void)context;
    if (reason == NOTICE_LOADED)
        hook(notice->base);
    notify(reason == NOTICE_LOADED ? SHIM_NOTIFY_DLL_LOAD : SHIM_NOTIFY_DLL_UNLOAD, (void *)notice);
}

static void follow_dlls(void)
{
    const register_function follow = (register_function)(void *)GetProcAddress(
        GetModuleHandleW(L"ntdll.dll"), "LdrRegisterDllNotification");
    void *cookie;

    if (!follow || follow(0, came_or_went, NULL, &cookie) != 0)
        engine_fail("DLLs cannot be followed");
}

/* A shim DLL may have been asked for another of its shims before. */
static int shim_dll(const char *path)
{
    HMODULE module = LoadLibraryA(path);
    int i = 0;

    while (i < shims_count && shims[i].module != module)
        i++;
    if (!module || i == ENGINE_SHIM_DLLS)
        engine_fail("%s cannot be loaded, error %lu", path, GetLastError());
    if (i < shims_count)
        return i;
    shims[i].module = module;
    shims[i].get = (get_hook_apis_function)(void *)GetProcAddress(module, "GetHookAPIs");
    shims[i].notify = (notify_shims_function)(void *)GetProcAddress(module, "NotifyShims");
    if (!shims[i].get || !shims[i].notify)
        engine_fail("%s is no shim DLL", path);
    return shims_count++;
}

/* "DLL|NAME|COMMAND LINE", which is taken apart. */
static void ask(char *reference)
{
    char *name = strchr(reference, '|'), *command_line = name ? strchr(name + 1, '|') : NULL;
    WCHAR wide[64];
    struct hook_api *rows;
    DWORD count = 0;
    int dll;

    if (!command_line)
        engine_fail("HOLDFAST_TEST_SHIMS: DLL|NAME|COMMAND LINE, not %s", reference);
    *name++ = 0;
    *command_line++ = 0;
    dll = shim_dll(reference);
    MultiByteToWideChar(CP_UTF8, 0, name, -1, wide, 64);
    rows = shims[dll].get(command_line, wide, &count);
    if (count && !rows)
        engine_fail("%lu rows that are not there", count);
    lines_add(rows, count);
}

static void start(void)
{
    static char references[4 * MAX_PATH];
    char *reference = references;
    const DWORD length =
        GetEnvironmentVariableA("HOLDFAST_TEST_SHIMS", references, sizeof(references));

    if (length == 0 || length >= sizeof(references))
        engine_fail("HOLDFAST_TEST_SHIMS names no shims");
    if (GetEnvironmentVariableA("HOLDFAST_TEST_OFF_WINE", NULL, 0))
        off_wine();
    while (reference) {
        char *end = strchr(reference, ';');

        if (end)
            *end++ = 0;
        ask(reference);
        reference = end;
    }
    if (lines_count())
        lines_add(&own_row, 1);
    lines_resolve();
    hook_all();
    follow_dlls();
    notify(SHIM_NOTIFY_ATTACH, NULL);
}

BOOL WINAPI DllMain(HINSTANCE module, DWORD reason, void *reserved)
{
    (void)reserved;
    if (reason == DLL_PROCESS_ATTACH) {
        own_module = module;
        start();
    }
    if (reason == DLL_PROCESS_DETACH)
        notify(SHIM_NOTIFY_DETACH, NULL);
    return TRUE;
}
