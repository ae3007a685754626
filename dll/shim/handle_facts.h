/* What the system tells of a handle. By ntdll's own doors: they leave the last error alone. */
#ifndef HOLDFAST_SHIM_HANDLE_FACTS_H
#define HOLDFAST_SHIM_HANDLE_FACTS_H

#include <stdbool.h>
#include <stdint.h>
#include <windows.h>
#include <winternl.h>

enum { HANDLE_NAME_MAX = 256 };

/* The object's name; its text follows the string within the same memory. */
struct handle_name {
    UNICODE_STRING string;
    WCHAR text[HANDLE_NAME_MAX];
};

/* False where it has none, or a longer one. */
bool handle_name(void *handle, struct handle_name *name);

/* FILE_READ_DATA and FILE_WRITE_DATA, as the handle grants them. */
uint32_t handle_granted_access(void *handle);

/* Whether it was opened with FILE_FLAG_OVERLAPPED. */
bool handle_is_overlapped(void *handle);

/* Whether the file is bound to a completion port, by whomever. Which one nobody tells. */
bool handle_has_port(void *handle);

#endif
