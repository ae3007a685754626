/* What the generator makes: a function for each file, which adds the whole of it. */
#ifndef HOLDFAST_MANUAL_PAGES_H
#define HOLDFAST_MANUAL_PAGES_H

#include "../../dll/command/text.h"

/* What all pages say of this version; `date` is the release's, ISO 8601. */
struct release {
    const char *version;
    const char *date;
};

void page_add_holdfast(struct text *text, const struct release *release);
void page_add_conformance(struct text *text, const struct release *release);
void completion_add_tables(struct text *text, const struct release *release);

#endif
