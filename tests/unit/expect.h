/* cmocka, and assertions that say which row of a table failed: after the two values comes a printf
 * format with the row's name. */
#ifndef HOLDFAST_UNIT_EXPECT_H
#define HOLDFAST_UNIT_EXPECT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* Integers of any kind. */
#define EXPECT(seen, expected, ...) \
    expect_number(__FILE__, __LINE__, #seen, (long long)(seen), (long long)(expected), __VA_ARGS__)

/* NTSTATUS values, reported by name. */
#define EXPECT_STATUS(seen, expected, ...) \
    expect_status(__FILE__, __LINE__, seen, expected, __VA_ARGS__)

#define EXPECT_BYTES(seen, expected, length, ...) \
    expect_bytes(__FILE__, __LINE__, #seen, seen, expected, length, __VA_ARGS__)

#define EXPECT_TEXT(seen, expected, ...) \
    expect_text(__FILE__, __LINE__, #seen, seen, expected, __VA_ARGS__)

__attribute__((format(printf, 6, 7))) void expect_number(const char *file, int line,
                                                         const char *what, long long seen,
                                                         long long expected, const char *row, ...);
__attribute__((format(printf, 5, 6))) void expect_status(const char *file, int line, int32_t seen,
                                                         int32_t expected, const char *row, ...);
__attribute__((format(printf, 7, 8))) void expect_bytes(const char *file, int line,
                                                        const char *what, const void *seen,
                                                        const void *expected, size_t length,
                                                        const char *row, ...);
__attribute__((format(printf, 6, 7))) void expect_text(const char *file, int line, const char *what,
                                                       const char *seen, const char *expected,
                                                       const char *row, ...);

#endif
