/* What the hooks on reading, writing, opening and closing cost files that are no disks: the same
 * calls with and without them, in one process, by turns. "Without" is the very system call as Wine
 * wrote it: the eight bytes that the hook replaced are put back for the time of a turn.
 *
 * usage: bench_other_files HOLDFAST_DLL
 * Start it without the shim; it loads the shim itself, to see the bytes before and after. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <windows.h>

enum {
    ROUNDS = 401 /* of one turn with and one without */,
    WARM_UP_CALLS = 50,
    BYTES = 512,
    FILE_CALLS = 1000
};

static struct hooked {
    const char *name;
    volatile LONG64 *entry;
    LONG64 without_hook, with_hook;
} hooked[] = {{"NtReadFile", NULL, 0, 0},
              {"NtWriteFile", NULL, 0, 0},
              {"NtCreateFile", NULL, 0, 0},
              {"NtClose", NULL, 0, 0}};

enum { HOOKED = sizeof(hooked) / sizeof(hooked[0]) };

static HANDLE null_device, file;
static wchar_t path[MAX_PATH];
static uint8_t buffer[BYTES];

static void read_null(void)
{
    DWORD moved;

    ReadFile(null_device, buffer, BYTES, &moved, NULL);
}

static void write_null(void)
{
    DWORD moved;

    WriteFile(null_device, buffer, BYTES, &moved, NULL);
}

static void read_file(void)
{
    DWORD moved;

    ReadFile(file, buffer, BYTES, &moved, NULL);
}

static void write_file(void)
{
    DWORD moved;

    WriteFile(file, buffer, BYTES, &moved, NULL);
}

static void open_and_close(void)
{
    CloseHandle(CreateFileW(path, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE, NULL,
                            OPEN_EXISTING, 0, NULL));
}

static const struct call_kind {
    const char *name;
    void (*call)(void);
    int calls;
} kinds[] = {
    {"read_null", read_null, 2000},         {"write_null", write_null, 2000},
    {"read_file", read_file, FILE_CALLS},   {"write_file", write_file, FILE_CALLS},
    {"open_and_close", open_and_close, 50},
};

static double microseconds(void)
{
    LARGE_INTEGER count, frequency;

    QueryPerformanceCounter(&count);
    QueryPerformanceFrequency(&frequency);
    return (double)count.QuadPart * 1e6 / (double)frequency.QuadPart;
}

static void set_hooks(BOOL on)
{
    for (int i = 0; i < HOOKED; i++) {
        InterlockedExchange64(hooked[i].entry, on ? hooked[i].with_hook : hooked[i].without_hook);
        FlushInstructionCache(GetCurrentProcess(), (const void *)hooked[i].entry, sizeof(LONG64));
    }
}

/* Nanoseconds for each call. */
static double time_turn(const struct call_kind *kind, BOOL on)
{
    double start;

    set_hooks(on);
    for (int i = 0; i < WARM_UP_CALLS; i++)
        kind->call();
    SetFilePointer(file, 0, NULL, FILE_BEGIN);
    start = microseconds();
    for (int i = 0; i < kind->calls; i++)
        kind->call();
    return (microseconds() - start) * 1e3 / kind->calls;
}

static int compare(const void *a, const void *b)
{
    const double left = *(const double *)a, right = *(const double *)b;

    return (left > right) - (left < right);
}

static double median(double *values)
{
    qsort(values, ROUNDS, sizeof(*values), compare);
    return values[ROUNDS / 2];
}

/* Each round is a pair, and the pairs take turns in who comes first. */
static void measure(const struct call_kind *kind)
{
    static double plain[ROUNDS], added[ROUNDS];

    for (int i = 0; i < ROUNDS; i++) {
        const double first = time_turn(kind, i % 2);
        const double second = time_turn(kind, !(i % 2));

        plain[i] = i % 2 ? second : first;
        added[i] = i % 2 ? first - second : second - first;
    }
    set_hooks(TRUE);
    printf("raw.others.%s.unhooked\t%.1f\tns\n", kind->name, median(plain));
    printf("raw.others.%s.added\t%.1f\tns\n", kind->name, median(added));
}

static int fail(const char *words)
{
    fprintf(stderr, "bench_other_files: %s\n", words);
    return 1;
}

static BOOL open_files(void)
{
    wchar_t folder[MAX_PATH];

    if (!GetTempPathW(MAX_PATH, folder) || !GetTempFileNameW(folder, L"hf", 0, path))
        return FALSE;
    null_device = CreateFileA("NUL", GENERIC_READ | GENERIC_WRITE, 0, NULL, OPEN_EXISTING, 0, NULL);
    file = CreateFileW(path, GENERIC_READ | GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_WRITE, NULL,
                       OPEN_EXISTING, 0, NULL);
    return null_device != INVALID_HANDLE_VALUE && file != INVALID_HANDLE_VALUE &&
           SetFilePointer(file, FILE_CALLS * BYTES, NULL, FILE_BEGIN) == FILE_CALLS * BYTES &&
           SetEndOfFile(file);
}

/* Before the shim is loaded and after it. */
static BOOL look_at_entries(BOOL has_shim)
{
    HMODULE ntdll = GetModuleHandleW(L"ntdll.dll");
    DWORD protection;

    for (int i = 0; i < HOOKED; i++) {
        struct hooked *at = &hooked[i];

        at->entry = (volatile LONG64 *)(void *)GetProcAddress(ntdll, at->name);
        *(has_shim ? &at->with_hook : &at->without_hook) = *at->entry;
        if (has_shim && (at->with_hook == at->without_hook ||
                         !VirtualProtect((void *)at->entry, sizeof(LONG64), PAGE_EXECUTE_READWRITE,
                                         &protection)))
            return FALSE;
    }
    return TRUE;
}

int main(int argc, char **argv)
{
    if (argc != 2)
        return fail("usage: bench_other_files HOLDFAST_DLL");
    look_at_entries(FALSE);
    if (!LoadLibraryA(argv[1]))
        return fail("holdfast.dll cannot be loaded");
    if (!look_at_entries(TRUE))
        return fail("a function was not hooked, so there is nothing to compare");
    if (!open_files())
        return fail("the files cannot be opened");
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
        measure(&kinds[i]);
    CloseHandle(file);
    DeleteFileW(path);
    return 0;
}
