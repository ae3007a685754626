/* A service that writes down how a request to a disk fares in it and in a program that it starts.
 * It is done before services.exe gets an answer, so that who sees the prefix booted finds all
 * written.
 *
 * usage: witness service FILE | witness child FILE
 *        witness carriers      lists the programs that run, and whether they carry the shim */
#include <ntddstor/reservation.h>
#include <stdio.h>
#include <string.h>
#include <tlhelp32.h>
#include <windows.h>
#include <winioctl.h>

static char name[] = "Witness";
static SERVICE_STATUS_HANDLE status_handle;

/* The Windows error of a READ KEYS on PhysicalDrive1. */
static DWORD read_keys(void)
{
    PERSISTENT_RESERVE_COMMAND command = {.Version = sizeof(command), .Size = sizeof(command)};
    UCHAR keys[64];
    DWORD bytes, error = 0;
    HANDLE disk = CreateFileA("\\\\.\\PhysicalDrive1", GENERIC_READ,
                              FILE_SHARE_READ | FILE_SHARE_WRITE, NULL, OPEN_EXISTING, 0, NULL);

    if (disk == INVALID_HANDLE_VALUE)
        return GetLastError();
    command.PR_IN.ServiceAction = RESERVATION_ACTION_READ_KEYS;
    command.PR_IN.AllocationLength = sizeof(keys);
    if (!DeviceIoControl(disk, IOCTL_STORAGE_PERSISTENT_RESERVE_IN, &command, sizeof(command), keys,
                         sizeof(keys), &bytes, NULL))
        error = GetLastError();
    CloseHandle(disk);
    return error;
}

static const char *has_shim(DWORD process_id)
{
    MODULEENTRY32 entry = {.dwSize = sizeof(entry)};
    HANDLE snapshot = CreateToolhelp32Snapshot(TH32CS_SNAPMODULE, process_id);
    const char *answer = "no";

    for (BOOL more = Module32First(snapshot, &entry); more; more = Module32Next(snapshot, &entry))
        if (!lstrcmpiA(entry.szModule, "holdfast.dll"))
            answer = "yes";
    CloseHandle(snapshot);
    return answer;
}

static int list_carriers(void)
{
    PROCESSENTRY32 entry = {.dwSize = sizeof(entry)};
    HANDLE snapshot = CreateToolhelp32Snapshot(TH32CS_SNAPPROCESS, 0);

    for (BOOL more = Process32First(snapshot, &entry); more; more = Process32Next(snapshot, &entry))
        printf("%s %s\n", entry.szExeFile, has_shim(entry.th32ProcessID));
    CloseHandle(snapshot);
    return 0;
}

static void write_down(const char *who, const char *file_name)
{
    FILE *file = fopen(file_name, "a");

    if (!file)
        return;
    fprintf(file, "%s: shim %s, READ KEYS %lu\n", who, has_shim(GetCurrentProcessId()),
            read_keys());
    fclose(file);
}

static void run_child(const char *file_name)
{
    char path[MAX_PATH], line[2 * MAX_PATH];
    STARTUPINFOA startup = {.cb = sizeof(startup)};
    PROCESS_INFORMATION process;

    GetModuleFileNameA(NULL, path, sizeof(path));
    snprintf(line, sizeof(line), "witness child \"%s\"", file_name);
    if (!CreateProcessA(path, line, NULL, NULL, FALSE, DETACHED_PROCESS, NULL, NULL, &startup,
                        &process))
        return;
    WaitForSingleObject(process.hProcess, 60 * 1000);
    CloseHandle(process.hThread);
    CloseHandle(process.hProcess);
}

static void WINAPI take_order(DWORD order)
{
    (void)order;
}

static void set_state(DWORD state)
{
    SERVICE_STATUS status = {.dwServiceType = SERVICE_WIN32_OWN_PROCESS, .dwCurrentState = state};

    SetServiceStatus(status_handle, &status);
}

static void WINAPI serve(DWORD argc, char **argv)
{
    (void)argc;
    (void)argv;
    status_handle = RegisterServiceCtrlHandlerA(name, take_order);
    set_state(SERVICE_RUNNING);
    set_state(SERVICE_STOPPED);
}

int main(int argc, char **argv)
{
    static const SERVICE_TABLE_ENTRYA services[] = {{name, serve}, {NULL, NULL}};

    if (argc == 2)
        return list_carriers();
    if (argc != 3)
        return 2;
    write_down(argv[1], argv[2]);
    if (strcmp(argv[1], "service") != 0)
        return 0;
    run_child(argv[2]);
    return StartServiceCtrlDispatcherA(services) ? 0 : 1;
}
