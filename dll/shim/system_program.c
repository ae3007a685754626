#include "system_program.h"

/* They make no request of their own and start no program of the user's, so that the shim would only
 * cost time there. winedevice.exe is what the kernel is to Windows: a driver's requests to a disk
 * do not pass DeviceIoControl on Windows either. svchost.exe, msiexec.exe, explorer.exe and the
 * like are not among them: they run or start what others wrote. */
static const WCHAR *const helpers[] = {
    L"conhost.exe", L"plugplay.exe", L"rpcss.exe", L"winedevice.exe", L"winemenubuilder.exe",
};

static BOOL is_in(const WCHAR *folder, UINT length, const WCHAR *path, const WCHAR *program)
{
    return length && length < MAX_PATH && (UINT)lstrlenW(path) > length && path[length] == '\\' &&
           CompareStringW(LOCALE_INVARIANT, NORM_IGNORECASE, path, (int)length, folder,
                          (int)length) == CSTR_EQUAL &&
           lstrcmpiW(path + length + 1, program) == 0;
}

/* `path` is that of `program` in system32, or in the folder of its 32-bit edition. */
static BOOL is_system_program(const WCHAR *path, const WCHAR *program)
{
    WCHAR folder[MAX_PATH];

    return is_in(folder, GetSystemDirectoryW(folder, MAX_PATH), path, program) ||
           is_in(folder, GetSystemWow64DirectoryW(folder, MAX_PATH), path, program);
}

/* Windows has the function since Vista. Where it is not, neither are Wine's programs. */
static BOOL find_path(HANDLE process, WCHAR *path, DWORD length)
{
    typedef BOOL(WINAPI * image_name_function)(HANDLE, DWORD, WCHAR *, DWORD *);
    const image_name_function image_name = (image_name_function)(void *)GetProcAddress(
        GetModuleHandleW(L"kernel32.dll"), "QueryFullProcessImageNameW");

    return image_name && image_name(process, 0, path, &length);
}

BOOL system_program_is_services(void)
{
    WCHAR path[MAX_PATH];
    const DWORD length = GetModuleFileNameW(NULL, path, MAX_PATH);

    return length && length < MAX_PATH && is_system_program(path, L"services.exe");
}

BOOL system_program_is_helper(HANDLE process)
{
    WCHAR path[MAX_PATH];

    if (!find_path(process, path, MAX_PATH))
        return FALSE;
    for (size_t i = 0; i < sizeof(helpers) / sizeof(helpers[0]); i++)
        if (is_system_program(path, helpers[i]))
            return TRUE;
    return FALSE;
}
