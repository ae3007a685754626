#include "other_bitness.h"

#include "../loader/loader.h"
#include <stdio.h>
#include <wchar.h>

enum { PATH_SIZE = MAX_PATH, LINE_SIZE = PATH_SIZE + 32, TIMEOUT_MS = 60 * 1000 };

/* Wine's directory layout has a folder for each architecture. */
#define WIDE_FOLDER   L"x86_64-windows"
#define NARROW_FOLDER L"i386-windows"
static const WCHAR *const own_folder = sizeof(void *) == 8 ? WIDE_FOLDER : NARROW_FOLDER;
static const WCHAR *const other_folder = sizeof(void *) == 8 ? NARROW_FOLDER : WIDE_FOLDER;
static const WCHAR program[] = L"holdfast-loader.exe";

/* ...\x86_64-windows\holdfast.dll leads to ...\i386-windows\holdfast-loader.exe. */
static BOOL find_loader(const WCHAR *own_path, WCHAR path[PATH_SIZE])
{
    const WCHAR *file = wcsrchr(own_path, L'\\');
    const size_t length = wcslen(own_folder);
    const WCHAR *folder;
    int written;

    if (!file || (size_t)(file - own_path) < length)
        return FALSE;
    folder = file - length;
    if (_wcsnicmp(folder, own_folder, length) != 0)
        return FALSE;
    written = _snwprintf(path, PATH_SIZE, L"%.*ls%ls\\%ls", (int)(folder - own_path), own_path,
                         other_folder, program);
    return written > 0 && written < PATH_SIZE;
}

static DWORD wait_for(const PROCESS_INFORMATION *loader)
{
    DWORD code = ERROR_GEN_FAILURE;

    if (WaitForSingleObject(loader->hProcess, TIMEOUT_MS) == WAIT_OBJECT_0) {
        GetExitCodeProcess(loader->hProcess, &code);
    } else {
        TerminateProcess(loader->hProcess, ERROR_TIMEOUT);
        code = ERROR_TIMEOUT;
    }
    CloseHandle(loader->hThread);
    CloseHandle(loader->hProcess);
    return code;
}

/* The address of the child's LoadLibraryW is known only to a process of its kind, and so is whether
 * the shim of that kind serves: hence a program in between. It gets the ids and no handles, which
 * would be inherited by whatever another thread starts at the time; the child is suspended and held
 * by the caller, so its ids are nobody else's. */
DWORD other_bitness_load(create_process_function create, const WCHAR *own_path,
                         const PROCESS_INFORMATION *child)
{
    STARTUPINFOW startup = {.cb = sizeof(startup)};
    PROCESS_INFORMATION loader;
    WCHAR path[PATH_SIZE], line[LINE_SIZE];
    DWORD code;

    if (!find_loader(own_path, path))
        return ERROR_PATH_NOT_FOUND;
    _snwprintf(line, LINE_SIZE, L"%ls %lu %lu", program, child->dwProcessId, child->dwThreadId);
    line[LINE_SIZE - 1] = 0;
    if (!create(NULL, path, line, NULL, NULL, FALSE, DETACHED_PROCESS, NULL, NULL, &startup,
                &loader, NULL))
        return GetLastError();
    code = wait_for(&loader);
    if (code == LOADER_DONE)
        return 0;
    return code ? code : ERROR_EXE_MACHINE_TYPE_MISMATCH;
}
