#include "trace_config.h"

#include <stdio.h>
#include <string.h>
#include <windows.h>

/* By kernelbase's own doors: advapi32 would be one more DLL in every process. */
typedef LSTATUS(WINAPI *open_key_function)(HKEY, const WCHAR *, DWORD, REGSAM, HKEY *);
typedef LSTATUS(WINAPI *query_value_function)(HKEY, const WCHAR *, DWORD *, DWORD *, BYTE *,
                                              DWORD *);
typedef LSTATUS(WINAPI *close_key_function)(HKEY);

static struct registry {
    query_value_function query_value;
    HKEY key; /* NULL: there is none */
} registry;

static FARPROC kernelbase_function(const char *name)
{
    return GetProcAddress(GetModuleHandleW(L"kernelbase.dll"), name);
}

static void open_registry(void)
{
    open_key_function open_key = (open_key_function)(void *)kernelbase_function("RegOpenKeyExW");

    registry.query_value = (query_value_function)(void *)kernelbase_function("RegQueryValueExW");
    if (!open_key || !registry.query_value ||
        open_key(HKEY_LOCAL_MACHINE, L"Software\\Holdfast\\Trace", 0,
                 KEY_QUERY_VALUE | KEY_WOW64_64KEY, &registry.key) != ERROR_SUCCESS)
        registry.key = NULL;
}

static void close_registry(void)
{
    close_key_function close_key = (close_key_function)(void *)kernelbase_function("RegCloseKey");

    if (registry.key && close_key)
        close_key(registry.key);
    registry.key = NULL;
}

/* What cannot be is no valid value of any setting. */
static const char unreadable[] = "\x01";

static void to_utf8(const WCHAR *wide, char result[TRACE_TARGET_MAX])
{
    if (!WideCharToMultiByte(CP_UTF8, 0, wide, -1, result, TRACE_TARGET_MAX, NULL, NULL))
        memcpy(result, unreadable, sizeof(unreadable));
}

static bool from_environment(const struct trace_setting *setting, char result[TRACE_TARGET_MAX])
{
    WCHAR name[32], wide[TRACE_TARGET_MAX];
    DWORD length;

    _snwprintf(name, sizeof(name) / sizeof(name[0]), L"%hs", setting->variable);
    length = GetEnvironmentVariableW(name, wide, TRACE_TARGET_MAX);
    if (length == 0)
        return false;
    if (length >= TRACE_TARGET_MAX)
        memcpy(result, unreadable, sizeof(unreadable));
    else
        to_utf8(wide, result);
    return true;
}

/* A text or a number. */
static bool from_registry(const struct trace_setting *setting, char result[TRACE_TARGET_MAX])
{
    WCHAR name[32];
    union {
        WCHAR text[TRACE_TARGET_MAX];
        DWORD number;
    } value;
    DWORD type, size = sizeof(value) - sizeof(WCHAR);
    LSTATUS status;

    if (!registry.key)
        return false;
    _snwprintf(name, sizeof(name) / sizeof(name[0]), L"%hs", setting->value);
    memset(&value, 0, sizeof(value));
    status = registry.query_value(registry.key, name, NULL, &type, (BYTE *)&value, &size);
    if (status == ERROR_FILE_NOT_FOUND)
        return false;
    if (status == ERROR_SUCCESS && type == REG_SZ)
        to_utf8(value.text, result);
    else if (status == ERROR_SUCCESS && type == REG_DWORD)
        snprintf(result, TRACE_TARGET_MAX, "%lu", value.number);
    else
        memcpy(result, unreadable, sizeof(unreadable));
    return true;
}

static void add_problem(char problems[TRACE_PROBLEMS_MAX], const struct trace_setting *setting,
                        bool is_registry)
{
    const size_t length = strlen(problems);

    snprintf(problems + length, TRACE_PROBLEMS_MAX - length,
             "holdfast: %s%s cannot be used: it has to be %s; the default is used\n",
             is_registry ? "HKLM\\Software\\Holdfast\\Trace\\" : "",
             is_registry ? setting->value : setting->variable, setting->wanted);
}

void trace_config_read(struct trace_settings *settings, char problems[TRACE_PROBLEMS_MAX])
{
    char text[TRACE_TARGET_MAX];

    *settings = trace_settings_default;
    problems[0] = 0;
    open_registry();
    for (const struct trace_setting *setting = trace_setting_table; setting->variable; setting++) {
        const bool is_set = from_environment(setting, text);
        const bool is_registry = !is_set && from_registry(setting, text);

        if ((is_set || is_registry) && !setting->take(settings, text))
            add_problem(problems, setting, is_registry);
    }
    close_registry();
}
