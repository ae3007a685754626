/* The shim's own parts in this program, apart from the tests' header: both have a disk_open. */
#include "transport_seam.h"
#include "../../dll/shim/side.h"
#include "../../dll/shim/trace.h"

bool transport_seam_begin(void)
{
    side_load(GetModuleHandleA(NULL));
    trace_open();
    return disk_side == &side_spti_system;
}
