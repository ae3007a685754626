/* Another shim DLL, whose shims "First" and "Second" stand in line for DeviceIoControl and watch.
 */
#ifndef HOLDFAST_TESTS_APPCOMPAT_OTHER_H
#define HOLDFAST_TESTS_APPCOMPAT_OTHER_H

#include <windows.h>

enum { OTHER_FIRST, OTHER_SECOND, OTHER_SHIMS };

struct io_arguments {
    HANDLE handle;
    DWORD control_code;
    void *input;
    DWORD input_length;
    void *output;
    DWORD output_length;
    DWORD *bytes_returned;
    OVERLAPPED *overlapped;
};

/* What a shim has seen and does; the test sets and reads it. */
struct other_state {
    LONG calls;
    struct io_arguments last;
    /* Calls with this code, if it is not 0, are answered and go no further. */
    DWORD answered_code;
    BOOL result;
    DWORD error, bytes;
};

struct other_state *WINAPI other_state(int shim);
typedef struct other_state *(WINAPI *other_state_function)(int);

#endif
