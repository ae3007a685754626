/* dll/shim/side_choice.c: which way to a disk is taken. */
#include "../../dll/reservation/nt_status.h"
#include "../../dll/shim/side_choice.h"

#include "expect.h"

enum {
    THERE = NT_STATUS_SUCCESS,
    MISSING = NT_STATUS_DLL_NOT_FOUND,
    OTHER = NT_STATUS_REVISION_MISMATCH,
    REFUSED = NT_STATUS_NOT_SUPPORTED,
};

static void words_are_wishes(void **state)
{
    static const struct {
        const char *word;
        enum side_wish wish;
    } rows[] = {
        {NULL, SIDE_WISH_NONE},       {"", SIDE_WISH_NONE},         {"unix", SIDE_WISH_UNIX},
        {"UNIX", SIDE_WISH_UNIX},     {"spti", SIDE_WISH_SPTI},     {"Spti", SIDE_WISH_SPTI},
        {"spt", SIDE_WISH_UNKNOWN},   {"sptix", SIDE_WISH_UNKNOWN}, {"unix ", SIDE_WISH_UNKNOWN},
        {" unix", SIDE_WISH_UNKNOWN}, {"sg", SIDE_WISH_UNKNOWN},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        EXPECT(side_wish_of(rows[i].word), rows[i].wish, "'%s'", rows[i].word ? rows[i].word : "");
}

static void facts_make_the_choice(void **state)
{
    static const struct {
        const char *name;
        struct side_facts facts;
        bool wants_unix;
        enum side_choice choice;
    } rows[] = {
        {"Wine", {SIDE_WISH_NONE, true, false, THERE}, true, SIDE_CHOICE_UNIX},
        {"Wine, missing", {SIDE_WISH_NONE, true, false, MISSING}, true, SIDE_CHOICE_SPTI_FALLBACK},
        {"a later Wine", {SIDE_WISH_NONE, true, false, REFUSED}, true, SIDE_CHOICE_SPTI_FALLBACK},
        {"two builds", {SIDE_WISH_NONE, true, false, OTHER}, true, SIDE_CHOICE_MISMATCH},
        {"too old", {SIDE_WISH_NONE, true, true, THERE}, false, SIDE_CHOICE_TOO_OLD},
        {"unix", {SIDE_WISH_UNIX, true, false, THERE}, true, SIDE_CHOICE_UNIX},
        {"unix, missing", {SIDE_WISH_UNIX, true, false, MISSING}, true, SIDE_CHOICE_NO_UNIX},
        {"unix, two builds", {SIDE_WISH_UNIX, true, false, OTHER}, true, SIDE_CHOICE_MISMATCH},
        {"unix, too old", {SIDE_WISH_UNIX, true, true, THERE}, false, SIDE_CHOICE_TOO_OLD},
        {"spti", {SIDE_WISH_SPTI, true, false, THERE}, false, SIDE_CHOICE_SPTI},
        {"spti, too old", {SIDE_WISH_SPTI, true, true, THERE}, false, SIDE_CHOICE_TOO_OLD},
        {"no Wine", {SIDE_WISH_NONE, false, false, 0}, false, SIDE_CHOICE_SPTI_SYSTEM},
        {"no Wine, spti", {SIDE_WISH_SPTI, false, false, 0}, false, SIDE_CHOICE_SPTI_SYSTEM},
        {"no Wine, unix", {SIDE_WISH_UNIX, false, false, 0}, false, SIDE_CHOICE_NO_WINE},
        {"a wrong word", {SIDE_WISH_UNKNOWN, true, false, THERE}, false, SIDE_CHOICE_BAD_WISH},
        {"a wrong word, no Wine",
         {SIDE_WISH_UNKNOWN, false, false, 0},
         false,
         SIDE_CHOICE_BAD_WISH},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        EXPECT(side_wants_unix(&rows[i].facts), rows[i].wants_unix, "%s", rows[i].name);
        EXPECT(side_choose(&rows[i].facts), rows[i].choice, "%s", rows[i].name);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_wishes),
        cmocka_unit_test(facts_make_the_choice),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
