/* Linux' knobs for SCSI disks. Every function fails the test where it cannot do its work. */
#ifndef TESTS_BED_SYSFS_H
#define TESTS_BED_SYSFS_H

#include <stdbool.h>

enum { SYSFS_PATH_MAX = 160, SCSI_ADDRESS_MAX = 32 };

/* Writes to a file that exists. */
void sysfs_write(const char *path, const char *text);

/* "2:0:0:0" (host, channel, target, unit) of a disk's or sg node's path, /dev/sdc or /dev/sg2. */
void sysfs_scsi_address(const char *node, char address[SCSI_ADDRESS_MAX]);

/* Waits five seconds at most. */
bool sysfs_wait_until(bool (*is_true)(const char *path), const char *path);
bool sysfs_is_there(const char *path);

#endif
