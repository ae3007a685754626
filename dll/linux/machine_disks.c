#include "machine_disks.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool add(struct machine_disks *disks, const struct scsi_disk *disk)
{
    struct scsi_disk *all = realloc(disks->all, (disks->count + 1) * sizeof(*all));

    if (!all)
        return false;
    disks->all = all;
    all[disks->count++] = *disk;
    return true;
}

/* "10:0:0:0" comes after "2:0:0:0". */
static int compare(const void *one, const void *other)
{
    const char *a = ((const struct scsi_disk *)one)->address;
    const char *b = ((const struct scsi_disk *)other)->address;

    while (*a && *b) {
        char *a_end, *b_end;
        const unsigned long a_number = strtoul(a, &a_end, 10), b_number = strtoul(b, &b_end, 10);
        if (a_number != b_number)
            return a_number < b_number ? -1 : 1;
        if (a_end == a || b_end == b)
            break;
        a = *a_end ? a_end + 1 : a_end;
        b = *b_end ? b_end + 1 : b_end;
    }
    return strcmp(a, b);
}

bool machine_disks_read(const struct host *host, struct machine_disks *disks)
{
    DIR *folder = host_open_folder("%s/class/block", host->sys);
    const char *name;
    bool done = true;

    while (folder && done && (name = host_next_name(folder))) {
        struct scsi_disk disk;
        if (scsi_disk_read(host, name, &disk) == DISK_FOUND)
            done = add(disks, &disk);
    }
    if (folder)
        closedir(folder);
    if (disks->count)
        qsort(disks->all, disks->count, sizeof(*disks->all), compare);
    return done;
}

size_t machine_disks_count_paths(const struct machine_disks *disks, const struct scsi_disk *disk)
{
    size_t count = 0;

    for (size_t i = 0; i < disks->count; i++)
        count += scsi_disk_is_same_unit(&disks->all[i], disk);
    return count;
}

void machine_disks_free(struct machine_disks *disks)
{
    free(disks->all);
    *disks = (struct machine_disks){0};
}
