/* The code of the functions that the shim takes: looked at, disguised and replaced. */
#include "arrival.h"

#include <stdint.h>
#include <string.h>

enum { PADDING = 8 };

struct taken_function taken[TAKEN_FUNCTIONS] = {
    {.name = "NtClose"},
    {.name = "NtDuplicateObject"},
    {.name = "NtSetInformationFile"},
    {.name = "NtCreateFile"},
    {.name = "NtOpenFile"},
    {.name = "NtReadFile"},
    {.name = "NtWriteFile"},
    {.name = "NtReadFileScatter"},
    {.name = "NtWriteFileGather"},
    {.name = "NtFlushBuffersFile"},
    {.name = "CancelIoEx"},
    {.name = "GetOverlappedResult"},
    {.name = "GetOverlappedResultEx"},
    {.name = "DeviceIoControl"},
    {.name = "CreateProcessInternalW"},
};

void taken_remember(void)
{
    for (int i = 0; i < TAKEN_FUNCTIONS; i++) {
        HMODULE library = GetModuleHandleA(i < TAKEN_CALLS ? "ntdll.dll" : "kernelbase.dll");

        taken[i].code = (BYTE *)(void *)GetProcAddress(library, taken[i].name);
        memcpy(taken[i].before, taken[i].code - PADDING, CODE_LENGTH);
    }
}

int taken_changed(void)
{
    int changed = 0;

    for (int i = 0; i < TAKEN_FUNCTIONS; i++)
        changed += memcmp(taken[i].before, taken[i].code - PADDING, CODE_LENGTH) != 0;
    return changed;
}

struct taken_function *taken_find(const char *name)
{
    for (int i = 0; i < TAKEN_FUNCTIONS; i++)
        if (strcmp(taken[i].name, name) == 0)
            return &taken[i];
    return NULL;
}

void code_replace(BYTE *code, const void *bytes, size_t length)
{
    DWORD protection;

    CHECK(VirtualProtect(code, length, PAGE_EXECUTE_READWRITE, &protection));
    memcpy(code, bytes, length);
    VirtualProtect(code, length, protection, &protection);
}

void code_disguise(const struct taken_function *function)
{
    static const BYTE move[] = {0x49, 0x89, 0xca};               /* mov %rcx,%r10 */
    static const BYTE nop[] = {0x0f, 0x1f, 0x84, 0, 0, 0, 0, 0}; /* of eight bytes */

    if (function < taken + TAKEN_CALLS)
        code_replace(function->code, move, sizeof(move));
    else
        code_replace(function->code, nop, sizeof(nop));
}

void version_pretend(const char *version)
{
    BYTE code[] = {0x48, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0xc3}; /* mov $version,%rax; ret */
    BYTE *function =
        (BYTE *)(void *)GetProcAddress(GetModuleHandleA("ntdll.dll"), "wine_get_version");

    memcpy(code + 2, &version, sizeof(version));
    code_replace(function, code, sizeof(code));
}

/* Names are looked for by halves, and no other name lies between the two. */
void version_hide(void)
{
    BYTE *base = (BYTE *)GetModuleHandleA("ntdll.dll");
    const IMAGE_NT_HEADERS *nt =
        (const IMAGE_NT_HEADERS *)(base + ((const IMAGE_DOS_HEADER *)base)->e_lfanew);
    const IMAGE_EXPORT_DIRECTORY *exports =
        (const IMAGE_EXPORT_DIRECTORY *)(base + nt->OptionalHeader.DataDirectory[0].VirtualAddress);
    const DWORD *names = (const DWORD *)(base + exports->AddressOfNames);

    for (DWORD i = 0; i < exports->NumberOfNames; i++) {
        char *name = (char *)base + names[i];

        if (strcmp(name, "wine_get_version") == 0)
            code_replace((BYTE *)name + strlen(name) - 1, "o", 1);
    }
    CHECK(!GetProcAddress((HMODULE)base, "wine_get_version"));
}
