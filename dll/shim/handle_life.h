/* What is kept of a handle from its beginning to its end, wherever these are seen: handles.c sees
 * them at ntdll's system calls, dll/appcompat at kernel32's functions. */
#ifndef HOLDFAST_SHIM_HANDLE_LIFE_H
#define HOLDFAST_SHIM_HANDLE_LIFE_H

#include <windows.h>
#include <winternl.h>

typedef NTSTATUS(NTAPI *handle_close_function)(HANDLE);
typedef NTSTATUS(NTAPI *handle_duplicate_function)(HANDLE, HANDLE, HANDLE, HANDLE *, ACCESS_MASK,
                                                   ULONG, ULONG);

/* What really closes and duplicates; set before the first call. */
extern handle_close_function handle_life_original_close;
extern handle_duplicate_function handle_life_original_duplicate;

/* A value that has just been given out: whatever was known of it was of another handle, whose end
 * was not seen, because another process brought it about or somebody who is not watched. */
void handle_life_begin(HANDLE handle);

/* NtClose and NtDuplicateObject. */
NTSTATUS NTAPI handle_life_close(HANDLE handle);
NTSTATUS NTAPI handle_life_duplicate(HANDLE source_process, HANDLE source, HANDLE target_process,
                                     HANDLE *target, ACCESS_MASK access, ULONG attributes,
                                     ULONG options);

#endif
