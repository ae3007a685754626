/* The threads of fencing_agent.c: WRITERS that write stamps into a region each, and one that reads.
 */
#ifndef TESTS_FENCING_AGENT_THREADS_H
#define TESTS_FENCING_AGENT_THREADS_H

#include <stdbool.h>
#include <stdint.h>
#include <windows.h>

/* The key that stamps bear from now on. */
extern volatile LONG64 threads_key;

uint64_t threads_now(void);

/* A read or write of whole sectors, waited for; `file` was opened with FILE_FLAG_OVERLAPPED where
 * `event` is not NULL. Returns Windows' error; a short transfer is ERROR_HANDLE_EOF. */
DWORD threads_transfer(HANDLE file, HANDLE event, bool is_write, void *buffer, uint32_t first,
                       uint32_t count);

HANDLE threads_open(DWORD flags);

/* Node is 0 or 1. False where a thread or a handle could not be had. */
bool threads_start(uint32_t node, uint64_t seed);

/* Ends the threads and writes what they remember to a file; false where that fails. */
bool threads_stop(const char *path);

#endif
