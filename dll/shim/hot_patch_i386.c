#include "hook.h"

#include "patch.h"
#include <stdint.h>
#include <string.h>

/* DECLSPEC_HOTPATCH on i386, Windows' own since XP: at least five bytes of padding, then
 * mov %edi,%edi, whose two bytes do nothing and lie at an even address. */
enum { PADDING_SIZE = 5, ENTRY_SIZE = 2 };
static const uint8_t prologue[] = {0x8b, 0xff, 0x55, 0x8b, 0xec};
/* A jump back to the start of the padding. */
static const uint8_t jump_back[ENTRY_SIZE] = {0xeb, 0x100 - PADDING_SIZE - ENTRY_SIZE};

static BOOL is_patchable(const uint8_t *function)
{
    if ((uintptr_t)function % ENTRY_SIZE || memcmp(function, prologue, sizeof(prologue)) != 0)
        return FALSE;
    for (const uint8_t *padding = function - PADDING_SIZE; padding < function; padding++)
        if (*padding != 0xcc && *padding != 0x90)
            return FALSE;
    return TRUE;
}

/* jmp, which reaches all of a 32-bit address space; no thread runs what it replaces. */
static BOOL write_jump(uint8_t *at, const void *to)
{
    const int32_t distance = (int32_t)((uintptr_t)to - (uintptr_t)(at + PADDING_SIZE));
    uint8_t jump[PADDING_SIZE] = {0xe9};

    memcpy(jump + 1, &distance, sizeof(distance));
    return patch_write(at, jump, sizeof(jump));
}

/* Another thread may be about to enter the function: it sees the old two bytes or the new ones,
 * because an aligned two-byte store cannot be seen half done. Who is past them stays in the
 * original. */
BOOL hook_by_hot_patch(const char *name, void *to, void **original)
{
    uint8_t *function =
        (uint8_t *)(void *)GetProcAddress(GetModuleHandleW(L"kernelbase.dll"), name);

    if (!function || !is_patchable(function))
        return FALSE;
    *original = function + ENTRY_SIZE;
    return write_jump(function - PADDING_SIZE, to) &&
           patch_write(function, jump_back, sizeof(jump_back));
}
