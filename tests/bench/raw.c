/* Raw reads and writes in a loop, from a Windows program: sequential, over and over the whole disk.
 *
 * usage: bench_raw DISK SHIM_DLL|- [unhooked]
 *
 * Takes lines "KIND_SIZE COUNT" on standard input, KIND being read or write and SIZE bytes, and
 * answers each with the microseconds that it took, or with "failed" and the Windows error. What is
 * written is flushed within the time, so that a cache cannot hide it. "-": the shim is not wanted.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <windows.h>

enum { SIZE_MAX_BYTES = 1 << 20, DISK_BYTES = 16 << 20 };

static uint8_t *buffer;

static double microseconds(void)
{
    LARGE_INTEGER count, frequency;

    QueryPerformanceCounter(&count);
    QueryPerformanceFrequency(&frequency);
    return (double)count.QuadPart * 1e6 / (double)frequency.QuadPart;
}

static BOOL transfer(HANDLE disk, BOOL is_write, DWORD size)
{
    DWORD moved = 0;

    return (is_write ? WriteFile(disk, buffer, size, &moved, NULL)
                     : ReadFile(disk, buffer, size, &moved, NULL)) &&
           moved == size;
}

static BOOL transfer_all(HANDLE disk, BOOL is_write, DWORD size, long count)
{
    for (long i = 0; i < count; i++) {
        if ((uint64_t)i * size % DISK_BYTES == 0 &&
            SetFilePointer(disk, 0, NULL, FILE_BEGIN) == INVALID_SET_FILE_POINTER)
            return FALSE;
        if (!transfer(disk, is_write, size))
            return FALSE;
    }
    return !is_write || FlushFileBuffers(disk);
}

static void answer(HANDLE disk, const char *kind, long count)
{
    const BOOL is_write = strncmp(kind, "write_", 6) == 0;
    const char *digits = strchr(kind, '_');
    const DWORD size = digits ? strtoul(digits + 1, NULL, 10) : 0;
    double start;

    if (!size || size > SIZE_MAX_BYTES || (DISK_BYTES % size)) {
        printf("failed: there is no kind '%s'\n", kind);
        return;
    }
    start = microseconds();
    if (transfer_all(disk, is_write, size, count))
        printf("%.0f\n", microseconds() - start);
    else
        printf("failed: Windows error %lu\n", GetLastError());
}

static LONG64 *entry_of(const char *name)
{
    return (LONG64 *)(void *)GetProcAddress(GetModuleHandleW(L"ntdll.dll"), name);
}

/* The hook is one store of these eight bytes. */
static void put_back(LONG64 *entry, LONG64 code)
{
    DWORD protection;

    if (VirtualProtect(entry, sizeof(*entry), PAGE_EXECUTE_READWRITE, &protection))
        InterlockedExchange64(entry, code);
    FlushInstructionCache(GetCurrentProcess(), entry, sizeof(*entry));
}

int main(int argc, char **argv)
{
    LONG64 *const read_entry = entry_of("NtReadFile"), *const write_entry = entry_of("NtWriteFile");
    const LONG64 read_code = *read_entry, write_code = *write_entry;
    char line[64], *count;
    HANDLE disk;

    if (argc != 3 && argc != 4) {
        fputs("usage: bench_raw DISK SHIM_DLL|- [unhooked]\n", stderr);
        return 2;
    }
    if (strcmp(argv[2], "-") != 0 && !LoadLibraryA(argv[2])) {
        fprintf(stderr, "bench_raw: %s cannot be loaded\n", argv[2]);
        return 1;
    }
    buffer = VirtualAlloc(NULL, SIZE_MAX_BYTES, MEM_RESERVE | MEM_COMMIT, PAGE_READWRITE);
    if (buffer)
        memset(buffer, 1, SIZE_MAX_BYTES); /* pages of its own */
    disk = CreateFileA(argv[1], GENERIC_READ | GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_WRITE,
                       NULL, OPEN_EXISTING, 0, NULL);
    if (!buffer || disk == INVALID_HANDLE_VALUE) {
        fprintf(stderr, "bench_raw: %s cannot be opened: %lu\n", argv[1], GetLastError());
        return 1;
    }
    if (argc == 4) {
        put_back(read_entry, read_code);
        put_back(write_entry, write_code);
    }
    while (fgets(line, sizeof(line), stdin) && (count = strchr(line, ' '))) {
        *count++ = 0;
        answer(disk, line, strtol(count, NULL, 10));
        fflush(stdout);
    }
    return 0;
}
