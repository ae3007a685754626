/* What a command asks of the Linux it runs on. Everything goes through a struct host, so that the
 * tests can give one whose folders are made up. */
#ifndef HOLDFAST_LINUX_HOST_H
#define HOLDFAST_LINUX_HOST_H

#include <dirent.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

enum { KERNEL_NAME_MAX = 64 }; /* "sdaa", "2:0:0:0", with its zero byte */

/* A device node, or whatever else a path leads to. */
struct node {
    bool is_block, is_character;
    uint32_t device_major, device_minor;
    mode_t mode;
    uid_t owner;
    gid_t group;
};

struct host {
    const char *sys, *proc, *dev; /* where these are mounted */
    /* What `path` leads to, links followed; an errno, 0 for success. */
    int (*look)(const char *path, struct node *node);
    /* Whether someone holds the disk at `path`, or a part of it, for himself: a mount in whichever
     * mount namespace, swap, a holder (open(2), O_EXCL). False also where that cannot be asked. */
    bool (*is_claimed)(const char *path);
};

/* The real one. */
extern const struct host this_host;

/* Reads at most `size` bytes of the file that printf's `format` names. Returns how many came, -1
 * where there is no such file or it cannot be read. */
__attribute__((format(printf, 3, 4))) ssize_t host_read(void *bytes, size_t size,
                                                        const char *format, ...);

/* The first line of such a file as a string: without the blanks around it, and with a question mark
 * for every byte that is not printable ASCII. Empty without the file. */
__attribute__((format(printf, 3, 4))) void host_read_words(char *words, size_t size,
                                                           const char *format, ...);

/* The last part of what such a link says. False where there is none, or it does not fit. */
__attribute__((format(printf, 2, 3))) bool host_link_name(char name[KERNEL_NAME_MAX],
                                                          const char *format, ...);

/* A folder; NULL where there is none. closedir ends it. */
__attribute__((format(printf, 1, 2))) DIR *host_open_folder(const char *format, ...);

/* The next name in it that does not begin with a dot and that fits; NULL at the end. */
const char *host_next_name(DIR *folder);

/* The first such name in a folder. False where there is none. */
__attribute__((format(printf, 2, 3))) bool host_only_name(char name[KERNEL_NAME_MAX],
                                                          const char *format, ...);

__attribute__((format(printf, 1, 2))) bool host_has(const char *format, ...);

/* "8:16", with nothing or a blank behind it. */
bool host_parse_device(const char *words, uint32_t *device_major, uint32_t *device_minor);

/* Makes `words` what host_read_words promises of them. */
void host_clean_words(char *words);

#endif
