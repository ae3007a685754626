/* man(7) source. Every text that comes from outside is escaped here, in one place. */
#ifndef HOLDFAST_MANUAL_ROFF_H
#define HOLDFAST_MANUAL_ROFF_H

#include "../../dll/command/text.h"

/* The page's first line. `date` is ISO 8601. */
void roff_add_title(struct text *text, const char *name, const char *date, const char *version);

void roff_add_section(struct text *text, const char *name);

/* `words` so that a man page shows them as they are. */
void roff_add_words(struct text *text, const char *words);

/* The same within font `font`: 'B', 'I' or 'R'. */
void roff_add_in_font(struct text *text, char font, const char *words);

/* `words` as paragraphs, one for each of its lines. */
void roff_add_paragraphs(struct text *text, const char *words);

/* An entry of a list: `name` in font `font`, a `value` behind it in italics or NULL, and what it
 * means. */
void roff_add_entry(struct text *text, char font, const char *name, const char *value,
                    const char *meaning);

#endif
