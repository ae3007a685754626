/* The contract between a shim engine (apphelp.dll, shimeng.dll) and a shim DLL, as far as it is
 * public: ReactOS' dll/appcompat. Facts only; each names the file that it is from.
 *
 * - Both functions are stdcall and are looked up by name, undecorated; without both of them the DLL
 *   is no shim DLL (apphelp/shimeng.c SeiCreateShimModuleInfo; shims/layer/layer.spec).
 * - The DLL lies in the AppPatch folder and is loaded before the initialisers of all other DLLs of
 *   the program but ntdll and kernel32 have run (shimeng.c SeiInit, SeiSetEntryProcessed). So it
 *   must not need another DLL, the C library included: shims/layer/CMakeLists.txt has DllMain as
 *   the entry point itself.
 * - GetHookAPIs is called once for every reference to a shim in the database, with the command line
 *   that the reference has, never NULL, and the shim's name. A program that is named both by itself
 *   and by a layer may ask twice for the same name (shimeng.c SeiInit).
 * - The engine keeps the array that it gets, writes into it, and links rows to each other: an array
 *   that is returned twice would be linked to itself, and the engine would never come back
 *   (shimeng.c SeiAddHooks, SeiResolveAPI). The older engine does not look at the pointer where the
 *   count is not 0, and does not clear the count before the call.
 * - OriginalFunction is the engine's to fill, after all shims have been asked, with the next in
 *   line: the next shim that names the same function, or the function itself. Who was asked first
 *   is called first. It is filled again where the library is loaded only later (shimeng.c
 *   SeiResolveAPI, SE_DllLoaded), and stays NULL where the library has no such function.
 * - GetProcAddress in a program finds the first replacement, also of a function that the library
 *   does not have (shimeng.c StubGetProcAddress). A shim DLL's own imports and its own
 *   GetProcAddress are left alone; so are the imports of what lies in system32, unless the
 *   database includes the module by name (shimeng.c SeiHookImports, SeiIsExcluded).
 * - NotifyShims is called for shim DLLs in the order of their loading: attach when the program's
 *   DLLs have been initialised, detach when the process is dying, and about every DLL that comes
 *   and goes, also before attach. Nobody looks at the result (shimeng.c NotifyShims, SE_*).
 * - Nothing is ever unhooked, and no shim DLL is unloaded (shimeng.c SE_DllUnloaded). */
#ifndef HOLDFAST_APPCOMPAT_SHIM_ENGINE_H
#define HOLDFAST_APPCOMPAT_SHIM_ENGINE_H

#include <stddef.h>
#include <windows.h>

/* HOOKAPI of shims/shimlib/shimlib.h, HOOKAPIEX of apphelp/shimeng.h. A function's name may be an
 * ordinal. */
struct hook_api {
    const char *library_name;
    const char *function_name;
    void *replacement_function;
    void *original_function;
    void *reserved[2]; /* the engine's: the shim that it belongs to, and the next hook in line */
};
_Static_assert(offsetof(struct hook_api, library_name) == 0, "HOOKAPI.LibraryName");
_Static_assert(offsetof(struct hook_api, function_name) == sizeof(void *), "HOOKAPI.FunctionName");
_Static_assert(offsetof(struct hook_api, replacement_function) == 2 * sizeof(void *),
               "HOOKAPI.ReplacementFunction");
_Static_assert(offsetof(struct hook_api, original_function) == 3 * sizeof(void *),
               "HOOKAPI.OriginalFunction");
_Static_assert(offsetof(struct hook_api, reserved) == 4 * sizeof(void *), "HOOKAPI.Reserved");
_Static_assert(sizeof(struct hook_api) == (sizeof(void *) == 8 ? 48 : 24), "HOOKAPI");

/* SHIM_NOTIFY_ of shims/shimlib/shimlib.h. Engine and shims of an older ReactOS call the same
 * numbers SHIM_REASON_; from 100 on they are shimlib's own. */
enum shim_notify {
    SHIM_NOTIFY_ATTACH = 1,
    SHIM_NOTIFY_DETACH = 2,
    SHIM_NOTIFY_DLL_LOAD = 3,   /* with the loader's entry, LDR_DATA_TABLE_ENTRY */
    SHIM_NOTIFY_DLL_UNLOAD = 4, /* the same */
};

/* What a shim DLL exports. */
struct hook_api *WINAPI GetHookAPIs(const char *command_line, const WCHAR *shim_name, DWORD *count);
BOOL WINAPI NotifyShims(DWORD reason, void *information);

typedef struct hook_api *(WINAPI *get_hook_apis_function)(const char *, const WCHAR *, DWORD *);
typedef BOOL(WINAPI *notify_shims_function)(DWORD, void *);

#endif
