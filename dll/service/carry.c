#include "carry.h"

#include "../shim/holdfast.h"

#include <stdio.h>
#include <tlhelp32.h>
#include <wchar.h>

enum {
    PATH_MAX_WIDE = 1024,
    /* For each of two files; services.exe gives a service ten seconds to answer. */
    REMOTE_TIMEOUT_MS = 4500
};

static const wchar_t dll[] = L"x86_64-windows\\holdfast.dll";
static const wchar_t leader[] = L"x86_64-unix\\holdfast_path.so"; /* dll/unix/path.c */

/* `file` in the folder above the one that this program lies in. */
static bool find_file(const wchar_t *file, wchar_t path[PATH_MAX_WIDE])
{
    DWORD length = GetModuleFileNameW(NULL, path, PATH_MAX_WIDE);
    int folders = 2;

    if (length == PATH_MAX_WIDE)
        return false;
    while (length && (path[length - 1] != L'\\' || --folders))
        length--;
    if (!length || length + wcslen(file) >= PATH_MAX_WIDE)
        return false;
    wcscpy(path + length, file);
    return true;
}

static bool is_services(DWORD process_id)
{
    wchar_t path[MAX_PATH], services[MAX_PATH];
    DWORD length = MAX_PATH;
    HANDLE process = OpenProcess(PROCESS_QUERY_LIMITED_INFORMATION, FALSE, process_id);
    const bool known = process && QueryFullProcessImageNameW(process, 0, path, &length);

    if (process)
        CloseHandle(process);
    length = GetSystemDirectoryW(services, MAX_PATH);
    if (!known || !length || length + sizeof("\\services.exe") > MAX_PATH)
        return false;
    wcscpy(services + length, L"\\services.exe");
    return !lstrcmpiW(path, services);
}

/* 0 where there is none. */
static DWORD find_services(void)
{
    PROCESSENTRY32W entry = {.dwSize = sizeof(entry)};
    HANDLE snapshot = CreateToolhelp32Snapshot(TH32CS_SNAPPROCESS, 0);
    DWORD found = 0;

    if (snapshot == INVALID_HANDLE_VALUE)
        return 0;
    for (BOOL more = Process32FirstW(snapshot, &entry); more && !found;
         more = Process32NextW(snapshot, &entry))
        if (!lstrcmpiW(entry.szExeFile, L"services.exe") && is_services(entry.th32ProcessID))
            found = entry.th32ProcessID;
    CloseHandle(snapshot);
    return found;
}

bool carry_is_in(DWORD process_id)
{
    MODULEENTRY32W entry = {.dwSize = sizeof(entry)};
    HANDLE snapshot = CreateToolhelp32Snapshot(TH32CS_SNAPMODULE, process_id);
    bool found = false;

    if (snapshot == INVALID_HANDLE_VALUE)
        return false;
    for (BOOL more = Module32FirstW(snapshot, &entry); more && !found;
         more = Module32NextW(snapshot, &entry))
        found = !lstrcmpiW(entry.szModule, L"holdfast.dll");
    CloseHandle(snapshot);
    return found;
}

/* LoadLibraryW there, on a thread of its own; kernel32 lies at the same address in every process.
 * Returns when it has ended, whatever it returned. */
static bool load_there(HANDLE process, const wchar_t *path)
{
    const SIZE_T size = (wcslen(path) + 1) * sizeof(*path);
    LPTHREAD_START_ROUTINE load = (LPTHREAD_START_ROUTINE)(void *)GetProcAddress(
        GetModuleHandleW(L"kernel32.dll"), "LoadLibraryW");
    void *copy = VirtualAllocEx(process, NULL, size, MEM_COMMIT | MEM_RESERVE, PAGE_READWRITE);
    HANDLE thread = NULL;
    DWORD waited = WAIT_FAILED;

    if (copy && WriteProcessMemory(process, copy, path, size, NULL))
        thread = CreateRemoteThread(process, NULL, 0, load, copy, 0, NULL);
    if (thread) {
        waited = WaitForSingleObject(thread, REMOTE_TIMEOUT_MS);
        if (waited == WAIT_TIMEOUT)
            SetLastError(WAIT_TIMEOUT);
        CloseHandle(thread);
    }
    if (copy && waited != WAIT_TIMEOUT) /* else it may still be read */
        VirtualFreeEx(process, copy, 0, MEM_RELEASE);
    return waited == WAIT_OBJECT_0;
}

/* The shim sets the event when it stands on the starting of processes. */
static const char *load_shim(HANDLE process, DWORD process_id, const wchar_t *path)
{
    wchar_t name[64];
    HANDLE loaded;
    const char *problem = NULL;

    _snwprintf(name, sizeof(name) / sizeof(name[0]), HOLDFAST_LOADED_EVENT, process_id);
    loaded = CreateEventW(NULL, TRUE, FALSE, name);
    if (!loaded)
        return "no event could be made";
    if (!load_there(process, path)) {
        problem = "holdfast.dll could not be loaded into services.exe";
    } else if (WaitForSingleObject(loaded, 0) != WAIT_OBJECT_0) {
        problem = "holdfast.dll does not follow what services.exe starts";
        SetLastError(0);
    }
    CloseHandle(loaded);
    return problem;
}

static bool is_file(const wchar_t *path)
{
    return GetFileAttributesW(path) != INVALID_FILE_ATTRIBUTES;
}

static const char *carry_into(DWORD process_id)
{
    wchar_t dll_path[PATH_MAX_WIDE], leader_path[PATH_MAX_WIDE];
    const char *problem;
    HANDLE process;

    if (!find_file(dll, dll_path) || !find_file(leader, leader_path) || !is_file(dll_path) ||
        !is_file(leader_path))
        return "holdfast.dll or holdfast_path.so is not there: install Holdfast again";
    process = OpenProcess(PROCESS_ALL_ACCESS, FALSE, process_id);
    if (!process)
        return "services.exe could not be opened";
    if (!load_there(process, leader_path))
        problem = "holdfast_path.so could not be loaded into services.exe";
    else
        problem = load_shim(process, process_id, dll_path);
    CloseHandle(process);
    return problem;
}

const char *carry_into_services(DWORD *error)
{
    const DWORD process_id = find_services();
    const char *problem = NULL;

    if (!process_id)
        problem = "services.exe was not found";
    else if (!carry_is_in(process_id))
        problem = carry_into(process_id);
    *error = problem ? GetLastError() : 0;
    return problem;
}

void carry_lead_children(void)
{
    wchar_t path[PATH_MAX_WIDE];

    /* Fails as a DLL, see dll/unix/path.c. */
    if (find_file(leader, path))
        LoadLibraryW(path);
}
