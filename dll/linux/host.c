#include "host.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

static int look(const char *path, struct node *node)
{
    struct stat facts;

    if (stat(path, &facts) < 0)
        return errno;
    *node = (struct node){
        .is_block = S_ISBLK(facts.st_mode),
        .is_character = S_ISCHR(facts.st_mode),
        .device_major = major(facts.st_rdev),
        .device_minor = minor(facts.st_rdev),
        .mode = facts.st_mode & 07777,
        .owner = facts.st_uid,
        .group = facts.st_gid,
    };
    return 0;
}

/* A claim of a partition is one of the whole disk too (block/bdev.c bd_may_claim). Reading only:
 * closing a descriptor that could write makes udev look at the disk anew. */
static bool is_claimed(const char *path)
{
    const int fd = open(path, O_RDONLY | O_EXCL | O_NONBLOCK | O_CLOEXEC);

    if (fd < 0)
        return errno == EBUSY;
    close(fd);
    return false;
}

const struct host this_host = {
    .sys = "/sys", .proc = "/proc", .dev = "/dev", .look = look, .is_claimed = is_claimed};

/* False where the path is too long, and then there is no such file. */
static bool make_path(char path[PATH_MAX], const char *format, va_list arguments)
{
    const int length = vsnprintf(path, PATH_MAX, format, arguments);
    return length >= 0 && length < PATH_MAX;
}

#define MAKE_PATH(path, format)                                  \
    char path[PATH_MAX];                                         \
    va_list arguments;                                           \
    va_start(arguments, format);                                 \
    const bool path##_fits = make_path(path, format, arguments); \
    va_end(arguments)

static ssize_t read_file(void *bytes, size_t size, const char *path)
{
    const int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    size_t length = 0;
    ssize_t more = -1;

    if (fd < 0)
        return -1;
    while (length < size && (more = read(fd, (char *)bytes + length, size - length)) > 0)
        length += (size_t)more;
    close(fd);
    return more < 0 ? -1 : (ssize_t)length;
}

ssize_t host_read(void *bytes, size_t size, const char *format, ...)
{
    MAKE_PATH(path, format);
    return path_fits ? read_file(bytes, size, path) : -1;
}

void host_clean_words(char *words)
{
    size_t length = strcspn(words, "\n");
    const size_t blanks = strspn(words, " \t");

    if (blanks > length)
        length = blanks;
    length -= blanks;
    memmove(words, words + blanks, length);
    while (length && strchr(" \t\r", words[length - 1]))
        length--;
    words[length] = 0;
    for (char *byte = words; *byte; byte++)
        if (*byte < 0x20 || *byte > 0x7e)
            *byte = '?';
}

/* What follows the number, or NULL. Linux' numbers have 12 and 20 bits. */
static const char *parse_number(const char *words, uint32_t *number)
{
    char *end;

    if (*words < '0' || *words > '9')
        return NULL;
    const unsigned long value = strtoul(words, &end, 10);
    if (value > 1UL << 20)
        return NULL;
    *number = (uint32_t)value;
    return end;
}

bool host_parse_device(const char *words, uint32_t *device_major, uint32_t *device_minor)
{
    const char *rest = parse_number(words, device_major);

    if (rest)
        rest = *rest == ':' ? parse_number(rest + 1, device_minor) : NULL;
    return rest && (!*rest || *rest == ' ');
}

void host_read_words(char *words, size_t size, const char *format, ...)
{
    MAKE_PATH(path, format);
    const ssize_t length = path_fits ? read_file(words, size - 1, path) : -1;

    words[length < 0 ? 0 : length] = 0;
    host_clean_words(words);
}

static bool copy_name(char name[KERNEL_NAME_MAX], const char *from)
{
    const size_t length = strlen(from);

    if (!length || length >= KERNEL_NAME_MAX)
        return false;
    memcpy(name, from, length + 1);
    return true;
}

bool host_link_name(char name[KERNEL_NAME_MAX], const char *format, ...)
{
    MAKE_PATH(path, format);
    char link[PATH_MAX];
    const ssize_t length = path_fits ? readlink(path, link, sizeof(link) - 1) : -1;

    if (length < 0)
        return false;
    link[length] = 0;
    const char *slash = strrchr(link, '/');
    return copy_name(name, slash ? slash + 1 : link);
}

DIR *host_open_folder(const char *format, ...)
{
    MAKE_PATH(path, format);
    return path_fits ? opendir(path) : NULL;
}

const char *host_next_name(DIR *folder)
{
    const struct dirent *entry;

    while ((entry = readdir(folder)))
        if (entry->d_name[0] != '.' && strlen(entry->d_name) < KERNEL_NAME_MAX)
            return entry->d_name;
    return NULL;
}

bool host_only_name(char name[KERNEL_NAME_MAX], const char *format, ...)
{
    MAKE_PATH(path, format);
    DIR *folder = path_fits ? opendir(path) : NULL;
    const char *found = folder ? host_next_name(folder) : NULL;
    const bool done = found && copy_name(name, found);

    if (folder)
        closedir(folder);
    return done;
}

bool host_has(const char *format, ...)
{
    MAKE_PATH(path, format);
    return path_fits && access(path, F_OK) == 0;
}
