#include "keys.h"

#include <string.h>
#include <windows.h>

/* RtlGenRandom, which advapi32 exports by this name since Windows XP. */
typedef BOOLEAN(APIENTRY *generate_random)(void *buffer, ULONG length);

bool keys_make_base(uint64_t *base)
{
    HMODULE advapi32 = LoadLibraryA("advapi32.dll");
    const FARPROC found = advapi32 ? GetProcAddress(advapi32, "SystemFunction036") : NULL;
    generate_random generate;
    uint32_t random = 0;

    /* No cast between such pointers is without a warning everywhere. */
    memcpy(&generate, &found, sizeof(generate));
    if (!found || !generate(&random, sizeof(random)))
        return false;
    *base = (uint64_t)KEY_MARK << KEY_MARK_SHIFT | (uint64_t)random << 16;
    return true;
}
