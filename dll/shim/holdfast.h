/* What holdfast.dll offers to holdfast.exe and to anybody who wants to know whether the shim is
 * active. Everything else in the DLL happens by its being loaded. */
#ifndef HOLDFAST_SHIM_HOLDFAST_H
#define HOLDFAST_SHIM_HOLDFAST_H

#include <stdint.h>
#include <windows.h>

struct holdfast_status {
    uint32_t size;             /* in: sizeof(struct holdfast_status) */
    int32_t unix_status;       /* NTSTATUS of loading holdfast.so; 0: it is there */
    uint32_t follows_children; /* 1: processes that this one starts will carry the shim */
    const char *version;       /* of Holdfast */
    const char *wine;          /* Wine's version, or NULL off Wine */
    const char *hook;          /* "hot patch", "import slot" or "none" */
    const char *transport;     /* the way to the disks: "unix", "spti" or "none" */
    const char *problem;       /* what is wrong and what to do about it, or NULL */
};

/* Fills `status`; the strings are constants. FALSE with ERROR_INVALID_PARAMETER for a size that
 * this DLL does not know. */
BOOL WINAPI holdfast_get_status(struct holdfast_status *status);
typedef BOOL(WINAPI *holdfast_get_status_function)(struct holdfast_status *);

/* Why the child that this process has started last was not given the shim and what to do about it,
 * or NULL: it was. For who starts one child at a time. */
const char *WINAPI holdfast_child_problem(void);
typedef const char *(WINAPI *holdfast_child_problem_function)(void);

/* A process that carries the shim and follows its children loads the DLL into each of them. Who
 * wants to know that a child has it makes an event of this name, with the child's process id,
 * before the child runs: the DLL sets it when it serves there. */
#define HOLDFAST_LOADED_EVENT L"holdfast-loaded-%lu"

/* Why a 32-bit program has no shim, or does not start at all (Wine 10), under a 64-bit Wine. */
#define HOLDFAST_NO_32_BIT_WINE                                                               \
    "it is a 32-bit program, and this Wine runs only 64-bit ones: install wine32 (on Debian " \
    "wine32:i386), then bring the prefix up to date with 'wineboot -u'"

#endif
