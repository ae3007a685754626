/* Following child processes: what a program with the shim starts gets the shim too. */
#ifndef HOLDFAST_SHIM_CHILDREN_H
#define HOLDFAST_SHIM_CHILDREN_H

#include <windows.h>

/* Takes over CreateProcessInternalW, through which every CreateProcess of kernelbase goes. */
void children_follow(HMODULE module);

#endif
