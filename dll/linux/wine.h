/* The way from bin/holdfast to holdfast.exe under Wine. */
#ifndef HOLDFAST_LINUX_WINE_H
#define HOLDFAST_LINUX_WINE_H

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>

/* Where Wine's layout of Holdfast lies (x86_64-windows/holdfast.exe and so on), whether this
 * program was installed or built and whatever link led to it. False after a line on standard error.
 */
bool wine_find_library(char library[PATH_MAX]);

/* Becomes holdfast.exe under Wine with `count` arguments. The environment's WINE chooses a Wine.
 * Comes back only where that cannot be, with an exit code and after a line on standard error. */
int wine_become(const char *const *arguments, size_t count);

/* Becomes Wine with the command line from line[1] on, NULL at its end; line[0] is for Wine itself.
 * Comes back only where there is no Wine, after a line on standard error. */
void wine_execute(char **line);

#endif
