/* i386: an off_t of 64 bits is two arguments, the low half first (arch/x86/entry/syscalls). */
#ifndef SIMULATOR_REAL_CALLS_H
#define SIMULATOR_REAL_CALLS_H

#define REAL_FSTATAT                 SYS_fstatat64
#define REAL_FSTAT                   SYS_fstat64
#define REAL_FCNTL                   SYS_fcntl64
#define REAL_FTRUNCATE               SYS_ftruncate64
#define REAL_OFFSET(offset)          (long)(offset), (long)((off_t)(offset) >> 32)
#define REAL_OFFSET_AND_HIGH(offset) REAL_OFFSET(offset)

/* Compiled for large files, the functions have these names already; Wine uses no others. */
#define ALSO_NAMED(type, function, name, parameters)

#endif
