/* The program that `run` is to start: where its file is, and its command line. */
#ifndef HOLDFAST_LAUNCHER_PROGRAM_H
#define HOLDFAST_LAUNCHER_PROGRAM_H

#include <stdbool.h>
#include <wchar.h>

/* The strings are owned; free with program_free. */
struct program {
    wchar_t *name;         /* as typed, without its quoting */
    wchar_t *path;         /* of the file, in Windows form; NULL where there is none */
    wchar_t *command_line; /* what CreateProcessW gets */
};

/* Finds the program whose command line begins at `line`. The arguments after its name are taken
 * over to the letter. The name too, unless it is a Unix path, which no Windows program could make
 * sense of. False without memory; a file that is not there is no failure but a NULL path. */
bool program_find(const wchar_t *line, struct program *program);

void program_free(struct program *program);

#endif
