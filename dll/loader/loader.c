/* holdfast-loader.exe PROCESS THREAD: puts the shim into a suspended process of this program's own
 * bitness, on behalf of a parent of the other (dll/shim/other_bitness.c). It first has the shim in
 * itself, so that one which would not serve is never put into anybody. The exit code is LOADER_DONE
 * or a Windows error. It has no window and no console: nobody sees it. */
#include "loader.h"

#include "../shim/holdfast.h"
#include "../shim/load_into.h"

#include <string.h>
#include <wchar.h>

enum { PATH_SIZE = MAX_PATH };

/* "holdfast.dll" beside this program. */
static BOOL find_dll(WCHAR path[PATH_SIZE])
{
    static const WCHAR name[] = L"holdfast.dll";
    const DWORD length = GetModuleFileNameW(NULL, path, PATH_SIZE);
    WCHAR *file = length && length < PATH_SIZE ? wcsrchr(path, L'\\') : NULL;

    if (!file || (size_t)(file + 1 - path) + wcslen(name) >= PATH_SIZE) {
        SetLastError(ERROR_FILENAME_EXCED_RANGE);
        return FALSE;
    }
    wcscpy(file + 1, name);
    return TRUE;
}

static BOOL serves(HMODULE dll)
{
    struct holdfast_status status = {.size = sizeof(status)};
    holdfast_get_status_function get_status =
        (holdfast_get_status_function)(void *)GetProcAddress(dll, "holdfast_get_status");

    if (get_status && get_status(&status) && strcmp(status.hook, "none") != 0)
        return TRUE;
    SetLastError(ERROR_SERVICE_NOT_ACTIVE);
    return FALSE;
}

static BOOL load_into_suspended(DWORD process_id, DWORD thread_id, const WCHAR *path)
{
    HANDLE process = OpenProcess(
        PROCESS_VM_OPERATION | PROCESS_VM_WRITE | PROCESS_QUERY_INFORMATION, FALSE, process_id);
    HANDLE thread = OpenThread(THREAD_SET_CONTEXT, FALSE, thread_id);
    BOOL done = FALSE;
    DWORD error;

    if (process && thread && load_is_other_bitness(process))
        SetLastError(ERROR_BAD_EXE_FORMAT);
    else if (process && thread)
        done = load_into(process, thread, path);
    error = GetLastError();
    if (process)
        CloseHandle(process);
    if (thread)
        CloseHandle(thread);
    SetLastError(error);
    return done;
}

int wmain(int argc, WCHAR **argv);

int wmain(int argc, WCHAR **argv)
{
    WCHAR path[PATH_SIZE];
    const DWORD process_id = argc == 3 ? wcstoul(argv[1], NULL, 10) : 0;
    const DWORD thread_id = argc == 3 ? wcstoul(argv[2], NULL, 10) : 0;
    DWORD error;
    HMODULE dll;

    if (!process_id || !thread_id)
        return ERROR_INVALID_PARAMETER;
    dll = find_dll(path) ? LoadLibraryW(path) : NULL;
    if (dll && serves(dll) && load_into_suspended(process_id, thread_id, path))
        return LOADER_DONE;
    error = GetLastError();
    return error ? (int)error : ERROR_GEN_FAILURE;
}
