/* Requests on an overlapped handle, from their start to their end. */
#ifndef HOLDFAST_TESTS_WINE_IN_FLIGHT_H
#define HOLDFAST_TESTS_WINE_IN_FLIGHT_H

#include "test.h"

enum {
    REQUEST_PENDING = 0x103, /* STATUS_PENDING */
    REQUEST_ROOM = 1100,     /* the largest tag is as large */
    REQUEST_BYTES = 8,       /* what `busy` and `ready` disks return to each */
};

/* READ KEYS. Its allocation length, the tag, tells it from others in the device's log. */
struct in_flight {
    OVERLAPPED overlapped;
    BYTE output[REQUEST_ROOM];
    DWORD returned;
    BOOL result;
    DWORD last_error;
};

/* The scripts of most cases: answers at once, or only as disk_admit allows; either way with
 * REQUEST_BYTES bytes of 0x5a. */
extern const struct scripted_disk ready_disk;
extern const struct scripted_disk busy_disk;

/* An event that is not signalled, of manual reset. */
HANDLE new_event(void);
bool is_signalled(HANDLE event);
/* Whether it is signalled within the test's patience. */
bool gets_signalled(HANDLE event);

/* To read and write, by a handle of its own that does not wait. */
HANDLE open_overlapped(int number);
HANDLE open_first_disk(void);
HANDLE open_second_disk(void);
HANDLE open_a_port(void);
HANDLE copy_of(HANDLE handle);

/* What `open` opens. The first by a value with free ones below it, where whoever else opens handles
 * gets his; the second by the value `value`, which is free. Wine hands out the lowest free one. */
HANDLE open_aside(HANDLE (*open)(void));
HANDLE open_as(HANDLE value, HANDLE (*open)(void));

/* Presets everything, and sends. `event` may be NULL. */
void start(struct in_flight *request, HANDLE disk, HANDLE event, WORD tag);

/* Checks: the caller was told "pending", and nothing but that has reached it. */
void check_pending(const struct in_flight *request);
/* Checks: the caller was told "pending", and the end is there, a success. */
void check_succeeded(const struct in_flight *request);
/* Checks: refused at once with this error, and not one byte of it is to come. */
void check_refused(const struct in_flight *request, DWORD error);

/* A packet that was taken from a completion port, or `taken` false. */
struct packet {
    bool taken;
    BOOL result;
    DWORD last_error;
    DWORD bytes;
    ULONG_PTR key;
    OVERLAPPED *overlapped;
};
struct packet take_packet(HANDLE port, DWORD timeout_ms);
/* Checks that the next packet is this request's. */
void check_packet(HANDLE port, ULONG_PTR key, const struct in_flight *request);
void check_no_packet(HANDLE port);
/* Ties the handle to the port, to a new one where that is NULL; returns the port. */
HANDLE tie(HANDLE disk, HANDLE port, ULONG_PTR key);

#endif
