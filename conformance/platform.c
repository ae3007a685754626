#include "platform.h"

#include "system.h"

#include <stdio.h>
#include <string.h>

static const struct {
    const char *name;
    uint32_t platform;
} names[] = {
    {"windows", ON_WINDOWS}, {"windows-7", ON_WINDOWS | ON_WINDOWS_BEFORE_8},
    {"wine", ON_WINE},       {"holdfast", ON_HOLDFAST},
    {"reactos", ON_REACTOS},
};

bool platform_from_name(const char *name, uint32_t *platform)
{
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        if (strcmp(name, names[i].name) == 0) {
            *platform = names[i].platform;
            return true;
        }
    }
    return false;
}

/* ReactOS says Windows' numbers wherever a program asks for them; its files know better. */
static bool is_reactos(void)
{
    HMODULE kernel32 = GetModuleHandleA("kernel32.dll");
    HRSRC place = FindResourceA(kernel32, MAKEINTRESOURCEA(1), (const char *)RT_VERSION);
    HGLOBAL resource = place ? LoadResource(kernel32, place) : NULL;
    const char *bytes = resource ? LockResource(resource) : NULL;
    static const WCHAR word[] = L"ReactOS";
    const size_t length = sizeof(word) - sizeof(word[0]);
    const DWORD size = bytes ? SizeofResource(kernel32, place) : 0;

    for (DWORD i = 0; i + length <= size; i += sizeof(WCHAR))
        if (memcmp(bytes + i, word, length) == 0)
            return true;
    return false;
}

static void detect_wine(struct environment *environment)
{
    const bool holdfast = GetModuleHandleA("holdfast.dll") != NULL;

    environment->platform = holdfast ? ON_HOLDFAST : ON_WINE;
    snprintf(environment->system, sizeof(environment->system), "Wine %s%s",
             system_calls()->wine_version(), holdfast ? " with Holdfast" : "");
}

void platform_detect(struct environment *environment)
{
    OSVERSIONINFOW version = {sizeof(version), 0, 0, 0, 0, {0}};
    const char *name = "Windows";

    if (system_calls()->wine_version) {
        detect_wine(environment);
        return;
    }
    if (system_calls()->version)
        system_calls()->version(&version);
    environment->platform = ON_WINDOWS;
    if (is_reactos()) {
        environment->platform = ON_REACTOS;
        name = "ReactOS, as Windows";
    } else if (version.dwMajorVersion < 6 ||
               (version.dwMajorVersion == 6 && version.dwMinorVersion < 2)) {
        environment->platform |= ON_WINDOWS_BEFORE_8;
    }
    snprintf(environment->system, sizeof(environment->system), "%s %lu.%lu.%lu", name,
             version.dwMajorVersion, version.dwMinorVersion, version.dwBuildNumber);
}
