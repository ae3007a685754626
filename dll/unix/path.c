/* holdfast_path.so: being loaded, it leads Wine to Holdfast in all that this process starts later.
 *
 * Wine finds the Unix side of a DLL through WINEDLLPATH of the Unix environment, which a process
 * has from its parent; nothing in the registry reaches it. services.exe has it from whoever started
 * the prefix, and only code on the Unix side can change it there. Wine hands any ELF file that is
 * to be loaded as a DLL to dlopen (dlls/ntdll/unix/loader.c dlopen_dll), and for this one all is
 * done by then: Wine finds that it is no DLL and unloads it. */
#include <dlfcn.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The folder above x86_64-unix, in which this file lies. */
static bool find_library(char library[PATH_MAX])
{
    static const char anchor;
    Dl_info self;

    if (!dladdr(&anchor, &self) || !realpath(self.dli_fname, library))
        return false;
    for (int levels = 2; levels; levels--) {
        char *slash = strrchr(library, '/');
        if (!slash || slash == library)
            return false;
        *slash = 0;
    }
    return true;
}

static bool begins_with(const char *path, const char *library)
{
    const size_t length = strlen(library);

    return !strncmp(path, library, length) && (path[length] == ':' || !path[length]);
}

__attribute__((constructor)) static void lead_wine_here(void)
{
    const char *before = getenv("WINEDLLPATH");
    const bool alone = !before || !*before;
    char library[PATH_MAX];
    char *path;

    if (!find_library(library) || (!alone && begins_with(before, library)) ||
        asprintf(&path, "%s%s%s", library, alone ? "" : ":", alone ? "" : before) < 0)
        return;
    setenv("WINEDLLPATH", path, 1);
    free(path);
}
