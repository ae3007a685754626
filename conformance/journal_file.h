/* The journal as a file that survives what it is for: it is on the disk before anything is changed.
 */
#ifndef CONFORMANCE_JOURNAL_FILE_H
#define CONFORMANCE_JOURNAL_FILE_H

#include "journal.h"

struct journal_file {
    char path[NODE_NAME_MAX * 2]; /* UTF-8; empty: there is none */
    void *handle; /* open as long as the run lasts, so that --cleanup can tell that it does */
};

/* Writes a new file, flushed: at `wanted`, or where that is NULL under a new name in the current
 * folder, else in the temporary one. An existing file is not replaced. False with `problem`. */
bool journal_file_write(struct journal_file *file, const struct journal *journal,
                        const char *wanted, char problem[JOURNAL_PROBLEM_MAX]);

/* The run has ended; the file stays where something is left to undo. False where it should be gone
 * and is not. */
bool journal_file_end(struct journal_file *file, bool clean);

/* For a clean-up: fails too while the run that wrote it goes on. */
bool journal_file_read(struct journal *journal, const char *path,
                       char problem[JOURNAL_PROBLEM_MAX]);
bool journal_file_remove(const char *path);

#endif
