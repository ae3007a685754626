/* What the program calls in place of the functions in next_in_line.h. */
#ifndef HOLDFAST_APPCOMPAT_REPLACEMENTS_H
#define HOLDFAST_APPCOMPAT_REPLACEMENTS_H

#include "next_in_line.h"

/* Fills the replacements of the functions that each file is about, and leads what these stand on to
 * the next in line. */
void replace_requests(void *replacements[HOOKED_FUNCTIONS]);
void replace_handles(void *replacements[HOOKED_FUNCTIONS]);
void replace_bindings(void *replacements[HOOKED_FUNCTIONS]);

#endif
