/* Whether a stream is a terminal, and what that terminal can do. */
#ifndef CONFORMANCE_TERMINAL_H
#define CONFORMANCE_TERMINAL_H

#include "report.h"

struct terminal {
    void *console;            /* a HANDLE; NULL where the stream is no console */
    uint32_t mode, code_page; /* as they were */
};

/* A report on `stream`: progress line and width on a console, colours where it understands escape
 * sequences and NO_COLOR is not set; 80 columns of plain text elsewhere. */
struct live_report terminal_open(struct terminal *terminal, FILE *stream);

/* Puts the console back as it was. Callable from a handler of Ctrl-C. */
void terminal_close(const struct terminal *terminal);

#endif
