/* What holdfast-loader.exe says to who has started it. */
#ifndef HOLDFAST_LOADER_LOADER_H
#define HOLDFAST_LOADER_LOADER_H

/* The exit code of one that has done its work; others are Windows errors. Not 0, which a program
 * ends with that Wine could not even begin: wine64 without a 32-bit side starts it all the same. */
enum { LOADER_DONE = 0x10adde };

#endif
