#include "terminal.h"

#include <io.h>
#include <stdlib.h>
#include <windows.h>

#ifndef ENABLE_VIRTUAL_TERMINAL_PROCESSING
#define ENABLE_VIRTUAL_TERMINAL_PROCESSING 0x0004
#endif

enum { COLUMNS_ELSEWHERE = 80 };

/* Consoles accept the mode and print the sequence all the same (Wine's does): an escape sequence
 * has been understood where the cursor has not moved. */
static bool understands_escapes(HANDLE console)
{
    static const char sequence[] = "\x1b[0m";
    CONSOLE_SCREEN_BUFFER_INFO before, after;
    DWORD written;

    if (!GetConsoleScreenBufferInfo(console, &before) ||
        !WriteConsoleA(console, sequence, sizeof(sequence) - 1, &written, NULL) ||
        !GetConsoleScreenBufferInfo(console, &after))
        return false;
    if (before.dwCursorPosition.X == after.dwCursorPosition.X &&
        before.dwCursorPosition.Y == after.dwCursorPosition.Y)
        return true;
    FillConsoleOutputCharacterA(console, ' ', sizeof(sequence) - 1, before.dwCursorPosition,
                                &written);
    SetConsoleCursorPosition(console, before.dwCursorPosition);
    return false;
}

static bool switch_colours_on(HANDLE console, DWORD mode)
{
    if (getenv("NO_COLOR"))
        return false;
    if (!SetConsoleMode(console, mode | ENABLE_VIRTUAL_TERMINAL_PROCESSING))
        return false;
    if (understands_escapes(console))
        return true;
    SetConsoleMode(console, mode);
    return false;
}

struct live_report terminal_open(struct terminal *terminal, FILE *stream)
{
    HANDLE console = (HANDLE)_get_osfhandle(_fileno(stream));
    struct live_report report = {.stream = stream, .width = COLUMNS_ELSEWHERE};
    CONSOLE_SCREEN_BUFFER_INFO info;
    DWORD mode;

    terminal->console = NULL;
    if (console == INVALID_HANDLE_VALUE || !GetConsoleMode(console, &mode) ||
        !GetConsoleScreenBufferInfo(console, &info))
        return report;
    terminal->console = console;
    terminal->mode = mode;
    terminal->code_page = GetConsoleOutputCP();
    report.width = (unsigned)(info.srWindow.Right - info.srWindow.Left + 1);
    report.progress_line = true;
    report.colours = switch_colours_on(console, mode);
    /* Before Windows 8 a console of UTF-8 miscounts what it has written; those that know escape
     * sequences are younger. */
    if (report.colours)
        SetConsoleOutputCP(CP_UTF8);
    return report;
}

void terminal_close(const struct terminal *terminal)
{
    if (!terminal->console)
        return;
    SetConsoleOutputCP(terminal->code_page);
    SetConsoleMode(terminal->console, terminal->mode);
}
