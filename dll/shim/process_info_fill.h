/* Fills process_info.h's structure of this process. */
#ifndef HOLDFAST_SHIM_PROCESS_INFO_FILL_H
#define HOLDFAST_SHIM_PROCESS_INFO_FILL_H

/* Once, from DllMain, when all else is set up. `problem` may be NULL. */
void process_info_fill(const char *problem);

#endif
