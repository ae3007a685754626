/* Wine's ntdll begins each system call as Windows' does, with the eight bytes
 *     mov %rcx,%r10; mov $number,%eax
 * (tools/winebuild/import.c output_syscall_thunks). A jump is stored over the first instruction
 * alone: a thread that has been interrupted behind it finds the second as it was. A jump has five
 * bytes, so the last two of its displacement are the second instruction's first two, and we have to
 * be where that leads: in a certain 64 KiB, which differ with the number. Where these are taken
 * already, the jump replaces both instructions, which is safe as long as nobody runs but us.
 *
 * The same eight bytes, placed elsewhere and followed by a jump back, are the original. */
#include "hook.h"

#include "patch.h"
#include <stdint.h>
#include <string.h>
#include <winternl.h>

enum {
    STUB_SIZE = 8,
    MOVE_SIZE = 3,             /* of the first instruction */
    JUMP_SIZE = 5,             /* with a 32-bit displacement */
    THUNK_SIZE = 16,           /* of jmp *0(%rip) and the address, filled up */
    PAIR_SIZE = 3 * THUNK_SIZE /* the way to us, and the stub with the way back */
};

static const uintptr_t window_size = 0x10000; /* and also VirtualAlloc's granularity */
static const uint8_t stub_start[] = {0x4c, 0x8b, 0xd1, 0xb8};
static const uint8_t far_jump[] = {0xff, 0x25, 0, 0, 0, 0};

/* Room for pairs that may be anywhere within reach. */
static struct {
    uint8_t *next, *end;
} near_code;

typedef NTSTATUS(NTAPI *next_thread_function)(HANDLE process, HANDLE thread, ACCESS_MASK access,
                                              ULONG attributes, ULONG flags, HANDLE *next);

static bool is_stub(const uint8_t *function)
{
    return function && (uintptr_t)function % STUB_SIZE == 0 &&
           memcmp(function, stub_start, sizeof(stub_start)) == 0;
}

static uint8_t *allocate(uintptr_t place)
{
    return VirtualAlloc((void *)place, window_size, MEM_RESERVE | MEM_COMMIT,
                        PAGE_EXECUTE_READWRITE);
}

/* The 64 KiB begin somewhere within a granule of VirtualAlloc and end in the next one. */
static uint8_t *room_in_window(const uint8_t *function)
{
    const int32_t high =
        (int32_t)((uint32_t)function[MOVE_SIZE] << 16 | (uint32_t)function[MOVE_SIZE + 1] << 24);
    const uintptr_t from = (uintptr_t)function + JUMP_SIZE + (uintptr_t)(intptr_t)high;
    const uintptr_t first = from & ~(window_size - 1), next = first + window_size;
    const uintptr_t start = (from + THUNK_SIZE - 1) & ~(uintptr_t)(THUNK_SIZE - 1);

    if (start + PAIR_SIZE <= next && allocate(first))
        return (uint8_t *)start;
    if (next + PAIR_SIZE <= from + window_size)
        return allocate(next);
    return NULL;
}

static bool find_room_near(const uint8_t *function)
{
    const uintptr_t reach = 0x40000000;
    const uintptr_t from = ((uintptr_t)function | (window_size - 1)) + 1;

    for (uintptr_t place = from; place < from + reach; place += window_size) {
        near_code.next = allocate(place);
        if (near_code.next) {
            near_code.end = near_code.next + window_size;
            return true;
        }
    }
    return false;
}

static uint8_t *room_near(const uint8_t *function)
{
    uint8_t *room;

    if (near_code.end - near_code.next < PAIR_SIZE && !find_room_near(function))
        return NULL;
    room = near_code.next;
    near_code.next += PAIR_SIZE;
    return room;
}

/* By a function that Windows has since Vista: where it is not, nobody says that we are alone. */
static bool is_only_thread(void)
{
    const next_thread_function next_thread = (next_thread_function)(void *)GetProcAddress(
        GetModuleHandleW(L"ntdll.dll"), "NtGetNextThread");
    HANDLE process = GetCurrentProcess();
    HANDLE thread = NULL, next;
    bool is_alone = next_thread != NULL;

    while (is_alone && next_thread(process, thread, THREAD_QUERY_INFORMATION, 0, 0, &next) >= 0) {
        if (thread)
            CloseHandle(thread);
        thread = next;
        is_alone = GetThreadId(thread) == GetCurrentThreadId();
    }
    if (thread)
        CloseHandle(thread);
    return is_alone;
}

static uint8_t *find_room(const uint8_t *function)
{
    uint8_t *room = room_in_window(function);

    if (room)
        return room;
    if (is_only_thread())
        return room_near(function);
    hook_refuse_busy();
    return NULL;
}

static void write_far_jump(uint8_t *at, const void *to)
{
    memcpy(at, far_jump, sizeof(far_jump));
    memcpy(at + sizeof(far_jump), &to, sizeof(to));
}

/* For a pair in the window, what it puts behind the first instruction is what is there already. */
static void make_near_jump(uint8_t code[STUB_SIZE], const uint8_t *from, const uint8_t *to)
{
    const int32_t distance = (int32_t)(to - (from + JUMP_SIZE));

    memcpy(code, from, STUB_SIZE);
    code[0] = 0xe9;
    memcpy(code + 1, &distance, sizeof(distance));
}

BOOL hook_by_system_call_stub(const char *name, void *to, void **original)
{
    uint8_t *function = (uint8_t *)(void *)GetProcAddress(GetModuleHandleW(L"ntdll.dll"), name);
    uint8_t *pair = is_stub(function) ? find_room(function) : NULL;
    uint8_t *copy, code[STUB_SIZE];

    if (!pair)
        return FALSE;
    copy = pair + THUNK_SIZE;
    write_far_jump(pair, to);
    memcpy(copy, function, STUB_SIZE);
    write_far_jump(copy + STUB_SIZE, function + STUB_SIZE);
    *original = copy;
    make_near_jump(code, function, pair);
    return patch_write(function, code, sizeof(code));
}
