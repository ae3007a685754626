/* The table of dll/reservation/nt_status.h against Wine's own <ntstatus.h>. Compiling is the test.
 */
#include "reservation/nt_status.h"

typedef int32_t NTSTATUS;
#include <ntstatus.h>

#define X(name, value, error)                                            \
    _Static_assert(STATUS_##name == (NTSTATUS)(value), "STATUS_" #name); \
    _Static_assert(NT_STATUS_##name == STATUS_##name, "NT_STATUS_" #name);
NT_STATUS_TABLE(X)
#undef X
