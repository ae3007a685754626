/* One raw read or write with everything around it that must not change made visible. */
#ifndef TESTS_BED_AGENT_RAW_H
#define TESTS_BED_AGENT_RAW_H

#include <stdbool.h>
#include <windows.h>

enum { AGENT_RAW_MAX = 3 * 1024 * 1024 };
#define AGENT_RAW_NO_SEEK UINT64_MAX

struct agent_raw {
    HANDLE handle;
    bool is_write;
    ULONGLONG offset; /* bytes; AGENT_RAW_NO_SEEK: the file pointer stays where it is */
    DWORD length;     /* bytes */
    DWORD shift;      /* of the buffer's address from a page's beginning */
    DWORD stamp;      /* of what is written; raw_pattern.h */
};

/* By its name:
 *   pointer   without an OVERLAPPED; `offset` is sought first
 *   at        with an OVERLAPPED without an event
 *   event     with an OVERLAPPED whose event is set beforehand
 *   port      the handle is tied to a completion port
 *   apc       ReadFileEx, WriteFileEx
 *   segments  ReadFileScatter, WriteFileGather, the pages in descending order; with an event
 * Prints, in hex: "done RETURN LASTERROR BYTES FINAL FINALERROR FINALBYTES INTERNAL INTERNALHIGH
 * TOLD STAMP STRAY POINTER": the return value, the last error, the number of bytes; what the
 * event's, the port's or the routine's end then says; the OVERLAPPED's two status words; how often
 * the caller was told; the stamp of what was read; 1 where a byte of the buffer or around it has
 * changed that must not; and the file pointer. False: there is no such way. */
bool agent_raw_run(const struct agent_raw *raw, const char *way);

#endif
