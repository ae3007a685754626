/* The DLL by itself: what it exports, offers and answers, and that it changes nothing of the
 * process.
 *
 * usage: contract HOLDFAST_APPCOMPAT_DLL [HOLDFAST_DLL]
 *
 * With the second, what it offers where that serves already. */
#include "../../dll/appcompat/shim_engine.h"
#include "cases.h"

#include <stdio.h>
#include <string.h>

static const char *path;
static HMODULE dll;
static get_hook_apis_function get;
static notify_shims_function notify;

static struct {
    struct hook_api *rows;
    DWORD count;
} given;

/* FNV-1a over all code of a module. */
static ULONGLONG code_of(const char *name)
{
    const BYTE *base = (const BYTE *)GetModuleHandleA(name);
    const IMAGE_NT_HEADERS *headers =
        (const void *)(base + ((const IMAGE_DOS_HEADER *)(const void *)base)->e_lfanew);
    const IMAGE_SECTION_HEADER *section = IMAGE_FIRST_SECTION(headers);
    ULONGLONG hash = 0xcbf29ce484222325;

    for (WORD i = 0; i < headers->FileHeader.NumberOfSections; i++, section++)
        for (DWORD at = 0;
             section->Characteristics & IMAGE_SCN_MEM_EXECUTE && at < section->Misc.VirtualSize;
             at++)
            hash = (hash ^ base[section->VirtualAddress + at]) * 0x100000001b3;
    return hash;
}

static const char *const system_dlls[] = {"ntdll.dll", "kernelbase.dll", "kernel32.dll"};
enum { SYSTEM_DLLS = sizeof(system_dlls) / sizeof(system_dlls[0]) };
static ULONGLONG code_before[SYSTEM_DLLS];
static void *slot_before;

/* Where this program's own calls go. */
static void *own_slot(void)
{
    return (void *)DeviceIoControl;
}

static void remember_process(void)
{
    for (int i = 0; i < SYSTEM_DLLS; i++)
        code_before[i] = code_of(system_dlls[i]);
    slot_before = own_slot();
}

static void check_process_is_as_before(void)
{
    for (int i = 0; i < SYSTEM_DLLS; i++)
        CHECK(code_of(system_dlls[i]) == code_before[i]);
    CHECK(own_slot() == slot_before);
}

static void load(void)
{
    dll = LoadLibraryA(path);
    get = (get_hook_apis_function)(void *)GetProcAddress(dll, "GetHookAPIs");
    notify = (notify_shims_function)(void *)GetProcAddress(dll, "NotifyShims");
}

static bool is_loaded(void)
{
    return GetModuleHandleA("holdfast_appcompat.dll") != NULL;
}

static void it_can_be_looked_at_and_freed(void)
{
    DWORD count = 7;

    load();
    CHECK(dll && get && notify);
    CHECK(get("", L"Another", &count) == NULL);
    CHECK(notify(SHIM_NOTIFY_ATTACH, NULL));
    CHECK(FreeLibrary(dll));
    CHECK(!is_loaded());
    load();
}

static void unknown_names_are_offered_nothing(void)
{
    static const WCHAR *const names[] = {
        L"", L"Hold", L"Holdfast2", L"Holdfast ", L"WinXPVersionLie", L"Ho\u016cdfast", NULL};

    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        DWORD count = 7;

        CHECK(get("", names[i], &count) == NULL);
        CHECK_EQUAL(count, 0);
    }
    CHECK(get("", L"Holdfast", NULL) == NULL);
}

static void the_process_is_left_alone(void)
{
    check_process_is_as_before();
}

static bool is_in_dll(const void *address)
{
    HMODULE module = NULL;

    return GetModuleHandleExA(GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS |
                                  GET_MODULE_HANDLE_EX_FLAG_UNCHANGED_REFCOUNT,
                              address, &module) &&
           module == dll;
}

static const char *const hooked[] = {
    "DeviceIoControl",          "CloseHandle",        "DuplicateHandle", "CreateIoCompletionPort",
    "BindIoCompletionCallback", "CreateThreadpoolIo", "CancelIoEx",      "GetOverlappedResult",
    "GetOverlappedResultEx",
};

/* Those that the system has, and no others. */
static void check_functions(void)
{
    HMODULE kernel32 = GetModuleHandleA("kernel32.dll");
    DWORD at = 0;

    for (size_t i = 0; i < sizeof(hooked) / sizeof(hooked[0]); i++)
        if (GetProcAddress(kernel32, hooked[i])) {
            CHECK(at < given.count && strcmp(given.rows[at].function_name, hooked[i]) == 0);
            at++;
        }
    CHECK_EQUAL(given.count, at);
}

/* Each row can be called through at once, before the engine has filled it, and in it is nothing
 * that the system does not have. */
static void the_shims_name_is_offered_hooks(void)
{
    HMODULE kernel32 = GetModuleHandleA("kernel32.dll");

    given.rows = get("", L"hOLDFAST", &given.count);
    CHECK(given.rows != NULL);
    check_functions();
    for (DWORD i = 0; given.rows && i < given.count; i++) {
        const struct hook_api *row = &given.rows[i];

        CHECK(strcmp(row->library_name, "KERNEL32.DLL") == 0);
        CHECK(is_in_dll(row->replacement_function));
        CHECK(row->original_function != NULL);
        CHECK(row->original_function == (void *)GetProcAddress(kernel32, row->function_name));
        CHECK(!row->reserved[0] && !row->reserved[1]);
    }
    check_process_is_as_before();
}

static void who_asks_again_gets_nothing(void)
{
    DWORD count = 7;

    CHECK(get(NULL, L"Holdfast", &count) == NULL);
    CHECK_EQUAL(count, 0);
    CHECK(get("again", L"Holdfast", &count) == NULL);
}

static DWORD read_by_row(void)
{
    typedef BOOL(WINAPI * io_function)(HANDLE, DWORD, void *, DWORD, void *, DWORD, DWORD *,
                                       OVERLAPPED *);
    PERSISTENT_RESERVE_COMMAND command = keys_command();
    const io_function replaced = (io_function)given.rows[0].replacement_function;
    HANDLE disk = open_node(1, 0);
    BYTE keys[KEYS_LENGTH];
    DWORD bytes = 0;

    CHECK(replaced(disk, IOCTL_STORAGE_PERSISTENT_RESERVE_IN, &command, sizeof(command), keys,
                   sizeof(keys), &bytes, NULL));
    CloseHandle(disk);
    return bytes;
}

static BOOL WINAPI another(HANDLE handle, DWORD code, void *input, DWORD input_length, void *output,
                           DWORD output_length, DWORD *bytes, OVERLAPPED *overlapped)
{
    (void)handle;
    (void)input;
    (void)input_length;
    (void)output;
    (void)output_length;
    (void)overlapped;
    *bytes = code;
    return TRUE;
}

static DWORD foreign_by_row(void)
{
    typedef BOOL(WINAPI * io_function)(HANDLE, DWORD, void *, DWORD, void *, DWORD, DWORD *,
                                       OVERLAPPED *);
    const io_function replaced = (io_function)given.rows[0].replacement_function;
    DWORD bytes = 0;

    replaced(NULL, 0x123456, NULL, 0, NULL, 0, &bytes, NULL);
    return bytes;
}

/* It is read at each call, and an engine that fills in nothing leaves the system's. */
static void the_row_says_who_is_next(void)
{
    void *system = given.rows[0].original_function;

    CHECK_EQUAL(read_by_row(), 8);
    CHECK_EQUAL(foreign_by_row(), 0);
    given.rows[0].original_function = (void *)another;
    CHECK_EQUAL(foreign_by_row(), 0x123456);
    CHECK_EQUAL(read_by_row(), 8);
    given.rows[0].original_function = NULL;
    CHECK_EQUAL(foreign_by_row(), 0);
    CHECK_EQUAL(read_by_row(), 8);
    given.rows[0].original_function = system;
}

/* Each by each, known or not, with information that is none. */
static void notices_come_in_any_order(void)
{
    static const DWORD reasons[] = {SHIM_NOTIFY_DETACH,
                                    SHIM_NOTIFY_ATTACH,
                                    SHIM_NOTIFY_DLL_UNLOAD,
                                    SHIM_NOTIFY_DLL_LOAD,
                                    0,
                                    5,
                                    100,
                                    101,
                                    102,
                                    103,
                                    MAXDWORD};
    enum { REASONS = sizeof(reasons) / sizeof(reasons[0]) };

    for (int i = 0; i < REASONS; i++)
        for (int j = 0; j < REASONS; j++) {
            CHECK(notify(reasons[i], NULL));
            CHECK(notify(reasons[j], (void *)1));
        }
    CHECK_EQUAL(read_by_row(), 8);
    check_process_is_as_before();
}

static void who_frees_it_does_not_pull_the_hooks_away(void)
{
    for (int i = 0; i < 3; i++)
        FreeLibrary(dll);
    CHECK(is_loaded());
    CHECK_EQUAL(read_by_row(), 8);
}

static void beside_holdfast_nothing_is_offered(void)
{
    DWORD count = 7;

    load();
    CHECK(GetModuleHandleA("holdfast.dll") != NULL);
    CHECK(get("", L"Holdfast", &count) == NULL);
    CHECK_EQUAL(count, 0);
    CHECK(FreeLibrary(dll));
    CHECK(!is_loaded());
}

static const struct test_case contract_cases[] = {
    TEST(it_can_be_looked_at_and_freed),
    TEST(unknown_names_are_offered_nothing),
    TEST(the_process_is_left_alone),
    TEST(the_shims_name_is_offered_hooks),
    TEST(who_asks_again_gets_nothing),
    TEST(the_row_says_who_is_next),
    TEST(notices_come_in_any_order),
    TEST(who_frees_it_does_not_pull_the_hooks_away),
    {NULL, NULL},
};

static const struct test_case beside_cases[] = {
    TEST(beside_holdfast_nothing_is_offered),
    {NULL, NULL},
};

int main(int argc, char **argv)
{
    const struct test_case *const table = argc == 3 ? beside_cases : contract_cases;

    if (argc != 2 && argc != 3) {
        fputs("usage: contract HOLDFAST_APPCOMPAT_DLL [HOLDFAST_DLL]\n", stderr);
        return 2;
    }
    path = argv[1];
    if (argc == 3)
        LoadLibraryA(argv[2]);
    remember_process();
    return run_cases(&table, 1);
}
