#include "expect.h"

#include "../../dll/reservation/nt_status.h"
#include <stdio.h>
#include <string.h>

/* Ends the test. `what` is the difference, `row` and `arguments` name the row it was found in. */
__attribute__((noreturn, format(printf, 4, 0))) static void
differs(const char *file, int line, const char *what, const char *row, va_list arguments)
{
    char name[256];

    vsnprintf(name, sizeof(name), row, arguments);
    print_error("%s: %s\n", name, what);
    _fail(file, line);
    __builtin_unreachable();
}

void expect_number(const char *file, int line, const char *what, long long seen, long long expected,
                   const char *row, ...)
{
    char text[256];
    va_list arguments;

    if (seen == expected)
        return;
    snprintf(text, sizeof(text), "%s is %lld (0x%llx), expected %lld (0x%llx)", what, seen,
             (unsigned long long)seen, expected, (unsigned long long)expected);
    va_start(arguments, row);
    differs(file, line, text, row, arguments);
}

void expect_status(const char *file, int line, int32_t seen, int32_t expected, const char *row, ...)
{
    char text[256];
    va_list arguments;

    if (seen == expected)
        return;
    snprintf(text, sizeof(text), "status is %s (0x%08x), expected %s (0x%08x)",
             nt_status_name(seen), (unsigned int)seen, nt_status_name(expected),
             (unsigned int)expected);
    va_start(arguments, row);
    differs(file, line, text, row, arguments);
}

void expect_bytes(const char *file, int line, const char *what, const void *seen,
                  const void *expected, size_t length, const char *row, ...)
{
    const uint8_t *bytes = seen, *wanted = expected;
    char text[256];
    va_list arguments;
    size_t at = 0;

    while (at < length && bytes[at] == wanted[at])
        at++;
    if (at == length)
        return;
    snprintf(text, sizeof(text), "byte %zu of %s is 0x%02x, expected 0x%02x", at, what, bytes[at],
             wanted[at]);
    va_start(arguments, row);
    differs(file, line, text, row, arguments);
}

void expect_text(const char *file, int line, const char *what, const char *seen,
                 const char *expected, const char *row, ...)
{
    char text[1024];
    va_list arguments;

    if (strcmp(seen, expected) == 0)
        return;
    snprintf(text, sizeof(text), "%s is\n    \"%s\", expected\n    \"%s\"", what, seen, expected);
    va_start(arguments, row);
    differs(file, line, text, row, arguments);
}
