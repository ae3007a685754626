/* The ways to a disk, from a program on the simulated disk (tests/simulator/run). */
#ifndef HOLDFAST_TESTS_WINE_TRANSPORT_H
#define HOLDFAST_TESTS_WINE_TRANSPORT_H

#include "arrival.h"

enum {
    RESERVE = 0x2d4810,
    RELEASE = 0x2d4814,
    BREAK_RESERVATION = 0x2d5014,
    PR_IN = 0x2d5018,
    PR_OUT = 0x2dd01c,
    FOREIGN = 0x70000, /* IOCTL_DISK_GET_DRIVE_GEOMETRY */
    PR_REGISTER = 0,
    PR_RESERVE = 1,
    PR_CLEAR = 3,
    PR_IGNORE = 6,
};

/* \\.\PhysicalDrive<node>: 1 and 2 are the two nodes of one disk. */
HANDLE transport_open(int node, DWORD access, DWORD flags);

/* How the requests are made: DeviceIoControl, or the shim's own function over a scripted system. */
typedef BOOL (*transport_request)(HANDLE disk, DWORD code, void *input, DWORD input_length,
                                  void *output, DWORD output_length, DWORD *bytes,
                                  OVERLAPPED *overlapped);
extern transport_request transport_ask;

/* Of a fresh handle of PhysicalDrive<node>: the last error, 0 for a success. */
DWORD transport_plain(int node, DWORD code);
DWORD transport_pr_out(int node, BYTE action, BYTE own_key, BYTE action_key);
/* Bytes that READ KEYS (0) or READ RESERVATION (1) brings: 8 and what is there. 0: it failed. */
DWORD transport_pr_in(int node, BYTE action);

/* PERSISTENT RESERVE OUT's input, with both keys. */
const BYTE *transport_pr_out_input(BYTE action, BYTE own_key, BYTE action_key);

/* tests/simulator/orders.h: what is to be answered otherwise from now on. */
void transport_inject(const char *orders);

/* The scenarios of the other files. */
void system_scenario(const char *unused);
void system_overlapped_scenario(const char *unused);
void system_slow_scenario(const char *unused);

#endif
