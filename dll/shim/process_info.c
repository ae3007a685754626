#include "process_info.h"

#include "hook.h"
#include "process_info_fill.h"
#include "side.h"
#include "trace.h"
#include "trace_file.h"
#include "unix_side.h"
#include <stdio.h>
#include <winternl.h>

__attribute__((section(HOLDFAST_PROCESS_INFO_SECTION),
               used)) struct holdfast_process_info holdfast_process_info = {
    .magic = HOLDFAST_PROCESS_INFO_MAGIC,
    .size = sizeof(struct holdfast_process_info),
    .version = HOLDFAST_VERSION,
};

static uint32_t parent_pid(void)
{
    PROCESS_BASIC_INFORMATION information;

    if (!NT_SUCCESS(NtQueryInformationProcess(GetCurrentProcess(), ProcessBasicInformation,
                                              &information, sizeof(information), NULL)))
        return 0;
    return (uint32_t)(ULONG_PTR)information.InheritedFromUniqueProcessId;
}

#define SET(member, text)                                                              \
    snprintf(holdfast_process_info.member, sizeof(holdfast_process_info.member), "%s", \
             (text) ? (text) : "")

void process_info_fill(const char *problem)
{
    FILETIME now;

    GetSystemTimeAsFileTime(&now);
    holdfast_process_info.since = (uint64_t)now.dwHighDateTime << 32 | now.dwLowDateTime;
    holdfast_process_info.parent_pid = parent_pid();
    holdfast_process_info.unix_status = unix_side_status();
    holdfast_process_info.trace_level = trace_level;
    SET(wine, side_wine_version());
    SET(hook, hook_method());
    SET(transport, disk_side ? disk_side->name : "none");
    SET(trace, trace_file_name());
    SET(problem, problem);
    trace_file_program(holdfast_process_info.program, sizeof(holdfast_process_info.program));
    holdfast_process_info.windows_pid = GetCurrentProcessId();
}
