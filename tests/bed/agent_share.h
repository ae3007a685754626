/* Further doors to a handle's disk: copies of it, here and in other processes, and a mapping. */
#ifndef TESTS_BED_AGENT_SHARE_H
#define TESTS_BED_AGENT_SHARE_H

#include <stdbool.h>
#include <windows.h>

/* NULL: see GetLastError. The second's handle is of the other process. */
HANDLE agent_share_duplicate(HANDLE handle);
HANDLE agent_share_give(HANDLE handle, DWORD process_id);

/* A child process that inherits the handle writes one sector with this stamp at this offset by it;
 * *error is what it got, 0 for none. False where there is no such child. */
bool agent_share_inherit(HANDLE handle, DWORD offset, DWORD stamp, DWORD *error);

/* The child's main. */
int agent_share_child(int argc, char **argv);

/* Maps the first `length` bytes to read; *word is the first of them. False: see GetLastError. */
bool agent_share_map(HANDLE handle, DWORD length, DWORD *word);

#endif
