/* What reactos/compat/print.c and print_ntdll.c are given here, and by which names they are called:
 * each is compiled with this before it, and with definitions that lead compat_ and _ names to
 * these. */
#ifndef HOLDFAST_TESTS_PRINT_TEST_H
#define HOLDFAST_TESTS_PRINT_TEST_H

#include <stdarg.h>
#include <stddef.h>

int msvcrt_vsnprintf(char *buffer, size_t size, const char *format, va_list arguments);
int msvcrt_vscprintf(const char *format, va_list arguments);

int whole_vsnprintf(char *buffer, size_t size, const char *format, va_list arguments);
int whole_snprintf(char *buffer, size_t size, const char *format, ...);
int ntdll_vsnprintf(char *buffer, size_t size, const char *format, va_list arguments);
int ntdll_snprintf(char *buffer, size_t size, const char *format, ...);

#endif
