#include "patch.h"

#include <string.h>

enum { PATCHES = 32, PATCH_MAX = 8 };

/* Only used under the loader lock. */
static struct patch {
    void *place;
    size_t size;
    BYTE before[PATCH_MAX];
} patches[PATCHES];
static size_t patch_count;

static void store(void *place, const void *bytes, size_t size)
{
    LONG64 word = 0;

    memcpy(&word, bytes, size);
    if (size == sizeof(LONG64))
        InterlockedExchange64(place, word);
    else if (size == sizeof(LONG))
        InterlockedExchange(place, (LONG)word);
    else if (size == sizeof(SHORT))
        *(volatile SHORT *)place = (SHORT)word;
    else
        memcpy(place, bytes, size);
}

/* The page can be run, read and written meanwhile, so that nobody stumbles. */
static BOOL store_protected(void *place, const void *bytes, size_t size)
{
    DWORD protection;

    if (!VirtualProtect(place, size, PAGE_EXECUTE_READWRITE, &protection))
        return FALSE;
    store(place, bytes, size);
    VirtualProtect(place, size, protection, &protection);
    FlushInstructionCache(GetCurrentProcess(), place, size);
    return TRUE;
}

BOOL patch_write(void *place, const void *bytes, size_t size)
{
    struct patch *patch = &patches[patch_count];

    if (patch_count == PATCHES)
        return FALSE;
    patch->place = place;
    patch->size = size;
    memcpy(patch->before, place, size);
    if (!store_protected(place, bytes, size))
        return FALSE;
    patch_count++;
    return TRUE;
}

void patch_take_back(void)
{
    while (patch_count) {
        const struct patch *patch = &patches[--patch_count];

        store_protected(patch->place, patch->before, patch->size);
    }
}
