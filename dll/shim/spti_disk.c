/* Disks behind pass-through: whether a handle is one, and which. */
#include "spti.h"

#include "disk_memory.h"
#include "handle_facts.h"
#include "handles.h"
#include <stdio.h>
#include <string.h>
#include <windows.h>

enum {
    STORAGE_GET_DEVICE_NUMBER = 0x002d1080,
    FILE_DEVICE_NUMBER_DISK = 7, /* FILE_DEVICE_DISK */
    INQUIRY_LENGTH = 36,         /* SPC-4 6.4.2, as far as every device has it */
    ADDITIONAL_LENGTH = 4,       /* its place, never 0 */
    PAGE_LENGTH_MAX = 255,
    PAGE_UNIT_SERIAL_NUMBER = 0x80, /* SPC-4 7.8 */
    PAGE_DEVICE_IDENTIFICATION = 0x83,
    NO_NUMBER = -1,
};

/* STORAGE_DEVICE_NUMBER, ntddstor.h: three words. */
enum { NUMBER_TYPE, NUMBER_VALUE, NUMBER_WORDS = 3 };

/* Of a standard INQUIRY, or of the page of vital product data. Returns how many bytes came, and 0
 * where none did. */
static uint32_t inquire(struct disk *disk, uint8_t page, uint8_t *data, uint8_t length,
                        struct reservation_outcome *outcome)
{
    _Atomic uint8_t unused = 0;
    const struct reservation_disk target = {.transport = &spti_transport,
                                            .handle = disk,
                                            .wait = disk_wait,
                                            .timeout_ms = disk_timeout_ms(),
                                            .wants_ten_byte = &unused};

    memset(data, 0, length);
    memset(outcome, 0, sizeof(*outcome));
    scsi_build_inquiry(&outcome->command, page, length);
    outcome->command.data = data;
    reservation_send(&target, outcome);
    return outcome->status == NT_STATUS_SUCCESS ? outcome->result.transferred : 0;
}

/* SPC-4 table 149; the types are those that dll/unix/identify.c takes. */
static bool is_disk(const uint8_t *inquiry)
{
    static const uint8_t types[] = {0x00, 0x07, 0x0e, 0x14};

    return memchr(types, inquiry[0], sizeof(types)) != NULL; /* the qualifier is 0 in all */
}

/* A device that is gone is taken for a disk, so that the program hears that it is gone, and not
 * that it knows no reservations. */
static enum side_answer identify(struct disk *disk, uint8_t inquiry[INQUIRY_LENGTH])
{
    struct reservation_outcome outcome;

    if (inquire(disk, 0, inquiry, INQUIRY_LENGTH, &outcome) > ADDITIONAL_LENGTH &&
        inquiry[ADDITIONAL_LENGTH])
        return is_disk(inquiry) ? SIDE_DISK : SIDE_OTHER;
    if (outcome.transport_error == SCSI_DEVICE_GONE)
        return SIDE_DISK;
    return outcome.transport_error == SCSI_NOT_SUPPORTED ? SIDE_OTHER : SIDE_UNKNOWN;
}

/* FNV-1a */
static uint64_t add_to_hash(uint64_t hash, const void *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++)
        hash = (hash ^ ((const uint8_t *)bytes)[i]) * UINT64_C(0x100000001b3);
    return hash;
}

/* What tells the unit from others; where it has no identity of its own, its name. */
static uint64_t identity(struct disk *disk, void *handle, const uint8_t inquiry[INQUIRY_LENGTH])
{
    static const uint8_t pages[] = {PAGE_DEVICE_IDENTIFICATION, PAGE_UNIT_SERIAL_NUMBER};
    uint64_t hash = add_to_hash(UINT64_C(0xcbf29ce484222325), inquiry, INQUIRY_LENGTH);
    struct reservation_outcome outcome;
    uint8_t page[PAGE_LENGTH_MAX];
    struct handle_name name;

    for (size_t i = 0; i < sizeof(pages); i++) {
        const uint32_t length = inquire(disk, pages[i], page, sizeof(page), &outcome);

        if (length > 4 && page[1] == pages[i])
            return add_to_hash(hash, page, length);
    }
    if (handle_name(handle, &name))
        hash = add_to_hash(hash, name.string.Buffer, name.string.Length);
    return hash;
}

/* The number in \\.\PhysicalDrive. */
static uint32_t device_number(const struct disk *disk)
{
    uint32_t device[NUMBER_WORDS] = {0};
    const int32_t status = spti_control(disk, STORAGE_GET_DEVICE_NUMBER, device, sizeof(device));

    return status == NT_STATUS_SUCCESS && device[NUMBER_TYPE] == FILE_DEVICE_NUMBER_DISK
               ? device[NUMBER_VALUE]
               : (uint32_t)NO_NUMBER;
}

static enum side_answer find(void *handle, struct disk *disk)
{
    uint8_t inquiry[INQUIRY_LENGTH];
    const enum side_answer answer = identify(disk, inquiry);
    uint64_t hash;

    if (answer != SIDE_DISK)
        return answer;
    hash = identity(disk, handle, inquiry);
    disk->device_major = device_number(disk);
    disk->device_minor = (uint32_t)(hash ^ hash >> 32);
    disk->wants_ten_byte = disk_memory_of(0, 0, hash);
    return SIDE_DISK;
}

/* The handle is duplicated, so that the program may close its own meanwhile. */
enum side_answer spti_disk_open(void *handle, struct disk *disk)
{
    HANDLE own = handles_duplicate_private(handle);
    enum side_answer answer;

    if (!own)
        return SIDE_UNKNOWN;
    memset(disk, 0, sizeof(*disk));
    disk->fd = (int)(LONG_PTR)own; /* 32 bits of a handle count, also in a 64-bit process */
    disk->granted_access = handle_granted_access(own);
    disk->is_overlapped = handle_is_overlapped(own);
    answer = find(own, disk);
    if (answer != SIDE_DISK)
        handles_close_private(own);
    return answer;
}

void spti_disk_close(int fd)
{
    handles_close_private((HANDLE)(ULONG_PTR)(unsigned int)fd);
}

void spti_disk_name(const struct disk *disk, char name[DISK_NAME_MAX])
{
    if (disk->device_major == (uint32_t)NO_NUMBER)
        snprintf(name, DISK_NAME_MAX, "disk-%08x", disk->device_minor);
    else
        snprintf(name, DISK_NAME_MAX, "PhysicalDrive%u", disk->device_major);
}
