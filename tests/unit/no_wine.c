/* Stands in for dll/linux/wine.c where Wine is not to be started. */
#include "../../dll/command/errors.h"
#include "../../dll/linux/wine.h"

int wine_become(const char *const *arguments, size_t count)
{
    (void)arguments;
    (void)count;
    return EXIT_NO_SHIM;
}
