#include <stdarg.h>
#include <stdio.h>

/* As print.c, where all there is of C's library is what ntdll has of it: a length cannot be asked
 * for, and of a text that is cut only that it is, by `size`. */
int compat_vsnprintf(char *buffer, size_t size, const char *format, va_list arguments)
{
    const int length = _vsnprintf(buffer, size, format, arguments);

    if (length >= 0 && (size_t)length < size)
        return length;
    if (size)
        buffer[size - 1] = 0;
    return (int)size;
}

int compat_snprintf(char *buffer, size_t size, const char *format, ...)
{
    va_list arguments;
    int length;

    va_start(arguments, format);
    length = compat_vsnprintf(buffer, size, format, arguments);
    va_end(arguments);
    return length;
}
