#include "engine.h"

static const BYTE *at(HMODULE module, DWORD offset)
{
    return (const BYTE *)module + offset;
}

static const IMAGE_IMPORT_DESCRIPTOR *imports_of(HMODULE module)
{
    const IMAGE_DOS_HEADER *dos = (const void *)module;
    const IMAGE_NT_HEADERS *headers = (const void *)at(module, (DWORD)dos->e_lfanew);
    const IMAGE_DATA_DIRECTORY *directory =
        &headers->OptionalHeader.DataDirectory[IMAGE_DIRECTORY_ENTRY_IMPORT];

    return directory->Size ? (const void *)at(module, directory->VirtualAddress) : NULL;
}

static void redirect(ULONG_PTR *slot, const void *to)
{
    DWORD protection;

    if (!VirtualProtect(slot, sizeof(*slot), PAGE_READWRITE, &protection))
        engine_fail("an import table cannot be written to, error %lu", GetLastError());
    *slot = (ULONG_PTR)to;
    VirtualProtect(slot, sizeof(*slot), protection, &protection);
}

static void patch(HMODULE module, const IMAGE_IMPORT_DESCRIPTOR *import, HMODULE library)
{
    const IMAGE_THUNK_DATA *name = (const void *)at(module, import->OriginalFirstThunk);
    IMAGE_THUNK_DATA *slot = (IMAGE_THUNK_DATA *)at(module, import->FirstThunk);

    for (; name->u1.AddressOfData; name++, slot++) {
        const IMAGE_IMPORT_BY_NAME *by_name;
        const void *to;

        if (IMAGE_SNAP_BY_ORDINAL(name->u1.Ordinal))
            continue;
        by_name = (const void *)at(module, (DWORD)name->u1.AddressOfData);
        to = lines_first(library, (const char *)by_name->Name);
        if (to)
            redirect((ULONG_PTR *)&slot->u1.Function, to);
    }
}

void import_table_patch(HMODULE module)
{
    const IMAGE_IMPORT_DESCRIPTOR *import = imports_of(module);

    for (; import && import->Name && import->OriginalFirstThunk; import++) {
        HMODULE library = GetModuleHandleA((const char *)at(module, import->Name));

        if (library)
            patch(module, import, library);
    }
}
