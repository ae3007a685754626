/* A library that calls the program back when the process ends, from its own DllMain: Wine 8 does
 * not tell the program itself (TLS callbacks, DLL_PROCESS_DETACH). */
#include <windows.h>

typedef void (*farewell_function)(void);

BOOL WINAPI DllMain(HINSTANCE module, DWORD reason, void *reserved);
__declspec(dllexport) void farewell_by(farewell_function function);

static farewell_function farewell;

void farewell_by(farewell_function function)
{
    farewell = function;
}

BOOL WINAPI DllMain(HINSTANCE module, DWORD reason, void *reserved)
{
    (void)module;
    (void)reserved;
    if (reason == DLL_PROCESS_DETACH && farewell)
        farewell();
    return TRUE;
}
