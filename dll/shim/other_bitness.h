/* Children of the other bitness: a 32-bit program that a 64-bit one starts, and the other way
 * round. */
#ifndef HOLDFAST_SHIM_OTHER_BITNESS_H
#define HOLDFAST_SHIM_OTHER_BITNESS_H

#include <windows.h>

/* CreateProcessInternalW without the hook. */
typedef BOOL(WINAPI *create_process_function)(HANDLE, const WCHAR *, WCHAR *, SECURITY_ATTRIBUTES *,
                                              SECURITY_ATTRIBUTES *, BOOL, DWORD, void *,
                                              const WCHAR *, STARTUPINFOW *, PROCESS_INFORMATION *,
                                              HANDLE *);

/* Has holdfast-loader.exe of the child's bitness put its shim into the suspended `child`;
 * `own_path` is that of our DLL. Returns 0, or a Windows error: then the child is as it was. */
DWORD other_bitness_load(create_process_function create, const WCHAR *own_path,
                         const PROCESS_INFORMATION *child);

#endif
