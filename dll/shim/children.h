/* Following child processes: what a program with the shim starts gets the shim too. */
#ifndef HOLDFAST_SHIM_CHILDREN_H
#define HOLDFAST_SHIM_CHILDREN_H

#include <stdbool.h>
#include <windows.h>

/* Takes over CreateProcessInternalW, through which every CreateProcess of kernelbase goes. */
bool children_follow(HMODULE module);

/* Tells the parent that the shim serves here, if it asked. */
void children_report_loaded(void);

#endif
