/* Text on a terminal: wrapped at its width, coloured where it has colours, and never able to steer
 * it, since much of it comes from disks and from other people's files. */
#ifndef CONFORMANCE_REPORT_TEXT_H
#define CONFORMANCE_REPORT_TEXT_H

#include "compiler.h"
#include "report.h"

enum colour { PLAIN, BOLD, RED, GREEN, YELLOW, CYAN, COLOURS };

/* From here on, until PLAIN. Nothing where the report has no colours. */
void text_colour(const struct live_report *report, enum colour colour);

/* Columns that a line may use. The last one stays free: consoles break the line behind it. */
unsigned text_columns(const struct live_report *report);

/* Columns that the text takes. */
unsigned text_width(const char *text);

void text_blanks(const struct live_report *report, unsigned count);

/* At most `columns` of the text; returns those used. */
unsigned text_clipped(const struct live_report *report, const char *text, unsigned columns);

/* The words from **text that fit into so many columns, at least one character; *text moves behind
 * them. Returns the columns used; 0 at the end of the text. */
unsigned text_line(const struct live_report *report, const char **text, unsigned columns);

/* A paragraph; the cursor stands at `column`, further lines begin at `indent`. Ends the line. */
void text_wrapped(const struct live_report *report, unsigned column, unsigned indent,
                  const char *text);

/* A paragraph that begins a line at `indent`, as its further lines do. At most 2000 bytes. */
void text_paragraph(const struct live_report *report, unsigned indent, const char *format, ...)
    PRINTF_FORMAT(3, 4);

/* An empty line and a heading. */
void text_heading(const struct live_report *report, const char *heading);

/* "1 case", "2 cases". */
enum { TEXT_COUNT_MAX = 32 };
const char *text_cases(size_t count, char text[TEXT_COUNT_MAX]);

#endif
