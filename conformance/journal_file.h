/* The journal as a file that survives what it is for: it is on the disk before anything is changed. */
#ifndef CONFORMANCE_JOURNAL_FILE_H
#define CONFORMANCE_JOURNAL_FILE_H

#include "journal.h"

/* Writes a new file, flushed: at `wanted`, or where that is NULL under a new name in the current
 * folder, else in the temporary one. The name is left in `path`. An existing file is not replaced.
 * False with `problem`. */
bool journal_file_write(const struct journal *journal, const char *wanted,
                        char path[NODE_NAME_MAX * 2], char problem[JOURNAL_PROBLEM_MAX]);

bool journal_file_read(struct journal *journal, const char *path,
                       char problem[JOURNAL_PROBLEM_MAX]);

bool journal_file_remove(const char *path);

#endif
