/* A machine made of files in a folder: sysfs, /proc and /dev as the code under test reads them. A
 * node is a file that says which device it is. */
#ifndef TESTS_UNIT_MADE_UP_HOST_H
#define TESTS_UNIT_MADE_UP_HOST_H

#include "../../dll/linux/host.h"
#include "../../dll/linux/prefix.h"

#include <limits.h>

/* The folder of the one machine that there is at a time. */
extern char made_up_root[64];
extern struct host made_up_host;
extern bool made_up_claimed; /* what is_claimed answers */

/* cmocka's set-up and tear-down of a test. The machine begins without devices; nothing is mounted.
 */
int made_up_begin(void **state);
int made_up_end(void **state);

/* A path in the machine, in one of four buffers that take turns: made_up("dev/%s", "sda"). */
__attribute__((format(printf, 1, 2))) const char *made_up(const char *format, ...);

/* Makes a file with its folders. */
__attribute__((format(printf, 2, 3))) void made_up_write(const char *path, const char *format, ...);
void made_up_link(const char *path, const char *target);
void made_up_bytes(const char *path, const void *bytes, size_t length);

/* Block device NAME, by its node and in sysfs. */
void made_up_block(const char *name, unsigned int device_major, unsigned int device_minor);

/* A SCSI disk "sdX" of minor `minor` with the sg node "sgN" of minor `generic`, -1 for none; its
 * page 83h has a NAA name that ends in `unit`, 0: it has no such page. */
void made_up_disk(const char *name, unsigned int minor, int generic, uint8_t unit);
void made_up_partition(const char *disk, const char *name, unsigned int minor);

/* `holder` is made of `name`. */
void made_up_holder(const char *name, const char *holder);

/* A prefix without links. */
struct prefix made_up_prefix(void);

#endif
