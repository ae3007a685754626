#include "guarded.h"

#include <windows.h>

/* The last address that a program's own memory may have. What Linux has mapped beyond it, the first
 * thread's Linux stack in a 32-bit process, is no more the program's than the kernel's half is on
 * Windows. Two threads may both ask, and hear the same. */
static uintptr_t last_address(void)
{
    static _Atomic uintptr_t last;
    uintptr_t known = last;
    SYSTEM_INFO system;

    if (known)
        return known;
    GetSystemInfo(&system);
    known = (uintptr_t)system.lpMaximumApplicationAddress;
    last = known;
    return known;
}

bool guarded_probe(const void *address, uint32_t length, bool write)
{
    const uintptr_t from = (uintptr_t)address;

    if (length == 0)
        return true;
    return from + length > from && from + length - 1 <= last_address() &&
           holdfast_guarded_touch_(address, (const void *)(from + length), write) == 0;
}
