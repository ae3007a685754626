#include "hook.h"

#include "patch.h"
#include <stdint.h>
#include <string.h>

/* DECLSPEC_HOTPATCH on x86-64, as MinGW compiles Wine: at least eight bytes of padding, then one
 * eight-byte instruction, lea 0(%rsp),%rsp, at an eight-byte boundary. */
enum { PROLOGUE_SIZE = 8 };
static const uint8_t prologue[PROLOGUE_SIZE] = {0x48, 0x8d, 0xa4, 0x24, 0, 0, 0, 0};
/* jmp *-14(%rip): through the address that now fills the padding; two nops fill up. */
static const uint8_t jump[PROLOGUE_SIZE] = {0xff, 0x25, 0xf2, 0xff, 0xff, 0xff, 0x90, 0x90};

static BOOL is_patchable(const uint8_t *function)
{
    if ((uintptr_t)function % PROLOGUE_SIZE || memcmp(function, prologue, PROLOGUE_SIZE) != 0)
        return FALSE;
    for (const uint8_t *padding = function - PROLOGUE_SIZE; padding < function; padding++)
        if (*padding != 0xcc && *padding != 0x90)
            return FALSE;
    return TRUE;
}

/* Another thread may be about to enter the function: it sees the old eight bytes or the new ones,
 * because an aligned eight-byte store cannot be seen half done. */
BOOL hook_by_hot_patch(const char *name, void *to, void **original)
{
    uint8_t *function =
        (uint8_t *)(void *)GetProcAddress(GetModuleHandleW(L"kernelbase.dll"), name);

    if (!function || !is_patchable(function))
        return FALSE;
    *original = function + PROLOGUE_SIZE;
    return patch_write(function - PROLOGUE_SIZE, &to, sizeof(to)) &&
           patch_write(function, jump, sizeof(jump));
}
