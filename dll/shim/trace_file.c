#include "trace_file.h"

#include <stdio.h>

/* Set once, from DllMain. */
static HANDLE file = INVALID_HANDLE_VALUE;
static bool is_shared_file; /* others may append to it: lines are written under a lock */

/* Wine's name for a Unix path, \\?\unix\..., where it is one. */
static void to_windows_path(const WCHAR *path, WCHAR *result, size_t size)
{
    _snwprintf(result, size, path[0] == '/' ? L"\\\\?\\unix%ls" : L"%ls", path);
    result[size - 1] = 0;
    if (path[0] == '/')
        for (WCHAR *c = result; *c; c++)
            if (*c == '/')
                *c = '\\';
}

static void open_file(const WCHAR *path)
{
    WCHAR windows_path[MAX_PATH + 16];
    char problem[160];
    int length;
    DWORD written;

    to_windows_path(path, windows_path, sizeof(windows_path) / sizeof(WCHAR));
    file = CreateFileW(windows_path, GENERIC_READ | GENERIC_WRITE,
                       FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, NULL, OPEN_ALWAYS,
                       FILE_ATTRIBUTE_NORMAL, NULL);
    is_shared_file = file != INVALID_HANDLE_VALUE;
    if (is_shared_file)
        return;
    length = snprintf(problem, sizeof(problem),
                      "holdfast: the file that HOLDFAST_TRACE names cannot be opened for writing "
                      "(error %lu); nothing is traced\n",
                      GetLastError());
    WriteFile(GetStdHandle(STD_ERROR_HANDLE), problem, (DWORD)length, &written, NULL);
}

void trace_file_open(void)
{
    WCHAR target[MAX_PATH];
    DWORD length = GetEnvironmentVariableW(L"HOLDFAST_TRACE", target, MAX_PATH);

    if (length == 0 || length >= MAX_PATH || lstrcmpiW(target, L"off") == 0)
        return;
    if (lstrcmpiW(target, L"stderr") == 0)
        file = GetStdHandle(STD_ERROR_HANDLE);
    else
        open_file(target);
}

bool trace_file_is_open(void)
{
    return file != INVALID_HANDLE_VALUE && file != NULL;
}

/* Wine appends by looking for the end of the file first, so two processes would overwrite each
 * other's lines without the lock. It covers one byte that no file ever has. */
static void append(const char *text, DWORD length)
{
    OVERLAPPED lock = {.Offset = MAXDWORD - 1, .OffsetHigh = MAXLONG};
    LARGE_INTEGER zero = {0};
    DWORD written;

    if (!LockFileEx(file, LOCKFILE_EXCLUSIVE_LOCK, 0, 1, 0, &lock))
        return;
    if (SetFilePointerEx(file, zero, NULL, FILE_END))
        WriteFile(file, text, length, &written, NULL);
    UnlockFileEx(file, 0, 1, 0, &lock);
}

void trace_file_write(const char *text, DWORD length)
{
    DWORD written;

    if (is_shared_file)
        append(text, length);
    else
        WriteFile(file, text, length, &written, NULL);
}
