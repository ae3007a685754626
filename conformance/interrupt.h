/* Ctrl-C, and the end of the console or of the user's session. */
#ifndef CONFORMANCE_INTERRUPT_H
#define CONFORMANCE_INTERRUPT_H

#include "terminal.h"

/* From now on the first interruption sets the flag, and the second ends the process at once, with
 * the clean-up undone. Returns the flag. */
volatile long *interrupt_install(void);

/* The journal that the second one names. NULL: none. The text has to stay. */
void interrupt_set_journal(const char *path);

/* The terminal that it puts back as it was. NULL: none. */
void interrupt_set_terminal(const struct terminal *console);

/* All is cleaned up: a console that waits to be closed may go. */
void interrupt_finish(void);

#endif
