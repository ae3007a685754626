/* bin/holdfast, a Linux program: starts holdfast.exe under Wine. Works from the installed and from
 * the build tree, and through links to it. The environment's WINE chooses a Wine. It is a program
 * and not a script because it stands before every start: a shell, and the tools that the script
 * needs, took 3 ms; docs/performance.md. */
#include <limits.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { EXIT_CANNOT_START = 125 };

static const char program[] = "x86_64-windows/holdfast.exe";

/* wine64 itself, not Debian's script in front of it, which asks for 32-bit packages. */
static const char *const wines[] = {"/usr/lib/wine/wine64", "wine", "wine64"};

__attribute__((format(printf, 1, 2))) static int fail(const char *format, ...)
{
    va_list arguments;

    fputs("holdfast: ", stderr);
    va_start(arguments, format);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    fputc('\n', stderr);
    return EXIT_CANNOT_START;
}

/* The folder this program lies in, whatever link led to it. */
static bool find_own_folder(char folder[PATH_MAX])
{
    const ssize_t length = readlink("/proc/self/exe", folder, PATH_MAX - 1);

    if (length < 0)
        return false;
    folder[length] = 0;
    *strrchr(folder, '/') = 0; /* what the kernel gives is an absolute path */
    return true;
}

/* Where Wine's layout of Holdfast lies, seen from there: installed, and built. */
static bool find_library(const char *own_folder, char library[PATH_MAX])
{
    static const char *const places[] = {HOLDFAST_LIBRARY_FROM_BIN, "../wine"};
    char path[2 * PATH_MAX];

    for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
        snprintf(path, sizeof(path), "%s/%s", own_folder, places[i]);
        if (!realpath(path, library))
            continue;
        snprintf(path, sizeof(path), "%s/%s", library, program);
        if (access(path, R_OK) == 0)
            return true;
    }
    return false;
}

/* Wine looks there for holdfast.so, the Unix side of holdfast.dll. */
static bool lead_wine_to(const char *library)
{
    const char *before = getenv("WINEDLLPATH");
    const bool alone = !before || !*before;
    char *path = NULL;
    bool done = false;

    if (asprintf(&path, "%s%s%s", library, alone ? "" : ":", alone ? "" : before) >= 0) {
        done = setenv("WINEDLLPATH", path, 1) == 0;
        free(path);
    }
    return done;
}

/* Comes back only when there is no such Wine. */
static int become_wine(char **arguments)
{
    const char *chosen = getenv("WINE");

    if (chosen && *chosen) {
        execvp(chosen, arguments);
        return fail("there is no Wine at '%s': correct or unset WINE", chosen);
    }
    for (size_t i = 0; i < sizeof(wines) / sizeof(wines[0]); i++) {
        arguments[0] = (char *)wines[i];
        execvp(wines[i], arguments);
    }
    return fail("Wine is not installed: install the package wine64 (Debian) or wine, or set WINE "
                "to its path");
}

int main(int argc, char **argv)
{
    char folder[PATH_MAX], library[PATH_MAX], path[2 * PATH_MAX];
    char **arguments = calloc((size_t)argc + 3, sizeof(*arguments));
    int code;

    if (!arguments)
        return fail("out of memory");
    if (!find_own_folder(folder)) {
        code = fail("cannot find out where it lies: is /proc mounted?");
    } else if (!find_library(folder, library)) {
        code = fail("holdfast.exe is not in %s/%s/x86_64-windows: install Holdfast again", folder,
                    HOLDFAST_LIBRARY_FROM_BIN);
    } else if (!lead_wine_to(library)) {
        code = fail("out of memory");
    } else {
        snprintf(path, sizeof(path), "%s/%s", library, program);
        arguments[0] = getenv("WINE");
        arguments[1] = path;
        for (int i = 1; i < argc; i++)
            arguments[i + 1] = argv[i];
        code = become_wine(arguments);
    }
    free(arguments);
    return code;
}
