#include "disk_name.h"

#include <string.h>

static const char device_prefix[] = "\\\\.\\";
static const char verbatim_prefix[] = "\\\\?\\";
static const char drive_word[] = "PhysicalDrive";

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool is_letter(char c)
{
    return lower(c) >= 'a' && lower(c) <= 'z';
}

/* Windows' drive numbers are 32 bits wide; nine digits are enough and cannot overflow. */
static bool is_drive_number(const char *text)
{
    size_t length = strspn(text, "0123456789");
    return length >= 1 && length <= 9 && !text[length];
}

static bool starts_with(const char *text, const char *prefix)
{
    for (; *prefix; text++, prefix++)
        if (lower(*text) != lower(*prefix))
            return false;
    return true;
}

/* A trailing backslash would name the root directory of the disk's file system. */
static void add_without_trailing_backslash(struct text *device, const char *name)
{
    size_t length = strlen(name);
    if (length > strlen(device_prefix) && name[length - 1] == '\\')
        length--;
    text_add(device, "%.*s", (int)length, name);
}

static void add_unix_path(struct text *device, const char *path)
{
    text_add(device, "\\\\?\\unix");
    for (; *path; path++)
        text_add(device, "%c", *path == '/' ? '\\' : *path);
}

bool disk_name_resolve(const char *name, bool wine, struct text *device, struct text *problem)
{
    if (is_drive_number(name)) {
        text_add(device, "%s%s%s", device_prefix, drive_word, name);
    } else if (starts_with(name, drive_word) && is_drive_number(name + strlen(drive_word))) {
        text_add(device, "%s%s", device_prefix, name);
    } else if (is_letter(name[0]) && name[1] == ':' &&
               (!name[2] || (name[2] == '\\' && !name[3]))) {
        text_add(device, "%s%c:", device_prefix, name[0]);
    } else if (wine && is_letter(name[0]) && strncmp(name + 1, ":\\dev\\", 6) == 0 && name[7]) {
        text_add(device, "%s", name); /* Wine's drive Z: is Unix' root */
    } else if ((starts_with(name, device_prefix) || starts_with(name, verbatim_prefix)) &&
               name[strlen(device_prefix)]) {
        add_without_trailing_backslash(device, name);
    } else if (name[0] == '/' && name[1] && !strchr(name, '\\')) {
        if (!wine) {
            text_add(problem,
                     "'%s' is a Unix path, and this is not Wine: say PhysicalDrive1 or E:", name);
            return false;
        }
        add_unix_path(device, name);
    } else {
        text_add(problem, "not the name of a disk: say %s",
                 wine ? "PhysicalDrive1, E: or /dev/sdb" : "PhysicalDrive1 or E:");
        return false;
    }
    return true;
}
