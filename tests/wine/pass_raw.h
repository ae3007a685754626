/* Reads, writes and flushes of what is no disk; printed for comparison. */
#ifndef HOLDFAST_TESTS_WINE_PASS_RAW_H
#define HOLDFAST_TESTS_WINE_PASS_RAW_H

void pass_raw(void);

#endif
