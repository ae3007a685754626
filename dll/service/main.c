/* holdfast-service.exe: the service that `holdfast install` enters into a prefix. services.exe
 * starts it before all others and waits until it connects, and by then Holdfast is in services.exe.
 * It ends soon after. Whatever fails here, the prefix goes on booting; the event log says what. */
#include "../command/errors.h"
#include "carry.h"

#include <stdbool.h>
#include <stdio.h>
#include <wchar.h>
#include <windows.h>

enum { CHECK_TIMEOUT_MS = 60 * 1000, PATH_MAX_WIDE = 1024 };

static wchar_t service_name[] = L"Holdfast";
static SERVICE_STATUS_HANDLE status_handle;
static const char *problem;
static DWORD problem_error;

/* Wine prints what is reported as an error among its own messages ("err:eventlog"). */
static void report(const char *what, DWORD error)
{
    wchar_t text[512];
    const wchar_t *strings[] = {text};
    HANDLE log = RegisterEventSourceW(NULL, service_name);

    _snwprintf(text, sizeof(text) / sizeof(text[0]),
               L"Holdfast: services of this prefix run without it: %hs (Windows error %lu)", what,
               error);
    text[sizeof(text) / sizeof(text[0]) - 1] = 0;
    if (!log)
        return;
    ReportEventW(log, EVENTLOG_ERROR_TYPE, 0, 1, NULL, 1, 0, strings, NULL);
    DeregisterEventSource(log);
}

static void set_state(DWORD state, DWORD error)
{
    SERVICE_STATUS status = {
        .dwServiceType = SERVICE_WIN32_OWN_PROCESS,
        .dwCurrentState = state,
        .dwWin32ExitCode = error,
    };

    SetServiceStatus(status_handle, &status);
}

/* A service that does not need long takes no orders. */
static void WINAPI take_order(DWORD order)
{
    (void)order;
}

/* The answer is the exit code; what is printed goes nowhere, but has to go. */
static bool start_status(wchar_t *path, PROCESS_INFORMATION *process)
{
    SECURITY_ATTRIBUTES inherited = {.nLength = sizeof(inherited), .bInheritHandle = TRUE};
    wchar_t line[] = L"holdfast status";
    HANDLE nowhere =
        CreateFileW(L"NUL", GENERIC_READ | GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_WRITE,
                    &inherited, OPEN_EXISTING, 0, NULL);
    STARTUPINFOW startup = {
        .cb = sizeof(startup),
        .dwFlags = STARTF_USESTDHANDLES,
        .hStdInput = nowhere,
        .hStdOutput = nowhere,
        .hStdError = nowhere,
    };
    const bool started = CreateProcessW(path, line, NULL, NULL, TRUE, DETACHED_PROCESS, NULL, NULL,
                                        &startup, process);
    const DWORD error = GetLastError();

    if (nowhere != INVALID_HANDLE_VALUE)
        CloseHandle(nowhere);
    SetLastError(error);
    return started;
}

/* Asks holdfast.exe, which sees what services will see: whether the shim can serve there. */
static const char *check(DWORD *error)
{
    static const wchar_t program[] = L"holdfast.exe";
    wchar_t path[PATH_MAX_WIDE];
    PROCESS_INFORMATION process;
    DWORD length = GetModuleFileNameW(NULL, path, PATH_MAX_WIDE);
    DWORD code = EXIT_OTHER;

    while (length && path[length - 1] != L'\\')
        length--;
    if (length + sizeof(program) / sizeof(program[0]) > PATH_MAX_WIDE)
        return "its path is too long";
    wcscpy(path + length, program);
    carry_lead_children();
    if (!start_status(path, &process)) {
        *error = GetLastError();
        return "holdfast.exe could not be started";
    }
    WaitForSingleObject(process.hProcess, CHECK_TIMEOUT_MS);
    GetExitCodeProcess(process.hProcess, &code);
    CloseHandle(process.hThread);
    CloseHandle(process.hProcess);
    return code == EXIT_DONE ? NULL : "the shim cannot serve there; 'holdfast status' may say why";
}

static void WINAPI serve(DWORD argc, wchar_t **argv)
{
    (void)argc;
    (void)argv;
    status_handle = RegisterServiceCtrlHandlerW(service_name, take_order);
    if (!problem) {
        /* Now the next service is started. The check is made meanwhile: it changes nothing. */
        set_state(SERVICE_RUNNING, NO_ERROR);
        problem = check(&problem_error);
    }
    if (problem)
        report(problem, problem_error);
    set_state(SERVICE_STOPPED, problem ? ERROR_SERVICE_SPECIFIC_ERROR : NO_ERROR);
}

/* The compiler knows main, and not this one. */
int wmain(int argc, wchar_t **argv);

int wmain(int argc, wchar_t **argv)
{
    static const SERVICE_TABLE_ENTRYW services[] = {{service_name, serve}, {NULL, NULL}};

    (void)argc;
    (void)argv;
    problem = carry_into_services(&problem_error);
    if (StartServiceCtrlDispatcherW(services))
        return EXIT_DONE;
    fputs("holdfast-service.exe is for services.exe to start: see 'holdfast help install'\n",
          stderr);
    return EXIT_USAGE;
}
