#include "wine.h"

#include "../command/errors.h"
#include "../command/output.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char program[] = "x86_64-windows/holdfast.exe";

/* wine64 itself, not Debian's script in front of it, which asks for 32-bit packages. */
static const char *const wines[] = {"/usr/lib/wine/wine64", "wine", "wine64"};

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

/* Seen from there: installed, and built. */
static bool find_from(const char *own_folder, char library[PATH_MAX])
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

bool wine_find_library(char library[PATH_MAX])
{
    char folder[PATH_MAX];

    if (!find_own_folder(folder)) {
        output_message("cannot find out where it lies: is /proc mounted?");
        return false;
    }
    if (find_from(folder, library))
        return true;
    output_message("holdfast.exe is not in %s/%s/x86_64-windows: install Holdfast again", folder,
                   HOLDFAST_LIBRARY_FROM_BIN);
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

void wine_execute(char **line)
{
    const char *chosen = getenv("WINE");

    if (chosen && *chosen) {
        line[0] = (char *)chosen;
        execvp(chosen, line);
        output_message("there is no Wine at '%s': correct or unset WINE", chosen);
        return;
    }
    for (size_t i = 0; i < sizeof(wines) / sizeof(wines[0]); i++) {
        line[0] = (char *)wines[i];
        execvp(wines[i], line);
    }
    output_message("Wine is not installed: install the package wine64 (Debian) or wine, or set "
                   "WINE to its path");
}

int wine_become(const char *const *arguments, size_t count)
{
    char library[PATH_MAX], path[2 * PATH_MAX];
    char **line;

    if (!wine_find_library(library))
        return EXIT_NO_SHIM;
    line = calloc(count + 3, sizeof(*line));
    if (!line || !lead_wine_to(library)) {
        output_message("out of memory");
    } else {
        snprintf(path, sizeof(path), "%s/%s", library, program);
        line[1] = path;
        for (size_t i = 0; i < count; i++)
            line[i + 2] = (char *)arguments[i];
        wine_execute(line);
    }
    free(line);
    return EXIT_NO_SHIM;
}
