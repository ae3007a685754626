/* The one function of C's library that ntdll has not: MinGW's headers make snprintf and vsnprintf
 * of it, and ReactOS' and Windows' ntdll have it under its old name, with the old end. */
#include <stdarg.h>
#include <stdio.h>

int __cdecl __ms_vsnprintf(char *buffer, size_t size, const char *format, va_list arguments);

/* C11 7.21.6.12, but for the result where the text is cut: that is `size`. */
__attribute__((format(gnu_printf, 3, 0))) int __cdecl __ms_vsnprintf(char *buffer, size_t size,
                                                                     const char *format,
                                                                     va_list arguments)
{
    const int length = _vsnprintf(buffer, size, format, arguments);

    if (length >= 0 && (size_t)length < size)
        return length;
    if (size)
        buffer[size - 1] = 0;
    return (int)size;
}
