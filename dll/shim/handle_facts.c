#include "handle_facts.h"

#include "../reservation/nt_status.h"

/* ntifs.h and wdm.h */
enum {
    OBJECT_BASIC_INFORMATION_CLASS = 0,
    OBJECT_NAME_INFORMATION_CLASS = 1,
    FILE_MODE_INFORMATION_CLASS = 16,
    FILE_COMPLETION_INFORMATION_CLASS = 30,
    FILE_SYNCHRONOUS_IO = 0x10 | 0x20, /* _ALERT and _NONALERT */
};

struct basic_information {
    ULONG attributes;
    ACCESS_MASK granted_access;
    ULONG others[12];
};
_Static_assert(sizeof(struct basic_information) == 56, "OBJECT_BASIC_INFORMATION");

bool handle_name(void *handle, struct handle_name *name)
{
    ULONG needed;

    return NT_SUCCESS(NtQueryObject(handle, (OBJECT_INFORMATION_CLASS)OBJECT_NAME_INFORMATION_CLASS,
                                    name, sizeof(*name), &needed)) &&
           name->string.Length > 0;
}

uint32_t handle_granted_access(void *handle)
{
    struct basic_information basic = {0};
    ULONG needed;

    NtQueryObject(handle, (OBJECT_INFORMATION_CLASS)OBJECT_BASIC_INFORMATION_CLASS, &basic,
                  sizeof(basic), &needed);
    return basic.granted_access & (FILE_READ_DATA | FILE_WRITE_DATA);
}

bool handle_is_overlapped(void *handle)
{
    ULONG mode = FILE_SYNCHRONOUS_IO;
    IO_STATUS_BLOCK io;

    NtQueryInformationFile(handle, &io, &mode, sizeof(mode),
                           (FILE_INFORMATION_CLASS)FILE_MODE_INFORMATION_CLASS);
    return !(mode & FILE_SYNCHRONOUS_IO);
}

/* A file can be bound once, and that is looked at before the port is. So the answer comes from an
 * attempt that cannot succeed, since what it names is no port: the file itself. Source: ReactOS
 * ntoskrnl/io/iomgr/iofunc.c NtSetInformationFile; Wine server/fd.c set_completion_info. */
bool handle_has_port(void *handle)
{
    struct {
        HANDLE port;
        PVOID key;
    } completion = {handle, NULL};
    IO_STATUS_BLOCK io;

    return NtSetInformationFile(handle, &io, &completion, sizeof(completion),
                                (FILE_INFORMATION_CLASS)FILE_COMPLETION_INFORMATION_CLASS) ==
           NT_STATUS_INVALID_PARAMETER;
}
