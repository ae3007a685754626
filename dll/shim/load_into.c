#include "load_into.h"

/* Copies the path into the other process, for its LoadLibraryW. */
static void *write_path(HANDLE process, const WCHAR *dll)
{
    const SIZE_T size = ((SIZE_T)lstrlenW(dll) + 1) * sizeof(WCHAR);
    void *copy = VirtualAllocEx(process, NULL, size, MEM_COMMIT | MEM_RESERVE, PAGE_READWRITE);
    DWORD error;

    if (!copy || WriteProcessMemory(process, copy, dll, size, NULL))
        return copy;
    error = GetLastError();
    VirtualFreeEx(process, copy, 0, MEM_RELEASE);
    SetLastError(error);
    return NULL;
}

BOOL load_is_other_bitness(HANDLE process)
{
    BOOL own = FALSE, other = FALSE;

    return IsWow64Process(GetCurrentProcess(), &own) && IsWow64Process(process, &other) &&
           own != other;
}

/* kernel32 lies at the same address in every process of one bitness. The process keeps the page
 * with the path. */
BOOL load_into(HANDLE process, HANDLE thread, const WCHAR *dll)
{
    HMODULE kernel32 = GetModuleHandleW(L"kernel32.dll");
    PAPCFUNC load = (PAPCFUNC)(void *)GetProcAddress(kernel32, "LoadLibraryW");
    void *path = write_path(process, dll);

    return path && QueueUserAPC(load, thread, (ULONG_PTR)path);
}
