#include "next_in_line.h"

static const char *const names[HOOKED_FUNCTIONS] = {
#define X(function, name) [HOOKED_##function] = #name,
    HOOKED_FUNCTIONS(X)
#undef X
};

/* Only what the system has gets a row: a program would be given the replacement of a function that
 * is not there, shim_engine.h. */
static struct hook_api all_rows[HOOKED_FUNCTIONS];
static struct {
    struct hook_api *row;
    void *system; /* the function itself */
} functions[HOOKED_FUNCTIONS];

DWORD next_in_line_start(void *const *replacements, struct hook_api **rows)
{
    HMODULE kernel32 = GetModuleHandleW(L"kernel32.dll");
    DWORD count = 0;

    for (int i = 0; i < HOOKED_FUNCTIONS; i++) {
        void *system = (void *)GetProcAddress(kernel32, names[i]);

        if (!system)
            continue;
        all_rows[count] = (struct hook_api){.library_name = "KERNEL32.DLL",
                                            .function_name = names[i],
                                            .replacement_function = replacements[i],
                                            .original_function = system};
        functions[i].row = &all_rows[count++];
        functions[i].system = system;
    }
    *rows = all_rows;
    return count;
}

/* Read at each call: the engine may write it at any time, in one piece. */
void *next_in_line(enum hooked_function function)
{
    void *next = NULL;

    if (functions[function].row)
        next = __atomic_load_n(&functions[function].row->original_function, __ATOMIC_RELAXED);
    return next ? next : functions[function].system;
}
