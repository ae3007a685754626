#include_next <ntddstor.h>
#if defined(FUTURE_NTDDSTOR)
#include "future_names.h"
#endif
