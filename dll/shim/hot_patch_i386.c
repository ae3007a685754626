#include "hook.h"

#include <stdint.h>
#include <string.h>

/* DECLSPEC_HOTPATCH on i386, Windows' own since XP: at least five bytes of padding, then
 * mov %edi,%edi, whose two bytes do nothing and lie at an even address. */
enum { PADDING_SIZE = 5, ENTRY_SIZE = 2, PATCH_SIZE = PADDING_SIZE + ENTRY_SIZE };
static const uint8_t prologue[] = {0x8b, 0xff, 0x55, 0x8b, 0xec};
/* A jump back to the start of the padding. */
static const uint8_t jump_back[ENTRY_SIZE] = {0xeb, 0x100 - PATCH_SIZE};

static BOOL is_patchable(const uint8_t *function)
{
    if ((uintptr_t)function % ENTRY_SIZE || memcmp(function, prologue, sizeof(prologue)) != 0)
        return FALSE;
    for (const uint8_t *padding = function - PADDING_SIZE; padding < function; padding++)
        if (*padding != 0xcc && *padding != 0x90)
            return FALSE;
    return TRUE;
}

/* jmp, which reaches all of a 32-bit address space. */
static void write_jump(uint8_t *at, const void *to)
{
    const int32_t distance = (int32_t)((uintptr_t)to - (uintptr_t)(at + PADDING_SIZE));

    at[0] = 0xe9;
    memcpy(at + 1, &distance, sizeof(distance));
}

/* Another thread may be about to enter the function: it sees the old two bytes or the new ones,
 * because an aligned two-byte store cannot be seen half done. Who is past them stays in the
 * original. */
BOOL hook_by_hot_patch(const char *name, void *to, void **original)
{
    uint8_t *function =
        (uint8_t *)(void *)GetProcAddress(GetModuleHandleW(L"kernelbase.dll"), name);
    uint16_t code;
    DWORD protection;

    if (!function || !is_patchable(function))
        return FALSE;
    if (!VirtualProtect(function - PADDING_SIZE, PATCH_SIZE, PAGE_EXECUTE_READWRITE, &protection))
        return FALSE;
    *original = function + ENTRY_SIZE;
    write_jump(function - PADDING_SIZE, to);
    memcpy(&code, jump_back, sizeof(code));
    __atomic_store_n((uint16_t *)(void *)function, code, __ATOMIC_SEQ_CST);
    VirtualProtect(function - PADDING_SIZE, PATCH_SIZE, protection, &protection);
    FlushInstructionCache(GetCurrentProcess(), function - PADDING_SIZE, PATCH_SIZE);
    return TRUE;
}
