#include "handle_table.h"

#include <stdatomic.h>
#include <stddef.h>

/* The word of a slot. PRESENT: the disk is valid. FILLING: one thread writes it. OTHER: it is known
 * that there is no disk. The two counts are
 * of requests that use the descriptor and of closes under way. The generation counts closes, so
 * that a thread can tell that one has happened. */
#define PRESENT         (UINT64_C(1) << 0)
#define FILLING         (UINT64_C(1) << 1)
#define OTHER           (UINT64_C(1) << 2)
#define ONE_CLOSING     (UINT64_C(1) << 3)
#define ALL_CLOSING     (UINT64_C(0x1ff) << 3)
#define ONE_USER        (UINT64_C(1) << 12)
#define ALL_USERS       (UINT64_C(0xfffff) << 12)
#define ONE_GENERATION  (UINT64_C(1) << 32)
#define ALL_GENERATIONS (UINT64_C(0xffffffff) << 32)

struct slot {
    _Alignas(64) _Atomic uint64_t word;
    struct disk disk; /* written by who set FILLING, read by users and by who takes PRESENT away */
};

/* Handle values are small multiples of four (wineserver, server/handle.c), so they index an array.
 * Pages that no handle has touched cost no memory. */
extern struct slot holdfast_handle_slots[HANDLE_TABLE_HANDLES / 4];
struct slot holdfast_handle_slots[HANDLE_TABLE_HANDLES / 4];

/* raw_io_ARCHITECTURE.S knows these. */
_Static_assert(sizeof(struct slot) == 64 && offsetof(struct slot, word) == 0, "one cache line");
_Static_assert(OTHER == 4 && HANDLE_TABLE_HANDLES == 0x80000, "as in the assembly");

static struct slot *slot_of(uintptr_t handle)
{
    return handle < HANDLE_TABLE_HANDLES ? &holdfast_handle_slots[handle / 4] : NULL;
}

bool handle_table_acquire(uintptr_t handle, struct disk *disk)
{
    struct slot *slot = slot_of(handle);
    uint64_t word = slot ? atomic_load_explicit(&slot->word, memory_order_relaxed) : 0;

    do {
        if (!(word & PRESENT) || (word & ALL_USERS) == ALL_USERS)
            return false;
    } while (!atomic_compare_exchange_weak(&slot->word, &word, word + ONE_USER));
    *disk = slot->disk;
    return true;
}

int handle_table_release(uintptr_t handle)
{
    struct slot *slot = slot_of(handle);
    int fd = slot->disk.fd; /* may be another's once the count is given back */
    uint64_t word = atomic_fetch_sub(&slot->word, ONE_USER);

    return !(word & PRESENT) && (word & ALL_USERS) == ONE_USER ? fd : -1;
}

uint64_t handle_table_ticket(uintptr_t handle)
{
    struct slot *slot = slot_of(handle);

    return slot ? atomic_load(&slot->word) : 0;
}

bool handle_table_add(uintptr_t handle, uint64_t ticket, const struct disk *disk)
{
    struct slot *slot = slot_of(handle);
    uint64_t word = ticket;

    /* Only an empty slot in which nothing has happened since may be filled. */
    if (!slot || (word & ~ALL_GENERATIONS) ||
        !atomic_compare_exchange_strong(&slot->word, &word, word | FILLING))
        return false;
    slot->disk = *disk;
    word = ticket | FILLING;
    if (atomic_compare_exchange_strong(&slot->word, &word, ticket | PRESENT | ONE_USER))
        return true;
    atomic_fetch_and(&slot->word, ~FILLING);
    return false;
}

void handle_table_add_other(uintptr_t handle, uint64_t ticket)
{
    struct slot *slot = slot_of(handle);

    if (slot && !(ticket & ~ALL_GENERATIONS))
        atomic_compare_exchange_strong(&slot->word, &ticket, ticket | OTHER);
}

bool handle_table_is_other(uintptr_t handle)
{
    const struct slot *slot = slot_of(handle);

    return slot && (atomic_load_explicit(&slot->word, memory_order_relaxed) & OTHER);
}

int handle_table_begin_close(uintptr_t handle)
{
    struct slot *slot = slot_of(handle);
    uint64_t word, closing;

    if (!slot)
        return -1;
    word = atomic_load(&slot->word);
    do {
        closing = (word & ~(PRESENT | OTHER)) + ONE_CLOSING + ONE_GENERATION;
    } while (!atomic_compare_exchange_weak(&slot->word, &word, closing));
    /* While a close is under way nobody fills the slot, so the disk may be read. */
    return (word & PRESENT) && !(word & ALL_USERS) ? slot->disk.fd : -1;
}

void handle_table_end_close(uintptr_t handle)
{
    struct slot *slot = slot_of(handle);

    if (slot)
        atomic_fetch_sub(&slot->word, ONE_CLOSING);
}
