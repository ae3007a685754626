/* The requests that hung_agent.c has on the disk that does not answer. */
#ifndef TESTS_BED_HUNG_REQUESTS_H
#define TESTS_BED_HUNG_REQUESTS_H

#include <stdbool.h>
#include <windows.h>

#define HUNG_DISK       "\\\\.\\PhysicalDrive5"
#define HUNG_OTHER_DISK "\\\\.\\PhysicalDrive1"
#define HUNG_OTHER_SG   "\\\\.\\PhysicalDrive2"

enum {
    HUNG_LANES = 10,    /* overlapped handles, */
    HUNG_PER_LANE = 50, /* each with so many requests */
    HUNG_REQUESTS = HUNG_LANES * HUNG_PER_LANE,
    HUNG_NO_OUTPUT = HUNG_REQUESTS + 4, /* of those behind, which hung_leaving.c makes, two have */
    HUNG_NO_OVERLAPPED,                 /* lost their memory when they end */
    HUNG_ALL,
    HUNG_SYNCHRONOUS = 8, /* threads that wait */
    HUNG_LIST_LENGTH = 8,
    HUNG_SETTLE_MS = 300,
    HUNG_WAIT_MS = 100 * 1000, /* a deadlock, not a measure */
};

/* One overlapped request. Odd lanes have a completion port and no event. */
struct hung_request {
    OVERLAPPED overlapped;
    HANDLE file;
    HANDLE event; /* NULL where a packet says the end */
    volatile LONG packets;
};

extern struct hung_request hung_requests[HUNG_ALL];
extern HANDLE hung_lanes[HUNG_LANES];
extern HANDLE hung_port;
extern LONG hung_next_key; /* that a registration has */
extern bool hung_reported; /* the order at hand has been answered */

/* Answers the order with a failure, unless it has been answered; false. */
bool hung_fail(const char *what);

HANDLE hung_open(const char *name, DWORD flags);

/* REGISTER AND IGNORE EXISTING KEY; false, and answered, where it is not pending then. Its input
 * and its bytes returned are given back to the system at once, as a thread's stack is when the
 * thread ends: nobody may need them any more. */
bool hung_register_on(HANDLE file, OVERLAPPED *overlapped);
bool hung_begin_request(struct hung_request *request, HANDLE file, bool has_event);

/* The same on a handle of its own, as a thread that waits. */
DWORD WINAPI hung_synchronous(void *argument);

/* READ KEYS, HUNG_LIST_LENGTH bytes of it; DeviceIoControl's return value. */
bool hung_read_keys(HANDLE file, BYTE *list, OVERLAPPED *overlapped);

/* Requests that have ended. */
LONG hung_ended(void);

/* Waits for those of hung_start_processes. */
bool hung_processes_have_ended(void);

#endif
