#include "running_services.h"

#include "../service/carry.h"
#include "wide.h"

#include <stdbool.h>
#include <stdlib.h>
#include <windows.h>

/* The path of a service's program, as it stands in the registry. */
static bool is_wines_own(SC_HANDLE manager, const wchar_t *name)
{
    union {
        QUERY_SERVICE_CONFIGW config;
        BYTE bytes[8192]; /* the most there can be, says QueryServiceConfigW */
    } answer;
    wchar_t system[MAX_PATH];
    const UINT length = GetSystemDirectoryW(system, MAX_PATH);
    DWORD needed;
    bool own = false;
    SC_HANDLE service = OpenServiceW(manager, name, SERVICE_QUERY_CONFIG);

    if (service && length && length < MAX_PATH &&
        QueryServiceConfigW(service, &answer.config, sizeof(answer), &needed)) {
        const wchar_t *path = answer.config.lpBinaryPathName;
        path += *path == L'"';
        own = CompareStringOrdinal(path, (int)min(wcslen(path), length), system, (int)length,
                                   TRUE) == CSTR_EQUAL;
    }
    if (service)
        CloseServiceHandle(service);
    return own;
}

static void add_name(struct text *names, const wchar_t *name)
{
    char *utf8 = utf8_from_wide(name);

    if (utf8)
        text_add(names, "%s%s", names->length ? ", " : "", utf8);
    free(utf8);
}

static void add_all(SC_HANDLE manager, const ENUM_SERVICE_STATUS_PROCESSW *services, DWORD count,
                    struct text *names)
{
    for (DWORD i = 0; i < count; i++)
        if (!is_wines_own(manager, services[i].lpServiceName) &&
            !carry_is_in(services[i].ServiceStatusProcess.dwProcessId))
            add_name(names, services[i].lpServiceName);
}

void running_services_without_shim(struct text *names)
{
    enum { ROOM = 256 * 1024 }; /* the most that one call gives */
    SC_HANDLE manager = OpenSCManagerW(NULL, NULL, SC_MANAGER_ENUMERATE_SERVICE);
    BYTE *services = malloc(ROOM);
    DWORD needed, count, resume = 0;

    if (manager && services &&
        EnumServicesStatusExW(manager, SC_ENUM_PROCESS_INFO, SERVICE_WIN32, SERVICE_ACTIVE,
                              services, ROOM, &needed, &count, &resume, NULL))
        add_all(manager, (const ENUM_SERVICE_STATUS_PROCESSW *)(const void *)services, count,
                names);
    free(services);
    if (manager)
        CloseServiceHandle(manager);
}
