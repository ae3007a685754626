#include "shim.h"

#include "wide.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PATH_MAX_WIDE = 32768 }; /* Windows' own limit on any path */

const char *shim_wine_version(void)
{
    typedef const char *(CDECL * version_function)(void);
    HMODULE ntdll = GetModuleHandleW(L"ntdll.dll");
    version_function version =
        (version_function)(void (*)(void))GetProcAddress(ntdll, "wine_get_version");
    return version ? version() : NULL;
}

/* "holdfast.dll" in the directory of this program; the caller's to free(). */
static wchar_t *dll_path(void)
{
    static const wchar_t name[] = L"holdfast.dll";
    wchar_t *path = calloc(PATH_MAX_WIDE + sizeof(name) / sizeof(name[0]), sizeof(*path));
    if (!path)
        return NULL;
    DWORD length = GetModuleFileNameW(NULL, path, PATH_MAX_WIDE);
    while (length && path[length - 1] != L'\\')
        length--;
    wcscpy(path + length, name);
    return path;
}

static bool ask(struct shim *shim, HMODULE dll)
{
    holdfast_get_status_function get_status =
        (holdfast_get_status_function)(void (*)(void))GetProcAddress(dll, "holdfast_get_status");
    shim->status.size = sizeof(shim->status);
    shim->child_problem = (holdfast_child_problem_function)(void (*)(void))GetProcAddress(
        dll, "holdfast_child_problem");
    shim->loaded = shim->child_problem && get_status && get_status(&shim->status);
    return shim->loaded;
}

/* Where it does not serve, the DLL itself says why and what to do. */
static void judge(struct shim *shim)
{
    const struct holdfast_status *status = &shim->status;

    shim->serves = strcmp(status->hook, "none") != 0;
    snprintf(shim->problem, sizeof(shim->problem), "%s", status->problem ? status->problem : "");
}

bool shim_load(struct shim *shim)
{
    *shim = (struct shim){0};
    wchar_t *path = dll_path();
    shim->path = path ? utf8_from_wide(path) : NULL;
    if (!shim->path) {
        snprintf(shim->problem, sizeof(shim->problem), "out of memory");
    } else if (!shim_wine_version()) {
        snprintf(shim->problem, sizeof(shim->problem),
                 "this is Windows itself, whose own drivers serve the control codes: no shim is "
                 "needed");
    } else {
        HMODULE dll = LoadLibraryW(path);
        DWORD error = GetLastError();
        if (!dll)
            snprintf(shim->problem, sizeof(shim->problem),
                     "%.300s could not be loaded (Windows error %u): install it beside "
                     "holdfast.exe",
                     shim->path, (unsigned)error);
        else if (!ask(shim, dll))
            snprintf(shim->problem, sizeof(shim->problem),
                     "%.300s is not of this version of Holdfast: install both together",
                     shim->path);
        else
            judge(shim);
    }
    free(path);
    return shim->serves;
}
