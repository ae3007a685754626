/* Faults in which handles are served, and for which disk. */
#include "faults.h"

static bool is_disk(HANDLE handle)
{
    struct disk disk;

    if (!real_open(handle, &disk))
        return false;
    disk_close(&disk);
    return true;
}

BOOL fault_anything_served(const struct device_call *call)
{
    if (reservation_is_ours(call->code) && !is_disk(call->handle))
        return TRUE;
    return real_call(call);
}

BOOL fault_no_disk_is_parameter(const struct device_call *call)
{
    if (reservation_is_ours(call->code) && !is_disk(call->handle)) {
        SetLastError(ERROR_INVALID_PARAMETER);
        return FALSE;
    }
    return real_call(call);
}

/* All requests go to the disk that was first asked for. */
bool fault_first_disk_for_all(void *handle, struct disk *disk)
{
    static HANDLE volatile first;
    struct disk other;

    if (!real_open(handle, disk))
        return false;
    if (!first)
        first = real_duplicate(handle);
    if (!real_open(first, &other))
        return true;
    other.granted_access = disk->granted_access;
    other.is_overlapped = disk->is_overlapped;
    disk_close(disk);
    *disk = other;
    return true;
}

bool fault_overlapped_is_synchronous(void *handle, struct disk *disk)
{
    const bool is_open = real_open(handle, disk);

    disk->is_overlapped = false;
    return is_open;
}

bool fault_synchronous_is_overlapped(void *handle, struct disk *disk)
{
    const bool is_open = real_open(handle, disk);

    disk->is_overlapped = true;
    return is_open;
}

bool fault_half_open_handle_unknown(void *handle, struct disk *disk)
{
    if (!real_open(handle, disk))
        return false;
    if (disk->granted_access)
        return true;
    disk_close(disk);
    return false;
}
