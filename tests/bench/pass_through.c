/* What the hook costs a control code that is not ours: the same calls with and without it, in one
 * process, by turns. "Without" is the very function as Wine wrote it: the eight bytes that the hot
 * patch replaced are put back for the time of a turn, so both turns enter at the same address.
 *
 * usage: bench_pass_through HOLDFAST_DLL
 * Start it without the shim; it loads the shim itself, to see the bytes before and after. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <windows.h>

enum {
    ROUNDS = 401, /* of one turn with and one without */
    CALLS = 20000,
    SLOW_CALLS = 200,
    WARM_UP_CALLS = 200,
};

/* The first is the cheapest call there is on Wine 8: ntdll answers it without asking anybody, on
 * any handle, so the hook weighs most. The second asks wineserver, as nearly all others do. */
static const struct call_kind {
    const char *name;
    DWORD control_code;
    int calls;
} kinds[] = {
    {"cheapest", 0x900c4 /* FSCTL_SET_SPARSE */, CALLS},
    {"server", 0x90020 /* FSCTL_DISMOUNT_VOLUME */, SLOW_CALLS},
};

static volatile LONG64 *entry;
static LONG64 without_hook, with_hook;

static double microseconds(void)
{
    LARGE_INTEGER count, frequency;

    QueryPerformanceCounter(&count);
    QueryPerformanceFrequency(&frequency);
    return (double)count.QuadPart * 1e6 / (double)frequency.QuadPart;
}

static void call_often(const struct call_kind *kind, int calls)
{
    uint8_t input[16] = {0}, output[16];
    DWORD returned;

    for (int i = 0; i < calls; i++)
        DeviceIoControl(INVALID_HANDLE_VALUE, kind->control_code, input, sizeof(input), output,
                        sizeof(output), &returned, NULL);
}

/* Nanoseconds for each call. */
static double time_turn(const struct call_kind *kind, LONG64 code)
{
    double start;

    InterlockedExchange64(entry, code);
    FlushInstructionCache(GetCurrentProcess(), (const void *)entry, sizeof(code));
    call_often(kind, WARM_UP_CALLS);
    start = microseconds();
    call_often(kind, kind->calls);
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
    static double plain[ROUNDS], added[ROUNDS], ratio[ROUNDS];

    for (int i = 0; i < ROUNDS; i++) {
        const double first = time_turn(kind, i % 2 ? with_hook : without_hook);
        const double second = time_turn(kind, i % 2 ? without_hook : with_hook);
        const double hooked = i % 2 ? first : second;

        plain[i] = i % 2 ? second : first;
        added[i] = hooked - plain[i];
        ratio[i] = hooked / plain[i];
    }
    InterlockedExchange64(entry, with_hook);
    printf("pass_through.%s.unhooked\t%.1f\tns\n", kind->name, median(plain));
    printf("pass_through.%s.added\t%.1f\tns\n", kind->name, median(added));
    printf("pass_through.%s.ratio\t%.4f\t\n", kind->name, median(ratio));
}

static int fail(const char *words)
{
    fprintf(stderr, "bench_pass_through: %s\n", words);
    return 1;
}

int main(int argc, char **argv)
{
    HMODULE kernelbase = GetModuleHandleW(L"kernelbase.dll");
    DWORD protection;

    if (argc != 2)
        return fail("usage: bench_pass_through HOLDFAST_DLL");
    entry = (volatile LONG64 *)(void *)GetProcAddress(kernelbase, "DeviceIoControl");
    without_hook = *entry;
    if (!LoadLibraryA(argv[1]))
        return fail("holdfast.dll cannot be loaded");
    with_hook = *entry;
    if (with_hook == without_hook)
        return fail("the function was not hot-patched, so there is nothing to compare");
    if (!VirtualProtect((void *)entry, sizeof(*entry), PAGE_EXECUTE_READWRITE, &protection))
        return fail("the function cannot be made writable");
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
        measure(&kinds[i]);
    return 0;
}
