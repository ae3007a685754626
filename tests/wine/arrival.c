/* usage: arrival SCENARIO DLL [ARGUMENT]
 *
 * Not started by `holdfast run`: loads the DLL itself, when it is ready for it. Exit code 0: all
 * was as it must be. */
#include "arrival.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

struct holdfast_status status_of(HMODULE shim)
{
    struct holdfast_status status = {.size = sizeof(status)};
    holdfast_get_status_function get_status =
        (holdfast_get_status_function)(void *)GetProcAddress(shim, "holdfast_get_status");

    CHECK(get_status && get_status(&status) && status.hook);
    if (!status.hook)
        status.hook = "unknown";
    return status;
}

bool reserve(void)
{
    HANDLE disk = disk_open(GENERIC_READ, 0);
    DWORD returned;
    bool good = DeviceIoControl(disk, 0x2d4810, NULL, 0, NULL, 0, &returned, NULL);

    CloseHandle(disk);
    return good;
}

static void check_problem(const struct holdfast_status *status, const char *words)
{
    printf("# %s\n", status->problem ? status->problem : "no problem");
    CHECK(words ? status->problem && strstr(status->problem, words) : !status->problem);
}

static HMODULE load(const char *dll)
{
    HMODULE shim = LoadLibraryA(dll);

    CHECK(shim != NULL);
    return shim;
}

/* Nothing is hooked, and the process goes on as if the shim were not there. */
static void check_refused(HMODULE shim, const char *words)
{
    const struct holdfast_status status = status_of(shim);

    CHECK(strcmp(status.hook, "none") == 0);
    CHECK_EQUAL(status.follows_children, 0);
    CHECK_EQUAL(taken_changed(), 0);
    CHECK(!reserve());
    check_problem(&status, words);
}

static void check_served(HMODULE shim, const char *words)
{
    const struct holdfast_status status = status_of(shim);

    CHECK(strcmp(status.hook, "hot patch") == 0);
    CHECK_EQUAL(taken_changed(), TAKEN_FUNCTIONS);
    CHECK(reserve());
    CHECK_EQUAL(disk_state().commands, 1);
    check_problem(&status, words);
}

static void old_version(const char *dll, const char *version)
{
    version_pretend(version);
    check_refused(load(dll), "too old");
}

static void other_version(const char *dll, const char *version)
{
    version_pretend(version);
    check_served(load(dll), "not tested with Wine");
}

static void tested_version(const char *dll, const char *version)
{
    version_pretend(version);
    check_served(load(dll), NULL);
}

/* What was taken before that function is given back. */
static void unknown_function(const char *dll, const char *name)
{
    const struct taken_function *function = taken_find(name);

    if (!function) {
        CHECK(function != NULL);
        return;
    }
    code_disguise(function);
    taken_remember();
    check_refused(load(dll), name);
}

static void loaded_twice(const char *dll, const char *unused)
{
    HMODULE shim = load(dll);
    struct taken_function *close = taken_find("NtClose");
    BYTE code[CODE_LENGTH];

    (void)unused;
    memcpy(code, close->code, sizeof(code));
    CHECK(load(dll) == shim);
    CHECK(memcmp(code, close->code, sizeof(code)) == 0);
    check_served(shim, NULL);
    for (int i = 0; i < 5; i++)
        FreeLibrary(shim);
    CHECK(GetModuleHandleA("holdfast.dll") == shim);
    CHECK(reserve());
}

/* Another copy of the DLL, from elsewhere, finds itself too late. */
static void second_copy(const char *dll, const char *other)
{
    HMODULE shim = load(dll), copy;
    struct holdfast_status status;

    taken_remember();
    copy = load(other);
    CHECK(copy != shim);
    status = status_of(copy);
    CHECK_EQUAL(status.unix_status, 0);
    CHECK(strcmp(status.hook, "none") == 0);
    check_problem(&status, "hooked already");
    CHECK_EQUAL(taken_changed(), 0);
    CHECK(reserve());
    CHECK_EQUAL(disk_state().commands, 1);
    FreeLibrary(copy);
    CHECK(reserve());
}

/* One that has hooked nothing can go. */
static void unserved_and_freed(const char *dll, const char *unused)
{
    HMODULE shim = load(dll);

    (void)unused;
    check_refused(shim, "WINEDLLPATH");
    CHECK(FreeLibrary(shim));
    CHECK(!GetModuleHandleA("holdfast.dll"));
    CHECK(!reserve());
}

/* Goes on behind a system call's first instruction, as a thread that was interrupted there. */
static long call_from_the_middle(const BYTE *code, HANDLE handle)
{
    const BYTE *second_instruction = code + 3;
    long status;

    __asm__ volatile("sub $32, %%rsp\n\t"
                     "mov %%rcx, %%r10\n\t"
                     "call *%%rax\n\t"
                     "add $32, %%rsp"
                     : "=a"(status), "+c"(handle)
                     : "a"(second_instruction)
                     : "rdx", "r8", "r9", "r10", "r11", "memory", "cc");
    return status;
}

static void interrupted_thread(const char *dll, const char *unused)
{
    HANDLE event = CreateEventW(NULL, TRUE, FALSE, NULL);

    (void)unused;
    check_served(load(dll), NULL);
    for (int i = 0; i < TAKEN_CALLS; i++)
        CHECK(memcmp(taken[i].before + 8 + 3, taken[i].code + 3, CODE_LENGTH - 8 - 3) == 0);
    CHECK_EQUAL(call_from_the_middle(taken_find("NtClose")->code, event), 0);
    CHECK_EQUAL((DWORD)call_from_the_middle(taken_find("NtClose")->code, event), 0xc0000008);
}

/* Where jumps of the close kind lead to is taken: then the shim comes only while nobody runs. */
static void take_room_behind(const BYTE *code)
{
    const uintptr_t high =
        (uintptr_t)(intptr_t)(int32_t)((uint32_t)code[3] << 16 | (uint32_t)code[4] << 24);
    const uintptr_t first = ((uintptr_t)code + 5 + high) & ~(uintptr_t)0xffff;

    VirtualAlloc((void *)first, 0x10000, MEM_RESERVE, PAGE_NOACCESS);
    VirtualAlloc((void *)(first + 0x10000), 0x10000, MEM_RESERVE, PAGE_NOACCESS);
}

static DWORD WINAPI wait_for_event(void *event)
{
    return WaitForSingleObject(event, patience_ms());
}

static void no_room(const char *dll, const char *threads)
{
    HANDLE event = CreateEventW(NULL, TRUE, FALSE, NULL), thread = NULL;

    take_room_behind(taken_find("NtReadFile")->code);
    if (strcmp(threads, "alone") == 0) {
        check_served(load(dll), NULL);
        return;
    }
    thread = CreateThread(NULL, 0, wait_for_event, event, 0, NULL);
    CHECK(thread != NULL);
    check_refused(load(dll), "threads run already");
    SetEvent(event);
    CHECK_EQUAL(WaitForSingleObject(thread, patience_ms()), WAIT_OBJECT_0);
}

static volatile LONG stop, rounds, failures;

/* A file of its own for each thread, and a foreign control code. */
static DWORD WINAPI work(void *unused)
{
    (void)unused;
    while (!stop) {
        HANDLE file = CreateFileW(L"\\\\.\\PhysicalDrive2", GENERIC_READ | GENERIC_WRITE,
                                  FILE_SHARE_READ | FILE_SHARE_WRITE, NULL, OPEN_EXISTING, 0, NULL);
        BYTE bytes[16];
        DWORD length = 0, set = 0;

        if (file == INVALID_HANDLE_VALUE || !ReadFile(file, bytes, 4, &length, NULL) ||
            length != 4 || memcmp(bytes, "Hldf", 4) != 0 ||
            DeviceIoControl(file, 0x900a8, NULL, 0, bytes, sizeof(bytes), &set, NULL) ||
            !CloseHandle(file))
            InterlockedIncrement(&failures);
        InterlockedIncrement(&rounds);
    }
    return 0;
}

static void wait_for_rounds(LONG more)
{
    const LONG wanted = rounds + more;

    for (unsigned i = 0; i < patience_ms() && rounds < wanted; i++)
        Sleep(1);
    CHECK(rounds >= wanted);
}

static void busy_threads(const char *dll, const char *unused)
{
    enum { THREADS = 8 };
    HANDLE threads[THREADS];

    (void)unused;
    for (int i = 0; i < THREADS; i++)
        threads[i] = CreateThread(NULL, 0, work, NULL, 0, NULL);
    wait_for_rounds(100);
    check_served(load(dll), NULL);
    wait_for_rounds(400);
    stop = 1;
    CHECK_EQUAL(WaitForMultipleObjects(THREADS, threads, TRUE, patience_ms()), WAIT_OBJECT_0);
    CHECK_EQUAL(failures, 0);
}

static const struct {
    const char *name;
    void (*run)(const char *dll, const char *argument);
} scenarios[] = {
    {"old", old_version},          {"other", other_version},       {"tested", tested_version},
    {"unknown", unknown_function}, {"twice", loaded_twice},        {"copy", second_copy},
    {"freed", unserved_and_freed}, {"middle", interrupted_thread}, {"room", no_room},
    {"busy", busy_threads},
};

int main(int argc, char **argv)
{
    const struct scripted_disk good = {0};

    setvbuf(stdout, NULL, _IONBF, 0);
    for (size_t i = 0; argc > 2 && i < sizeof(scenarios) / sizeof(scenarios[0]); i++) {
        if (strcmp(argv[1], scenarios[i].name) != 0)
            continue;
        disk_script(&good);
        taken_remember();
        scenarios[i].run(argv[2], argc > 3 ? argv[3] : "");
        return test_failed();
    }
    fprintf(stderr, "usage: arrival SCENARIO DLL [ARGUMENT]\n");
    return 2;
}
