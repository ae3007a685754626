/* One run from the disk's opening to the reports: the room where the order of things is decided.
 * open -> identify -> refuse, or go on -> probe -> journal -> second node proved -> cases ->
 * everything back -> verified -> reports. */
#ifndef CONFORMANCE_SESSION_H
#define CONFORMANCE_SESSION_H

#include "options.h"

/* Both return the exit code; result.h says which is which. */
int session_run(const struct options *options);
int session_serve(const struct options *options);

#endif
