/* Following child processes: what a program with the shim starts gets the shim too. */
#ifndef HOLDFAST_SHIM_CHILDREN_H
#define HOLDFAST_SHIM_CHILDREN_H

#include <windows.h>

/* Takes over CreateProcessInternalW, through which every CreateProcess of kernelbase goes. */
void children_follow(HMODULE module);
BOOL children_are_followed(void);

/* Tells the parent that the shim serves here, if it asked. */
void children_report_loaded(void);

#endif
