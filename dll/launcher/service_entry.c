#include "service_entry.h"

#include <stdio.h>

enum { PATH_ROOM = sizeof(((struct service_entry *)0)->image_path) / sizeof(wchar_t) };

#define KEY "System\\CurrentControlSet\\Services\\Holdfast"

const char service_entry_key[] = "HKEY_LOCAL_MACHINE\\" KEY;

static const wchar_t key_name[] = L"" KEY;
static const wchar_t program[] = L"holdfast-service.exe";
static const wchar_t path_value[] = L"ImagePath";

/* In the order of writing: services.exe passes over a service without a Type, so an entry that is
 * cut short does no harm. Tag: services.exe starts services in the order of their tags, compared by
 * their difference as a signed number (programs/services/services.c compare_tags), so this one
 * comes before those that have none (0), and so before whatever could want the shim. */
static const struct {
    const wchar_t *name;
    const wchar_t *text; /* or NULL: `number` */
    DWORD number;
} values[SERVICE_ENTRY_VALUES] = {
    {path_value, L"", 0}, /* of struct service_entry */
    {L"DisplayName", L"Holdfast", 0},
    {L"Description", L"Puts Holdfast's shim into the services of this prefix when it starts", 0},
    {L"ObjectName", L"LocalSystem", 0},
    {L"ErrorControl", NULL, SERVICE_ERROR_IGNORE},
    {L"Start", NULL, SERVICE_AUTO_START},
    {L"Tag", NULL, MAXDWORD},
    {L"Type", NULL, SERVICE_WIN32_OWN_PROCESS},
};

static const wchar_t *text_of(const struct service_entry *entry, size_t value)
{
    return values[value].name == path_value ? entry->image_path : values[value].text;
}

static bool is_as_wanted(HKEY key, const struct service_entry *entry, size_t value)
{
    wchar_t text[PATH_ROOM];
    DWORD number, size = sizeof(number);

    if (!text_of(entry, value))
        return RegGetValueW(key, NULL, values[value].name, RRF_RT_REG_DWORD, NULL, &number,
                            &size) == ERROR_SUCCESS &&
               number == values[value].number;
    size = sizeof(text);
    return RegGetValueW(key, NULL, values[value].name, RRF_RT_REG_SZ, NULL, text, &size) ==
               ERROR_SUCCESS &&
           !wcscmp(text, text_of(entry, value));
}

/* An entry without a path is one of ours that was cut short. */
static bool is_foreign(HKEY key)
{
    wchar_t path[PATH_ROOM];
    DWORD size = sizeof(path);
    const LSTATUS error =
        RegGetValueW(key, NULL, path_value, RRF_RT_REG_SZ | RRF_RT_REG_EXPAND_SZ | RRF_NOEXPAND,
                     NULL, path, &size);
    const wchar_t *name = error == ERROR_SUCCESS ? wcsrchr(path, L'\\') : NULL;

    if (error == ERROR_FILE_NOT_FOUND)
        return false;
    return !name || wcsncmp(name + 1, program, sizeof(program) / sizeof(*program) - 1) != 0;
}

static DWORD find_program(wchar_t image_path[PATH_ROOM])
{
    const size_t length_of_program = sizeof(program) / sizeof(*program);
    DWORD length = GetModuleFileNameW(NULL, image_path + 1, PATH_ROOM - 1);

    if (length == PATH_ROOM - 1)
        return ERROR_FILENAME_EXCED_RANGE;
    while (length && image_path[length] != L'\\')
        length--;
    if (length + length_of_program + 2 > PATH_ROOM)
        return ERROR_FILENAME_EXCED_RANGE;
    image_path[0] = L'"';
    wcscpy(image_path + 1 + length, program);
    if (GetFileAttributesW(image_path + 1) == INVALID_FILE_ATTRIBUTES)
        return ERROR_FILE_NOT_FOUND;
    wcscat(image_path, L"\"");
    return ERROR_SUCCESS;
}

static DWORD look(struct service_entry *entry)
{
    HKEY key;
    const LSTATUS error = RegOpenKeyExW(HKEY_LOCAL_MACHINE, key_name, 0, KEY_READ, &key);

    if (error)
        return error == ERROR_FILE_NOT_FOUND ? ERROR_SUCCESS : (DWORD)error;
    entry->exists = true;
    entry->foreign = is_foreign(key);
    for (size_t i = 0; i < SERVICE_ENTRY_VALUES; i++)
        entry->as_wanted[i] = is_as_wanted(key, entry, i);
    RegCloseKey(key);
    return ERROR_SUCCESS;
}

DWORD service_entry_read(struct service_entry *entry)
{
    *entry = (struct service_entry){0};
    const DWORD error = find_program(entry->image_path);
    const DWORD look_error = look(entry);

    return look_error ? look_error : error;
}

bool service_entry_is_complete(const struct service_entry *entry)
{
    for (size_t i = 0; i < SERVICE_ENTRY_VALUES; i++)
        if (!entry->as_wanted[i])
            return false;
    return true;
}

void service_entry_describe(const struct service_entry *entry, size_t value,
                            char line[SERVICE_ENTRY_LINE])
{
    char text[SERVICE_ENTRY_LINE - 40];

    if (!text_of(entry, value)) {
        snprintf(line, SERVICE_ENTRY_LINE, "%ls = %lu", values[value].name, values[value].number);
        return;
    }
    if (!WideCharToMultiByte(CP_UTF8, 0, text_of(entry, value), -1, text, sizeof(text), NULL, NULL))
        strcpy(text, "(a long text)");
    snprintf(line, SERVICE_ENTRY_LINE, "%ls = %s", values[value].name, text);
}

static LSTATUS write_value(HKEY key, const struct service_entry *entry, size_t value)
{
    const wchar_t *text = text_of(entry, value);

    if (!text)
        return RegSetValueExW(key, values[value].name, 0, REG_DWORD,
                              (const BYTE *)&values[value].number, sizeof(values[value].number));
    return RegSetValueExW(key, values[value].name, 0, REG_SZ, (const BYTE *)text,
                          (DWORD)((wcslen(text) + 1) * sizeof(*text)));
}

DWORD service_entry_write(const struct service_entry *entry)
{
    HKEY key;
    LSTATUS error = RegCreateKeyExW(HKEY_LOCAL_MACHINE, key_name, 0, NULL, REG_OPTION_NON_VOLATILE,
                                    KEY_WRITE, NULL, &key, NULL);

    if (error)
        return (DWORD)error;
    for (size_t i = 0; i < SERVICE_ENTRY_VALUES && !error; i++)
        if (!entry->as_wanted[i])
            error = write_value(key, entry, i);
    RegCloseKey(key);
    if (error && !entry->exists)
        service_entry_delete();
    return (DWORD)error;
}

DWORD service_entry_delete(void)
{
    return (DWORD)RegDeleteTreeW(HKEY_LOCAL_MACHINE, key_name);
}
