#include <stdarg.h>
#include <stdio.h>

/* _vsnprintf writes no end where the text fills the buffer or does not fit, and answers -1 then. */
int compat_vsnprintf(char *buffer, size_t size, const char *format, va_list arguments)
{
    va_list again;
    int length;

    va_copy(again, arguments);
    length = _vscprintf(format, again);
    va_end(again);
    if (length < 0 || size == 0)
        return length;
    _vsnprintf(buffer, size - 1, format, arguments);
    buffer[(size_t)length < size ? (size_t)length : size - 1] = 0;
    return length;
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
