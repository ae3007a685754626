/* That the shim is in the process, in time, and on every way to DeviceIoControl.
 * Source: wine-mechanics (docs/architecture.md, "Getting called"). */
#include "test.h"

#include "../../dll/shim/holdfast.h"

static HMODULE module_at_first_instruction;
static DWORD initialised_by, entered_by; /* thread ids */

/* TLS callbacks run when the loader initialises the program and its libraries. */
static void NTAPI initialise(void *module, DWORD reason, void *reserved)
{
    (void)module;
    (void)reserved;
    if (reason == DLL_PROCESS_ATTACH)
        initialised_by = GetCurrentThreadId();
}

__attribute__((section(".CRT$XLB"), used)) static const PIMAGE_TLS_CALLBACK callback = initialise;

/* The program's entry point, in front of the C library's own; see CMakeLists.txt. */
void mainCRTStartup(void);
void first_instruction(void);

void first_instruction(void)
{
    module_at_first_instruction = GetModuleHandleA("holdfast.dll");
    entered_by = GetCurrentThreadId();
    mainCRTStartup();
}

static void the_shim_is_loaded_before_the_programs_first_instruction(void)
{
    CHECK(module_at_first_instruction != NULL);
}

/* Qt, Delphi and COM libraries remember who initialised them as the main thread. */
static void libraries_are_initialised_on_the_main_thread_all_the_same(void)
{
    CHECK(initialised_by != 0);
    CHECK_EQUAL(initialised_by, entered_by);
}

static struct holdfast_status shim_status(void)
{
    struct holdfast_status status = {.size = sizeof(status)};
    holdfast_get_status_function get_status = (holdfast_get_status_function)(void *)GetProcAddress(
        GetModuleHandleA("holdfast.dll"), "holdfast_get_status");

    CHECK(get_status && get_status(&status));
    return status;
}

static void status_names_the_hook_in_use(void)
{
    struct holdfast_status status = shim_status();
    char wanted[32] = "hot patch";

    GetEnvironmentVariableA("HOLDFAST_HOOK", wanted, sizeof(wanted));
    CHECK(lstrcmpA(status.hook, wanted) == 0);
    CHECK_EQUAL(status.unix_status, 0);
    CHECK(status.problem == NULL);
    CHECK(status.wine != NULL);
}

static void status_refuses_a_size_it_does_not_know(void)
{
    struct holdfast_status status = {.size = 3};
    holdfast_get_status_function get_status = (holdfast_get_status_function)(void *)GetProcAddress(
        GetModuleHandleA("holdfast.dll"), "holdfast_get_status");

    CHECK(!get_status(&status));
    CHECK_EQUAL(GetLastError(), ERROR_INVALID_PARAMETER);
}

typedef BOOL(WINAPI *device_io_control)(HANDLE, DWORD, void *, DWORD, void *, DWORD, DWORD *,
                                        OVERLAPPED *);

/* RESERVE through DeviceIoControl as `library` exports it. */
static BOOL reserve_through(const char *library)
{
    device_io_control call =
        (device_io_control)(void *)GetProcAddress(LoadLibraryA(library), "DeviceIoControl");
    HANDLE disk = disk_open(GENERIC_READ, 0);
    DWORD returned;
    BOOL result = call(disk, 0x2d4810, NULL, 0, NULL, 0, &returned, NULL);

    CloseHandle(disk);
    return result;
}

static void every_way_to_the_function_is_served(void)
{
    const struct scripted_disk good = {0};
    bool is_hot_patch;

    disk_script(&good);
    CHECK(ask(0x2d4810, NULL, 0, 0).result);
    CHECK(reserve_through("kernel32.dll"));
    CHECK_EQUAL(disk_state().commands, 2);
    is_hot_patch = lstrcmpA(shim_status().hook, "hot patch") == 0;
    /* Callers of kernelbase itself do not pass kernel32's import slot; they get Wine's answer. */
    CHECK_EQUAL(reserve_through("kernelbase.dll"), is_hot_patch);
    CHECK_EQUAL(disk_state().commands, is_hot_patch ? 3 : 2);
    /* Some versions of Wine lead this one to kernel32, others to kernelbase. */
    CHECK(reserve_through("api-ms-win-core-io-l1-1-0.dll") || !is_hot_patch);
}

static void the_module_cannot_be_unloaded_from_under_its_hook(void)
{
    HMODULE module = GetModuleHandleA("holdfast.dll");

    for (int i = 0; i < 10; i++)
        FreeLibrary(module);
    CHECK(GetModuleHandleA("holdfast.dll") == module);
    CHECK(ask(0x2d4810, NULL, 0, 0).result);
}

const struct test_case hook_cases[] = {
    TEST(the_shim_is_loaded_before_the_programs_first_instruction),
    TEST(libraries_are_initialised_on_the_main_thread_all_the_same),
    TEST(status_names_the_hook_in_use),
    TEST(status_refuses_a_size_it_does_not_know),
    TEST(every_way_to_the_function_is_served),
    TEST(the_module_cannot_be_unloaded_from_under_its_hook),
    {NULL, NULL},
};
