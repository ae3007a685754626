/* What the shim needs of C's library and ntdll has not, or not in all its versions. Without C's own
 * headers, whose names for the parameters are MinGW's. */
#include <stdarg.h>
#include <stddef.h>

int __cdecl _vsnprintf(char *buffer, size_t size, const char *format, va_list arguments);
int __cdecl __ms_vsnprintf(char *buffer, size_t size, const char *format, va_list arguments);

/* MinGW's headers make snprintf and vsnprintf of it. ntdll's own has its text without end where it
 * is cut. C11 7.21.6.12, but for the result there, which is `size`. */
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
