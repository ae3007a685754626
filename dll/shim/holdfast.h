/* What holdfast.dll offers to holdfast.exe and to anybody who wants to know whether the shim is
 * active. Everything else in the DLL happens by its being loaded. */
#ifndef HOLDFAST_SHIM_HOLDFAST_H
#define HOLDFAST_SHIM_HOLDFAST_H

#include <stdint.h>
#include <windows.h>

struct holdfast_status {
    uint32_t size;       /* in: sizeof(struct holdfast_status) */
    int32_t unix_status; /* NTSTATUS of loading holdfast.so; 0: it serves */
    const char *version; /* of Holdfast */
    const char *wine;    /* Wine's version, or NULL off Wine */
    const char *hook;    /* "hot patch", "import slot" or "none" */
    const char *problem; /* what is wrong and what to do about it, or NULL */
};

/* Fills `status`; the strings are constants. FALSE with ERROR_INVALID_PARAMETER for a size that
 * this DLL does not know. */
BOOL WINAPI holdfast_get_status(struct holdfast_status *status);
typedef BOOL(WINAPI *holdfast_get_status_function)(struct holdfast_status *);

/* Loads this DLL into `process`, which may still be suspended before its first instruction, and
 * returns when its DllMain has run. Doing it twice is harmless. FALSE with the last error. */
BOOL WINAPI holdfast_inject(HANDLE process);
typedef BOOL(WINAPI *holdfast_inject_function)(HANDLE);

#endif
