/* ReactOS' <stdio.h> makes snprintf and vsnprintf another name for msvcrt's _snprintf and
 * _vsnprintf (sdk/include/crt/stdio.h), which neither end a text that is too long nor tell its
 * length. Here they are C's. Formats are msvcrt's all the same; the sources keep to what both know.
 */
#ifndef HOLDFAST_COMPAT_STDIO_H
#define HOLDFAST_COMPAT_STDIO_H

#include_next <stdio.h>

#undef snprintf
#undef vsnprintf
#define snprintf  compat_snprintf
#define vsnprintf compat_vsnprintf

int compat_snprintf(char *buffer, size_t size, const char *format, ...);
int compat_vsnprintf(char *buffer, size_t size, const char *format, va_list arguments);

#endif
