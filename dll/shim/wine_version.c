#include "wine_version.h"

#include <stdio.h>
#include <stdlib.h>

struct version {
    unsigned long major, minor;
};

#define ROW(major, minor) {major, minor},
static const struct version tested[] = {WINE_VERSIONS_TESTED(ROW)};
enum { TESTED = sizeof(tested) / sizeof(tested[0]) };

#define WORD(major, minor) " " #major "." #minor
#define TESTED_WORDS       "tested:" WINE_VERSIONS_TESTED(WORD)

/* What follows the two numbers, or NULL where these are not there. */
static const char *read_version(const char *text, struct version *version)
{
    char *end;

    if (*text < '0' || *text > '9')
        return NULL;
    version->major = strtoul(text, &end, 10);
    if (end[0] != '.' || end[1] < '0' || end[1] > '9')
        return NULL;
    version->minor = strtoul(end + 1, &end, 10);
    return end;
}

enum wine_support wine_version_support(const char *version)
{
    struct version wine;
    const char *rest = read_version(version, &wine);

    if (!rest)
        return WINE_NOT_TESTED;
    if (wine.major < tested[0].major ||
        (wine.major == tested[0].major && wine.minor < tested[0].minor))
        return WINE_TOO_OLD;
    for (size_t i = 0; i < TESTED; i++)
        if (wine.major == tested[i].major && wine.minor == tested[i].minor && !*rest)
            return WINE_TESTED;
    return WINE_NOT_TESTED;
}

const char *wine_versions_tested(void)
{
    static const char words_of_all[] = WINE_VERSIONS_TESTED(WORD);

    return words_of_all + 1; /* behind the first space */
}

#define GO_ON "\"holdfast run --if-possible\" starts a program without Holdfast"

/* Each takes the version and the function, in this order. */
static const char *const words[] = {
    [WINE_IS_TOO_OLD] = "Wine %s is too old for Holdfast (" TESTED_WORDS "): update Wine; " GO_ON,
    [WINE_IS_UNKNOWN] = "Wine %s is not known to Holdfast (" TESTED_WORDS
                        "), its %s is another: use one of these, or a later Holdfast; " GO_ON,
    [WINE_IS_HOOKED] = "Wine %s's %s has been hooked already, by another copy of Holdfast or by "
                       "another tool: only one can be in a process; " GO_ON,
    [WINE_IS_BUSY] = "in this process of Wine %s threads run already, and there is no room to take "
                     "%s from under them: load Holdfast at the start, with \"holdfast run\"",
    [WINE_IS_UNTESTED] = "not tested with Wine %s (" TESTED_WORDS ")",
};

void wine_version_explain(char *line, size_t size, enum wine_problem problem, const char *version,
                          const char *function)
{
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
    snprintf(line, size, words[problem], version, function ? function : "");
#pragma GCC diagnostic pop
}
