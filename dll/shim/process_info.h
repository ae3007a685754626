/* What holdfast.dll says of itself to who looks at its process from outside: a section ".hfinfo" of
 * the DLL that begins with this structure. `holdfast status` reads it out of /proc/PID/mem. */
#ifndef HOLDFAST_SHIM_PROCESS_INFO_H
#define HOLDFAST_SHIM_PROCESS_INFO_H

#include <stdint.h>

#define HOLDFAST_PROCESS_INFO_MAGIC   "Holdfast process"
#define HOLDFAST_PROCESS_INFO_SECTION ".hfinfo"

struct holdfast_process_info {
    char magic[20];
    uint32_t size;        /* of this structure */
    uint32_t windows_pid; /* 0: not filled yet */
    uint32_t parent_pid;  /* Windows' id of the process that started this one */
    int32_t unix_status;  /* NTSTATUS of loading holdfast.so; 0: it is there */
    uint32_t trace_level; /* enum trace_level */
    uint64_t since;       /* FILETIME, 100 ns from 1601 on */
    /* Each ends with a 0, and is "" for none. UTF-8. */
    char version[16];
    char wine[32];
    char hook[24];
    char transport[16]; /* the way to the disks, "none" where it does not serve */
    char program[520];
    char trace[520];
    char problem[256];
};

_Static_assert(sizeof(struct holdfast_process_info) == 1432, "the same on both sides");

#endif
