/* Wine's i386 ntdll begins each system call as Windows' does, with
 *     mov $number,%eax; mov $dispatcher,%edx
 * at a multiple of sixteen (tools/winebuild/import.c output_syscall_thunks). The first
 * instruction's five bytes become a jump. They are stored with the three behind them, which stay as
 * they are, in one aligned eight-byte store: a thread that has loaded the number goes on in the
 * original. The original for everybody else is a copy of the instruction and a jump behind it. */
#include "hook.h"

#include "patch.h"
#include <stdint.h>
#include <string.h>

enum {
    FIRST_SIZE = 5, /* of mov $number,%eax, and of a jump */
    STORE_SIZE = 8,
    COPY_SIZE = 16, /* of the instruction and the jump, filled up */
    PAGE = 0x1000,
    MOV_TO_EAX = 0xb8,
    MOV_TO_EDX = 0xba,
    JUMP = 0xe9,
};

static struct {
    uint8_t *next, *end;
} copies;

static BOOL is_stub(const uint8_t *function)
{
    return function && (uintptr_t)function % STORE_SIZE == 0 && function[0] == MOV_TO_EAX &&
           function[FIRST_SIZE] == MOV_TO_EDX;
}

static BOOL find_room(void)
{
    if (copies.end - copies.next >= COPY_SIZE)
        return TRUE;
    copies.next = VirtualAlloc(NULL, PAGE, MEM_RESERVE | MEM_COMMIT, PAGE_EXECUTE_READWRITE);
    copies.end = copies.next ? copies.next + PAGE : NULL;
    return copies.next != NULL;
}

/* Writes to `bytes` the jump that leads from `at`; it reaches all of a 32-bit address space. */
static void build_jump(uint8_t *bytes, const uint8_t *at, const void *to)
{
    const int32_t distance = (int32_t)((uintptr_t)to - (uintptr_t)(at + FIRST_SIZE));

    bytes[0] = JUMP;
    memcpy(bytes + 1, &distance, sizeof(distance));
}

BOOL hook_by_system_call_stub(const char *name, void *to, void **original)
{
    uint8_t *function = (uint8_t *)(void *)GetProcAddress(GetModuleHandleW(L"ntdll.dll"), name);
    uint8_t code[STORE_SIZE];

    if (!is_stub(function) || !find_room())
        return FALSE;
    memcpy(copies.next, function, FIRST_SIZE);
    build_jump(copies.next + FIRST_SIZE, copies.next + FIRST_SIZE, function + FIRST_SIZE);
    *original = copies.next;
    copies.next += COPY_SIZE;
    memcpy(code, function, STORE_SIZE);
    build_jump(code, function, to);
    return patch_write(function, code, sizeof(code));
}
