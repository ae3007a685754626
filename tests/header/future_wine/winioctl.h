#include_next <winioctl.h>
#if defined(FUTURE_WINIOCTL)
#include "future_names.h"
#endif
