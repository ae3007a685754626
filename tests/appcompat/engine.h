/* A shim engine as dll/appcompat/shim_engine.h describes it, for tests: apphelp.dll's part where
 * there is none, under Wine. A DLL, loaded into a program before its entry point by host.c.
 *
 * HOLDFAST_TEST_SHIMS names what the database would: "DLL|NAME|COMMAND LINE", several with ";". Who
 * is named first is first in line. With HOLDFAST_TEST_OFF_WINE the program is told nothing of Wine.
 */
#ifndef HOLDFAST_TESTS_APPCOMPAT_ENGINE_H
#define HOLDFAST_TESTS_APPCOMPAT_ENGINE_H

#include "../../dll/appcompat/shim_engine.h"

enum { ENGINE_ROWS = 64, ENGINE_SHIM_DLLS = 8, ENGINE_PROBLEM = 95 /* exit code */ };

/* The hooks of one function of one library. Reserved[1] of a row leads to the next in line. */
struct line {
    HMODULE library;
    struct hook_api *first;
};

/* Ends the program with words on standard error. */
__attribute__((format(gnu_printf, 1, 2), noreturn)) void engine_fail(const char *format, ...);

/* Appends the rows to their lines. */
void lines_add(struct hook_api *rows, DWORD count);
/* Tells every row who is next. */
void lines_resolve(void);
/* Who is called for `function` of `library`, or NULL. */
void *lines_first(HMODULE library, const char *function);
DWORD lines_count(void);

/* This is no Wine any more, for who asks from now on. */
void off_wine(void);

/* Redirects what `module` imports of functions that have a line. */
void import_table_patch(HMODULE module);

#endif
