/* The shim comes into a process that runs already, and that we have prepared in one way or another.
 */
#ifndef HOLDFAST_TESTS_WINE_ARRIVAL_H
#define HOLDFAST_TESTS_WINE_ARRIVAL_H

#include "../../dll/shim/holdfast.h"
#include "test.h"

/* Every function that the shim takes. */
enum { TAKEN_CALLS = 10, TAKEN_FUNCTIONS = 15, CODE_LENGTH = 32 };
struct taken_function {
    const char *name;
    BYTE *code;
    BYTE before[CODE_LENGTH]; /* the code, with the eight bytes in front of it */
};
extern struct taken_function taken[TAKEN_FUNCTIONS]; /* the system calls first */

void taken_remember(void);
/* How many are not as they were remembered. */
int taken_changed(void);
struct taken_function *taken_find(const char *name);

/* Replaces the code of a function that nobody is in. */
void code_replace(BYTE *code, const void *bytes, size_t length);
/* The same instruction otherwise: the function does what it did, and looks unlike any known one. */
void code_disguise(const struct taken_function *function);

/* Lets wine_get_version give `version`, which must stay. */
void version_pretend(const char *version);
/* Takes it away: this is no Wine any more, for who asks from now on. */
void version_hide(void);

struct holdfast_status status_of(HMODULE shim);
/* RESERVE on PhysicalDrive1. */
bool reserve(void);

#endif
