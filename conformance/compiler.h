/* The one place where compilers differ. */
#ifndef CONFORMANCE_COMPILER_H
#define CONFORMANCE_COMPILER_H

#if defined(__GNUC__)
#define PRINTF_FORMAT(format, first) __attribute__((format(printf, format, first)))
#else
#define PRINTF_FORMAT(format, first)
#endif

#endif
