/* The one place where compilers differ. */
#ifndef CONFORMANCE_COMPILER_H
#define CONFORMANCE_COMPILER_H

#if defined(__GNUC__)
#define PRINTF_FORMAT(text, first) __attribute__((format(printf, text, first)))
#else
#define PRINTF_FORMAT(text, first)
#endif

#endif
