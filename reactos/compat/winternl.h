/* What the shim uses of <winternl.h>. ReactOS refuses its own to the modules of its tree
 * (sdk/include/psdk/winternl.h) and wants its NDK there, which not every version lets stand beside
 * <windows.h>. Layouts are Windows', asserted where a 32-bit and a 64-bit one differ. */
#ifndef HOLDFAST_COMPAT_WINTERNL_H
#define HOLDFAST_COMPAT_WINTERNL_H

#include <windows.h>

typedef LONG NTSTATUS;

#define NT_SUCCESS(status) ((NTSTATUS)(status) >= 0)
#define NT_ERROR(status)   ((ULONG)(status) >> 30 == 3)

#ifndef OBJ_CASE_INSENSITIVE
#define OBJ_CASE_INSENSITIVE 0x00000040L
#endif

typedef struct _UNICODE_STRING {
    USHORT Length;
    USHORT MaximumLength;
    PWSTR Buffer;
} UNICODE_STRING, *PUNICODE_STRING;

typedef struct _OBJECT_ATTRIBUTES {
    ULONG Length;
    HANDLE RootDirectory;
    PUNICODE_STRING ObjectName;
    ULONG Attributes;
    PVOID SecurityDescriptor;
    PVOID SecurityQualityOfService;
} OBJECT_ATTRIBUTES, *POBJECT_ATTRIBUTES;

#undef InitializeObjectAttributes
#define InitializeObjectAttributes(object, name, flags, root, security) \
    (*(object) = (OBJECT_ATTRIBUTES){sizeof(OBJECT_ATTRIBUTES), root, name, flags, security, NULL})

typedef struct _IO_STATUS_BLOCK {
    union {
        NTSTATUS Status;
        PVOID Pointer;
    };
    ULONG_PTR Information;
} IO_STATUS_BLOCK, *PIO_STATUS_BLOCK;

typedef VOID(NTAPI *PIO_APC_ROUTINE)(PVOID context, PIO_STATUS_BLOCK status, ULONG reserved);

typedef enum _FILE_INFORMATION_CLASS { FileDirectoryInformation = 1 } FILE_INFORMATION_CLASS;

typedef enum _OBJECT_INFORMATION_CLASS { ObjectBasicInformation = 0 } OBJECT_INFORMATION_CLASS;

typedef enum _PROCESSINFOCLASS { ProcessBasicInformation = 0 } PROCESSINFOCLASS;

typedef struct _PROCESS_BASIC_INFORMATION {
    NTSTATUS ExitStatus;
    PVOID PebBaseAddress;
    ULONG_PTR AffinityMask;
    LONG BasePriority;
    ULONG_PTR UniqueProcessId;
    ULONG_PTR InheritedFromUniqueProcessId;
} PROCESS_BASIC_INFORMATION, *PPROCESS_BASIC_INFORMATION;
_Static_assert(sizeof(PROCESS_BASIC_INFORMATION) == 6 * sizeof(void *),
               "PROCESS_BASIC_INFORMATION");

NTSYSAPI NTSTATUS NTAPI NtClose(HANDLE handle);
NTSYSAPI NTSTATUS NTAPI NtQueryInformationProcess(HANDLE process, PROCESSINFOCLASS what, PVOID into,
                                                  ULONG size, PULONG needed);
NTSYSAPI NTSTATUS NTAPI NtQueryInformationFile(HANDLE file, PIO_STATUS_BLOCK status, PVOID into,
                                               ULONG size, FILE_INFORMATION_CLASS what);
NTSYSAPI NTSTATUS NTAPI NtSetInformationFile(HANDLE file, PIO_STATUS_BLOCK status, PVOID from,
                                             ULONG size, FILE_INFORMATION_CLASS what);
NTSYSAPI NTSTATUS NTAPI NtDeviceIoControlFile(HANDLE file, HANDLE event, PIO_APC_ROUTINE routine,
                                              PVOID context, PIO_STATUS_BLOCK status, ULONG code,
                                              PVOID in, ULONG in_size, PVOID out, ULONG out_size);
NTSYSAPI NTSTATUS NTAPI NtWaitForSingleObject(HANDLE handle, BOOLEAN alertable,
                                              PLARGE_INTEGER timeout);
NTSYSAPI NTSTATUS NTAPI NtQueryObject(HANDLE handle, OBJECT_INFORMATION_CLASS what, PVOID into,
                                      ULONG size, PULONG needed);
NTSYSAPI ULONG NTAPI RtlNtStatusToDosError(NTSTATUS status);

#endif
