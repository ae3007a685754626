#include "names.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const char device_prefix[] = "\\\\.\\";
static const char drive_word[] = "PhysicalDrive";
static const char drive_link[] = "physicaldrive";
static const char object_prefix[] = "\\Device\\";

enum { NUMBER_DIGITS_MAX = 9 }; /* of 32 bits; as in launcher/disk_name.c */

/* Leading zeros would make another name of the same number: Windows and Wine compare texts. */
static bool is_number(const char *text)
{
    const size_t length = strspn(text, "0123456789");
    return length >= 1 && length <= NUMBER_DIGITS_MAX && !text[length] &&
           (text[0] != '0' || length == 1);
}

static void set_number(struct disk_name *name, const char *digits)
{
    *name = (struct disk_name){.kind = DISK_NAME_NUMBER,
                               .number = (unsigned int)strtoul(digits, NULL, 10)};
    snprintf(name->shown, sizeof(name->shown), "%s%u", drive_word, name->number);
    snprintf(name->link, sizeof(name->link), "%s%u", drive_link, name->number);
}

static void set_letter(struct disk_name *name, char letter)
{
    *name = (struct disk_name){.kind = DISK_NAME_LETTER};
    snprintf(name->shown, sizeof(name->shown), "%c:", toupper((unsigned char)letter));
    snprintf(name->link, sizeof(name->link), "%c::", tolower((unsigned char)letter));
}

/* Printable ASCII without what would have to be quoted in the registry's files. */
static bool set_object(struct disk_name *name, const char *text)
{
    const size_t length = strlen(text);

    if (length >= DISK_NAME_MAX || !text[strlen(object_prefix)] || text[length - 1] == '\\')
        return false;
    for (const char *byte = text; *byte; byte++)
        if (*byte <= 0x20 || *byte > 0x7e || strchr("\"/:*?<>|", *byte))
            return false;
    *name = (struct disk_name){.kind = DISK_NAME_OBJECT};
    memcpy(name->shown, text, length + 1);
    return true;
}

static bool is_letter(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}

bool disk_name_parse(const char *text, struct disk_name *name)
{
    if (strncasecmp(text, object_prefix, strlen(object_prefix)) == 0)
        return set_object(name, text);
    if (strncmp(text, device_prefix, strlen(device_prefix)) == 0)
        text += strlen(device_prefix);
    else if (is_number(text)) {
        set_number(name, text);
        return true;
    }
    if (strncasecmp(text, drive_word, strlen(drive_word)) == 0 &&
        is_number(text + strlen(drive_word))) {
        set_number(name, text + strlen(drive_word));
        return true;
    }
    if (!is_letter(text[0]) || strcmp(text + 1, ":") != 0)
        return false;
    set_letter(name, text[0]);
    return true;
}

bool disk_name_from_link(const char *link, struct disk_name *name)
{
    if (strncmp(link, drive_link, strlen(drive_link)) == 0 &&
        is_number(link + strlen(drive_link))) {
        set_number(name, link + strlen(drive_link));
        return true;
    }
    if (link[0] < 'a' || link[0] > 'z' || strcmp(link + 1, "::") != 0)
        return false;
    set_letter(name, link[0]);
    return true;
}
