#include "side.h"

#include "side_choice.h"
#include "unix_side.h"
#include "wine_version.h"
#include <stdio.h>

enum { PROBLEM_MAX = 320, WORD_MAX = 32 };

/* Set once under the loader lock, before anything can call. */
const struct side *disk_side;
static const char *problem, *wine_version;

/* What pass-through under Wine lacks, in few words: differences.md has them all. */
#define LACKS "no resets, and raw reads and writes stay cached and are not fenced"

static const struct row {
    const struct side *side;
    const char *words; /* or NULL; may take unix_side_problem() */
} rows[] = {
    [SIDE_CHOICE_UNIX] = {&side_unix, NULL},
    [SIDE_CHOICE_SPTI] = {&side_spti_wine, "HOLDFAST_TRANSPORT is spti: " LACKS},
    [SIDE_CHOICE_SPTI_FALLBACK] = {&side_spti_wine,
                                   "served by SCSI pass-through (" LACKS "), because %s"},
    [SIDE_CHOICE_SPTI_SYSTEM] = {&side_spti_system, NULL},
    [SIDE_CHOICE_BAD_WISH] = {NULL, "HOLDFAST_TRANSPORT can be unix or spti, or not be set"},
    [SIDE_CHOICE_NO_UNIX] = {NULL, "HOLDFAST_TRANSPORT is unix, but %s"},
    [SIDE_CHOICE_NO_WINE] = {NULL, "HOLDFAST_TRANSPORT is unix, and this is not Wine: unset it"},
    [SIDE_CHOICE_MISMATCH] = {NULL, "%s"},
};

static void explain(enum side_choice choice)
{
    static char line[PROBLEM_MAX];

    if (choice == SIDE_CHOICE_TOO_OLD) {
        wine_version_explain(line, sizeof(line), WINE_IS_TOO_OLD, wine_version, NULL);
        problem = line;
    } else if (rows[choice].words) {
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
        snprintf(line, sizeof(line), rows[choice].words, unix_side_problem());
#pragma GCC diagnostic pop
        problem = line;
    }
}

static enum side_wish wish(void)
{
    char word[WORD_MAX] = "";
    const DWORD length = GetEnvironmentVariableA("HOLDFAST_TRANSPORT", word, sizeof(word));

    return length < sizeof(word) ? side_wish_of(word) : SIDE_WISH_UNKNOWN;
}

void side_load(void *module)
{
    typedef const char *(CDECL * version_function)(void);
    version_function version = (version_function)(void *)GetProcAddress(
        GetModuleHandleW(L"ntdll.dll"), "wine_get_version");
    struct side_facts facts = {.wish = wish(), .is_wine = version != NULL};
    enum side_choice choice;

    wine_version = version ? version() : NULL;
    facts.is_too_old = version && wine_version_support(wine_version) == WINE_TOO_OLD;
    if (side_wants_unix(&facts))
        facts.unix_status = unix_side_load(module, wine_version);
    choice = side_choose(&facts);
    disk_side = choice < sizeof(rows) / sizeof(rows[0]) ? rows[choice].side : NULL;
    explain(choice);
}

const char *side_problem(void)
{
    return problem;
}

const char *side_wine_version(void)
{
    return wine_version;
}
