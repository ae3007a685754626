#include "engine.h"

/* The last letter of the name that ntdll exports is another from then on. */
void off_wine(void)
{
    static const char wine[] = "wine_get_version";
    BYTE *base = (BYTE *)GetModuleHandleA("ntdll.dll");
    const IMAGE_NT_HEADERS *headers =
        (const void *)(base + ((const IMAGE_DOS_HEADER *)(const void *)base)->e_lfanew);
    const IMAGE_EXPORT_DIRECTORY *exports =
        (const void *)(base + headers->OptionalHeader.DataDirectory[0].VirtualAddress);
    const DWORD *names = (const void *)(base + exports->AddressOfNames);

    for (DWORD i = 0; i < exports->NumberOfNames; i++) {
        BYTE *name = base + names[i];
        DWORD protection;

        if (lstrcmpA((char *)name, wine) != 0)
            continue;
        VirtualProtect(name, sizeof(wine), PAGE_READWRITE, &protection);
        name[sizeof(wine) - 2] = 'o';
        VirtualProtect(name, sizeof(wine), protection, &protection);
    }
    if (GetProcAddress((HMODULE)base, wine))
        engine_fail("this is still Wine");
}
