#include "hook.h"

#include "patch.h"

/* The slot through which `module` calls `function`, or NULL. */
static void **find_slot(HMODULE module, const void *function)
{
    BYTE *base = (BYTE *)module;
    const IMAGE_DOS_HEADER *dos = (const IMAGE_DOS_HEADER *)base;
    const IMAGE_NT_HEADERS *nt = (const IMAGE_NT_HEADERS *)(base + dos->e_lfanew);
    const IMAGE_DATA_DIRECTORY *directory =
        &nt->OptionalHeader.DataDirectory[IMAGE_DIRECTORY_ENTRY_IMPORT];
    const IMAGE_IMPORT_DESCRIPTOR *import;

    if (!directory->VirtualAddress)
        return NULL;
    import = (const IMAGE_IMPORT_DESCRIPTOR *)(base + directory->VirtualAddress);
    for (; import->Name; import++)
        for (void **slot = (void **)(base + import->FirstThunk); *slot; slot++)
            if (*slot == function)
                return slot;
    return NULL;
}

BOOL hook_by_import_slot(const char *name, void *to, void **original)
{
    void *function = (void *)GetProcAddress(GetModuleHandleW(L"kernelbase.dll"), name);
    void **slot = function ? find_slot(GetModuleHandleW(L"kernel32.dll"), function) : NULL;

    if (!slot)
        return FALSE;
    *original = function;
    return patch_write(slot, &to, sizeof(to));
}
