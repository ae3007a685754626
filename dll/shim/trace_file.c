#include "trace_file.h"

#include "unix_side.h"
#include <stdio.h>
#include <string.h>

/* All set once, from DllMain. */
static enum { NOWHERE, TO_HANDLE, TO_SHARED_FILE, TO_UNIX_SIDE } way;
static HANDLE file = INVALID_HANDLE_VALUE;
static char opened_name[TRACE_TARGET_MAX];

const char *trace_file_name(void)
{
    return opened_name;
}

void trace_file_program(char *name, size_t size)
{
    WCHAR path[MAX_PATH];
    DWORD length = GetModuleFileNameW(NULL, path, MAX_PATH);

    path[length < MAX_PATH ? length : MAX_PATH - 1] = 0;
    if (!WideCharToMultiByte(CP_UTF8, 0, path, -1, name, (int)size, NULL, NULL))
        snprintf(name, size, "?");
}

/* A part of a file's name. */
static const char *base_name(char *path)
{
    char *last = strrchr(path, '\\');

    return last ? last + 1 : path;
}

/* Wine's name for a Unix path, \\?\unix\..., where it is one. False: too long. */
static bool to_windows_path(const char *path, WCHAR result[TRACE_TARGET_MAX])
{
    static const WCHAR prefix[] = L"\\\\?\\unix";
    const size_t skipped = path[0] == '/' ? wcslen(prefix) : 0;

    memcpy(result, prefix, sizeof(prefix));
    if (!MultiByteToWideChar(CP_UTF8, 0, path, -1, result + skipped,
                             (int)(TRACE_TARGET_MAX - skipped)))
        return false;
    for (WCHAR *c = result; skipped && *c; c++)
        if (*c == '/')
            *c = '\\';
    return true;
}

/* Wine's own translation, the same in 8 and 10; "" where there is none. */
static void to_unix_path(const char *path, char result[TRACE_TARGET_MAX])
{
    typedef char *(CDECL * translate_function)(const WCHAR *);
    translate_function translate = (translate_function)(void *)GetProcAddress(
        GetModuleHandleW(L"kernel32.dll"), "wine_get_unix_file_name");
    WCHAR wide[TRACE_TARGET_MAX];
    char *name;

    result[0] = 0;
    if (path[0] == '/') {
        snprintf(result, TRACE_TARGET_MAX, "%s", path);
        return;
    }
    if (!translate || !to_windows_path(path, wide))
        return;
    name = translate(wide);
    if (name && strlen(name) < TRACE_TARGET_MAX)
        memcpy(result, name, strlen(name) + 1);
    HeapFree(GetProcessHeap(), 0, name);
}

static bool open_through_wine(const char *path)
{
    WCHAR wide[TRACE_TARGET_MAX];

    if (!to_windows_path(path, wide))
        return false;
    file = CreateFileW(wide, GENERIC_READ | GENERIC_WRITE,
                       FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, NULL, OPEN_ALWAYS,
                       FILE_ATTRIBUTE_NORMAL, NULL);
    if (file == INVALID_HANDLE_VALUE)
        return false;
    way = TO_SHARED_FILE;
    return true;
}

static bool open_path(const struct trace_settings *settings, const char *path)
{
    char unix_path[TRACE_TARGET_MAX];

    to_unix_path(path, unix_path);
    snprintf(opened_name, sizeof(opened_name), "%s", unix_path[0] ? unix_path : path);
    if (unix_side_status() != 0)
        return open_through_wine(path);
    if (!unix_path[0] || unix_side_trace_open(unix_path, settings->size, settings->files) != 0)
        return false;
    way = TO_UNIX_SIDE;
    return true;
}

static void tell_failure(const char *path)
{
    char problem[TRACE_TARGET_MAX + 160];
    DWORD written;
    const int length =
        snprintf(problem, sizeof(problem),
                 "holdfast: the trace's file %s cannot be opened for writing; nothing "
                 "is traced\n",
                 path);

    WriteFile(GetStdHandle(STD_ERROR_HANDLE), problem, (DWORD)length, &written, NULL);
}

bool trace_file_open(const struct trace_settings *settings)
{
    char program[MAX_PATH * 3], path[TRACE_TARGET_MAX];

    if (!settings->target[0])
        return false;
    if (lstrcmpiA(settings->target, "stderr") == 0) {
        file = GetStdHandle(STD_ERROR_HANDLE);
        way = file && file != INVALID_HANDLE_VALUE ? TO_HANDLE : NOWHERE;
        snprintf(opened_name, sizeof(opened_name), "stderr");
        return way != NOWHERE;
    }
    trace_file_program(program, sizeof(program));
    if (trace_expand(settings->target, GetCurrentProcessId(), base_name(program), path) &&
        open_path(settings, path))
        return true;
    tell_failure(settings->target);
    opened_name[0] = 0;
    return false;
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

    if (way == TO_UNIX_SIDE)
        unix_side_trace_write(text, length);
    else if (way == TO_SHARED_FILE)
        append(text, length);
    else if (way == TO_HANDLE)
        WriteFile(file, text, length, &written, NULL);
}
