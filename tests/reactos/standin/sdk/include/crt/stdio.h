/* As theirs in what differs: C's two names are other names for msvcrt's. */
#include_next <stdio.h>
#undef snprintf
#undef vsnprintf
#define snprintf  _snprintf
#define vsnprintf _vsnprintf
