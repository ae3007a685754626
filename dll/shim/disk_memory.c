#include "disk_memory.h"

#include <stddef.h>
#include <windows.h>

struct disk_memory {
    struct disk_memory *next;
    uint32_t device_major;
    uint32_t device_minor;
    uint64_t node;
    _Atomic uint8_t wants_ten_byte;
};

/* Grows at its head and never shrinks, so it is read without a lock. */
static struct disk_memory *volatile disks;

static struct disk_memory *find(struct disk_memory *from, const struct disk_memory *wanted)
{
    while (from && !(from->device_major == wanted->device_major &&
                     from->device_minor == wanted->device_minor && from->node == wanted->node))
        from = from->next;
    return from;
}

static struct disk_memory *add(const struct disk_memory *wanted)
{
    struct disk_memory *disk = HeapAlloc(GetProcessHeap(), HEAP_ZERO_MEMORY, sizeof(*disk));
    struct disk_memory *head;

    if (!disk)
        return NULL;
    *disk = *wanted;
    do {
        struct disk_memory *other;

        head = disks;
        other = find(head, wanted);
        if (other) { /* another thread was first */
            HeapFree(GetProcessHeap(), 0, disk);
            return other;
        }
        disk->next = head;
    } while (InterlockedCompareExchangePointer((void *volatile *)&disks, disk, head) != head);
    return disk;
}

_Atomic uint8_t *disk_memory_of(uint32_t device_major, uint32_t device_minor, uint64_t node)
{
    const struct disk_memory wanted = {
        .device_major = device_major, .device_minor = device_minor, .node = node};
    struct disk_memory *disk = find(disks, &wanted);

    if (!disk)
        disk = add(&wanted);
    return disk ? &disk->wants_ten_byte : NULL;
}
