#include "side_choice.h"

#include "../reservation/nt_status.h"

static bool is_word(const char *text, const char *lower)
{
    while (*lower && (*text | 0x20) == *lower) {
        text++;
        lower++;
    }
    return !*text && !*lower;
}

enum side_wish side_wish_of(const char *word)
{
    if (!word || !*word)
        return SIDE_WISH_NONE;
    if (is_word(word, "unix"))
        return SIDE_WISH_UNIX;
    return is_word(word, "spti") ? SIDE_WISH_SPTI : SIDE_WISH_UNKNOWN;
}

bool side_wants_unix(const struct side_facts *facts)
{
    return facts->is_wine && !facts->is_too_old &&
           (facts->wish == SIDE_WISH_NONE || facts->wish == SIDE_WISH_UNIX);
}

enum side_choice side_choose(const struct side_facts *facts)
{
    if (facts->wish == SIDE_WISH_UNKNOWN)
        return SIDE_CHOICE_BAD_WISH;
    if (!facts->is_wine)
        return facts->wish == SIDE_WISH_UNIX ? SIDE_CHOICE_NO_WINE : SIDE_CHOICE_SPTI_SYSTEM;
    if (facts->is_too_old)
        return SIDE_CHOICE_TOO_OLD;
    if (facts->wish == SIDE_WISH_SPTI)
        return SIDE_CHOICE_SPTI;
    if (facts->unix_status == NT_STATUS_SUCCESS)
        return SIDE_CHOICE_UNIX;
    if (facts->unix_status == NT_STATUS_REVISION_MISMATCH)
        return SIDE_CHOICE_MISMATCH;
    return facts->wish == SIDE_WISH_UNIX ? SIDE_CHOICE_NO_UNIX : SIDE_CHOICE_SPTI_FALLBACK;
}
