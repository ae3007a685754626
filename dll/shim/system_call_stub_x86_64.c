/* Wine's ntdll begins each system call as Windows' does, with the eight bytes
 *     mov %rcx,%r10; mov $number,%eax
 * (tools/winebuild/import.c output_syscall_thunks). One aligned eight-byte store turns them into a
 * jump; the same eight bytes, placed elsewhere and followed by a jump back, are the original. */
#include "hook.h"

#include <stdint.h>
#include <string.h>

enum {
    STUB_SIZE = 8,
    THUNK_SIZE = 16,           /* of jmp *0(%rip) and the address, filled up */
    PAIR_SIZE = 3 * THUNK_SIZE /* the way to us, and the stub with the way back */
};

static const uint8_t stub_start[] = {0x4c, 0x8b, 0xd1, 0xb8};
static const uint8_t far_jump[] = {0xff, 0x25, 0, 0, 0, 0};

/* Room for pairs, within reach of a 32-bit displacement from ntdll. */
static struct {
    uint8_t *next, *end;
} near_code;

static BOOL is_stub(const uint8_t *function)
{
    return function && (uintptr_t)function % STUB_SIZE == 0 &&
           memcmp(function, stub_start, sizeof(stub_start)) == 0;
}

static uint8_t *function_named(const char *name)
{
    return (uint8_t *)(void *)GetProcAddress(GetModuleHandleW(L"ntdll.dll"), name);
}

static BOOL find_room_near(const uint8_t *function)
{
    const uintptr_t granularity = 0x10000, reach = 0x40000000;
    uintptr_t from = ((uintptr_t)function | (granularity - 1)) + 1;

    for (uintptr_t place = from; place < from + reach; place += granularity) {
        near_code.next = VirtualAlloc((void *)place, granularity, MEM_RESERVE | MEM_COMMIT,
                                      PAGE_EXECUTE_READWRITE);
        if (near_code.next) {
            near_code.end = near_code.next + granularity;
            return TRUE;
        }
    }
    return FALSE;
}

static void write_far_jump(uint8_t *at, const void *to)
{
    memcpy(at, far_jump, sizeof(far_jump));
    memcpy(at + sizeof(far_jump), &to, sizeof(to));
}

static LONG64 near_jump(const uint8_t *from, const uint8_t *to)
{
    uint8_t code[STUB_SIZE] = {0xe9, 0, 0, 0, 0, 0x0f, 0x1f, 0x00}; /* jmp; three-byte nop */
    int32_t distance = (int32_t)(to - (from + 5));
    LONG64 word;

    memcpy(code + 1, &distance, sizeof(distance));
    memcpy(&word, code, sizeof(word));
    return word;
}

BOOL hook_is_system_call_stub(const char *name)
{
    return is_stub(function_named(name));
}

BOOL hook_by_system_call_stub(const char *name, void *to, void **original)
{
    uint8_t *function = function_named(name);
    uint8_t *pair, *copy;
    DWORD protection;

    if (!is_stub(function) ||
        (near_code.end - near_code.next < PAIR_SIZE && !find_room_near(function)) ||
        !VirtualProtect(function, STUB_SIZE, PAGE_EXECUTE_READWRITE, &protection))
        return FALSE;
    pair = near_code.next;
    near_code.next += PAIR_SIZE;
    copy = pair + THUNK_SIZE;
    write_far_jump(pair, to);
    memcpy(copy, function, STUB_SIZE);
    write_far_jump(copy + STUB_SIZE, function + STUB_SIZE);
    *original = copy;
    InterlockedExchange64((LONG64 *)(void *)function, near_jump(function, pair));
    VirtualProtect(function, STUB_SIZE, protection, &protection);
    FlushInstructionCache(GetCurrentProcess(), function, STUB_SIZE);
    return TRUE;
}
