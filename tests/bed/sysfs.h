/* Linux' knobs for SCSI disks. Every function fails the test where it cannot do its work. */
#ifndef TESTS_BED_SYSFS_H
#define TESTS_BED_SYSFS_H

#include <stdbool.h>
#include <stdint.h>

enum { SYSFS_PATH_MAX = 160, SYSFS_NAME_MAX = 32, SCSI_ADDRESS_MAX = 32 };

/* Writes to a file that exists. */
void sysfs_write(const char *path, const char *text);

/* "2:0:0:0" (host, channel, target, unit) of a disk's or sg node's path, /dev/sdc or /dev/sg2. */
void sysfs_scsi_address(const char *node, char address[SCSI_ADDRESS_MAX]);

/* What a disk counts: iorequest_cnt, commands that Linux has sent, or iodone_cnt, answers. */
uint64_t sysfs_count(const char *node, const char *counter);

/* The one entry of a folder; false where there is none, or no folder. */
bool sysfs_entry(const char *path, char name[SYSFS_NAME_MAX]);

/* Waits a minute at most. Linux makes a disk bit by bit: a folder before what is in it, and a node
 * before it can be opened (device_add_disk). */
bool sysfs_wait_until(bool (*is_true)(const char *path), const char *path);
bool sysfs_is_there(const char *path);
bool sysfs_has_entry(const char *path);
bool sysfs_can_be_opened(const char *path);

#endif
