/* Which versions of Wine Holdfast serves, and what it says where it does not.
 *
 * Knows neither Windows nor Wine; tests/unit drives it. */
#ifndef HOLDFAST_SHIM_WINE_VERSION_H
#define HOLDFAST_SHIM_WINE_VERSION_H

#include <stddef.h>

/* The versions that the whole test suite runs on, oldest first: README and `holdfast status` name
 * these. What is older than the first is refused; on every other, Holdfast serves where each
 * function that it stands on looks as it does in these. */
#define WINE_VERSIONS_TESTED(VERSION) \
    VERSION(8, 0)                     \
    VERSION(10, 0)

enum wine_support { WINE_TOO_OLD, WINE_NOT_TESTED, WINE_TESTED };

/* `version` as wine_get_version gives it: "8.0", "9.22", "10.0-rc2". A later number behind a tested
 * one makes another version, and one that cannot be read is one that was not tested. */
enum wine_support wine_version_support(const char *version);

/* "8.0 10.0" */
const char *wine_versions_tested(void);

enum wine_problem {
    WINE_IS_TOO_OLD,
    WINE_IS_UNKNOWN, /* a function does not look as we know it */
    WINE_IS_HOOKED,  /* a function has been taken by somebody before us */
    WINE_IS_BUSY,    /* threads run, and there is no room to take a function from under them */
    WINE_IS_UNTESTED,
};

/* One line for the user. `function` is the one that is in the way, or NULL. */
void wine_version_explain(char *line, size_t size, enum wine_problem problem, const char *version,
                          const char *function);

#endif
