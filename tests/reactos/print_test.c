/* reactos/compat/print.c and print_ntdll.c on a C library that behaves as msvcrt: no end where the
 * text fills the buffer, -1 where it does not fit. */
#include "print_test.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

int msvcrt_vsnprintf(char *buffer, size_t size, const char *format, va_list arguments)
{
    char text[64];
    const int length = vsnprintf(text, sizeof(text), format, arguments);

    memcpy(buffer, text, (size_t)length < size ? (size_t)length + 1 : size);
    return (size_t)length > size ? -1 : length;
}

int msvcrt_vscprintf(const char *format, va_list arguments)
{
    return vsnprintf(NULL, 0, format, arguments);
}

typedef int (*print_function)(char *buffer, size_t size, const char *format, ...);

/* Every size around that of the text, with a byte behind the buffer that nobody may touch. */
static void every_size(print_function print, int knows_length)
{
    char buffer[9];

    for (size_t size = 0; size < sizeof(buffer); size++) {
        int result;

        memset(buffer, '#', sizeof(buffer));
        result = print(buffer, size, "%s%d", "abc", 42);
        assert_int_equal(buffer[size], '#');
        assert_int_equal(result, knows_length || size > 5 ? 5 : (int)size);
        if (size > 0) {
            assert_int_equal(strlen(buffer), size > 5 ? 5 : size - 1);
            assert_memory_equal(buffer, "abc42", strlen(buffer));
        }
    }
}

static void with_msvcrt(void **state)
{
    (void)state;
    every_size(whole_snprintf, 1);
}

static void with_ntdll(void **state)
{
    (void)state;
    every_size(ntdll_snprintf, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(with_msvcrt), cmocka_unit_test(with_ntdll)};

    return cmocka_run_group_tests_name("print", tests, NULL, NULL);
}
