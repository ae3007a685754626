/* A Windows command line, taken apart as the C run-time library does it. The launcher does not use
 * the argv it is given: `run` has to know where in the original line the program's part begins, and
 * two parsers that differ in a corner would cut in the wrong place. */
#ifndef HOLDFAST_LAUNCHER_COMMAND_LINE_H
#define HOLDFAST_LAUNCHER_COMMAND_LINE_H

#include <stddef.h>
#include <wchar.h>

/* Reads the argument at `line` (which may begin with blanks) and returns what follows it, or NULL
 * where there was none. `start`, if not NULL, receives where the argument begins. `value`, if not
 * NULL, receives the argument without its quoting and a zero; wcslen(line) + 1 elements always
 * suffice.
 * Source: "Parsing C command-line arguments" in Microsoft's C documentation. */
const wchar_t *command_line_next(const wchar_t *line, const wchar_t **start, wchar_t *value);

/* Skips the program's own name, whose rule is another: quotes group and backslashes are plain. */
const wchar_t *command_line_skip_program(const wchar_t *line);

/* Where argument `index` begins (0: the first after the program's name), or NULL. */
const wchar_t *command_line_find(const wchar_t *line, size_t index);

#endif
