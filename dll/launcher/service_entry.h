/* The service "Holdfast" in a prefix's registry: all that `holdfast install` changes there. */
#ifndef HOLDFAST_LAUNCHER_SERVICE_ENTRY_H
#define HOLDFAST_LAUNCHER_SERVICE_ENTRY_H

#include <stdbool.h>
#include <wchar.h>
#include <windows.h>

enum { SERVICE_ENTRY_VALUES = 8, SERVICE_ENTRY_LINE = 1200 };

/* What the registry has of it. */
struct service_entry {
    bool exists;
    bool foreign;                         /* somebody else's service has the name */
    bool as_wanted[SERVICE_ENTRY_VALUES]; /* of each value */
    wchar_t image_path[1040];             /* as it is to be: this program's folder, in quotes */
};

extern const char service_entry_key[]; /* for people */

/* Returns a Windows error. ERROR_FILENAME_EXCED_RANGE: this program's own path is too long;
 * ERROR_FILE_NOT_FOUND: holdfast-service.exe is not beside it. Only looks. */
DWORD service_entry_read(struct service_entry *entry);

bool service_entry_is_complete(const struct service_entry *entry);

/* "NAME = DATA" of a value as it is to be, UTF-8. */
void service_entry_describe(const struct service_entry *entry, size_t value,
                            char line[SERVICE_ENTRY_LINE]);

/* Writes what is not as wanted: all of it, or after an error nothing of a new entry. services.exe
 * reads it when the prefix boots next. Returns a Windows error. */
DWORD service_entry_write(const struct service_entry *entry);

/* Removes it with all values. Returns a Windows error. */
DWORD service_entry_delete(void);

#endif
