/* Which way to a disk is taken. Knows neither Windows nor Wine; tests/unit drives it. */
#ifndef HOLDFAST_SHIM_SIDE_CHOICE_H
#define HOLDFAST_SHIM_SIDE_CHOICE_H

#include <stdbool.h>
#include <stdint.h>

/* HOLDFAST_TRANSPORT */
enum side_wish { SIDE_WISH_NONE, SIDE_WISH_UNIX, SIDE_WISH_SPTI, SIDE_WISH_UNKNOWN };

/* In any case of letters; "" and NULL are no wish. */
enum side_wish side_wish_of(const char *word);

struct side_facts {
    enum side_wish wish;
    bool is_wine;
    bool is_too_old;     /* of Wine */
    int32_t unix_status; /* NTSTATUS of loading holdfast.so */
};

enum side_choice {
    SIDE_CHOICE_UNIX,
    SIDE_CHOICE_SPTI,          /* as wished, under Wine */
    SIDE_CHOICE_SPTI_FALLBACK, /* holdfast.so cannot be had */
    SIDE_CHOICE_SPTI_SYSTEM,   /* off Wine */
    /* None, because */
    SIDE_CHOICE_BAD_WISH, /* that word is no transport */
    SIDE_CHOICE_NO_UNIX,  /* it was wished for, and is not there */
    SIDE_CHOICE_NO_WINE,  /* it was wished for, and this is no Wine */
    SIDE_CHOICE_TOO_OLD,
    SIDE_CHOICE_MISMATCH, /* holdfast.so is another build's */
};

/* Whether holdfast.so is wanted at all; without it unix_status has no meaning. */
bool side_wants_unix(const struct side_facts *facts);

enum side_choice side_choose(const struct side_facts *facts);

#endif
