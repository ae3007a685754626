#include "../command/output.h"

#include "wide.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <windows.h>

static bool write_bytes(HANDLE file, const char *bytes, size_t length)
{
    while (length) {
        DWORD written = 0;
        DWORD chunk = length > 0x10000 ? 0x10000 : (DWORD)length;
        if (!WriteFile(file, bytes, chunk, &written, NULL) || !written)
            return false;
        bytes += written;
        length -= written;
    }
    return true;
}

/* Older consoles take no UTF-8 whatever the code page, so they get UTF-16. */
static bool write_console(HANDLE console, const char *utf8)
{
    wchar_t *wide = wide_from_utf8(utf8);
    if (!wide)
        return false;
    bool done = true;
    size_t length = wcslen(wide);
    for (const wchar_t *next = wide; done && length;) {
        DWORD written = 0;
        DWORD chunk = length > 0x2000 ? 0x2000 : (DWORD)length;
        done = WriteConsoleW(console, next, chunk, &written, NULL) && written;
        next += written;
        length -= written;
    }
    free(wide);
    return done;
}

static bool write_text(DWORD standard_handle, const struct text *text)
{
    HANDLE file = GetStdHandle(standard_handle);
    DWORD mode;
    if (!text->length)
        return true;
    if (GetConsoleMode(file, &mode))
        return write_console(file, text->bytes);
    return write_bytes(file, text->bytes, text->length);
}

bool output_write(struct text *text)
{
    bool done = false;
    if (text->failed)
        output_message("out of memory");
    else if (!(done = write_text(STD_OUTPUT_HANDLE, text)))
        output_message("standard output could not be written (Windows error %u)",
                       (unsigned)GetLastError());
    text_free(text);
    return done;
}

void output_write_error(struct text *text)
{
    if (!text->failed)
        write_text(STD_ERROR_HANDLE, text);
    text_free(text);
}

void output_message(const char *format, ...)
{
    char message[1024];
    struct text text = {0};
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof(message), format, arguments);
    va_end(arguments);
    text_add(&text, "holdfast: %s\n", message);
    output_write_error(&text);
}
