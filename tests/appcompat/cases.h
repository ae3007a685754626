/* Cases that run in a program into which an engine (engine.h) has brought the shims First, Holdfast
 * and Second, in this order, on the simulator's disks; and the checks that they are made of. */
#ifndef HOLDFAST_TESTS_APPCOMPAT_CASES_H
#define HOLDFAST_TESTS_APPCOMPAT_CASES_H

#include "other.h"

#include <ntddstor/reservation.h>
#include <stdbool.h>

#include "../patience.h"

#define CHECK(condition) check((condition) != 0, 1, #condition, __FILE__, __LINE__)
#define CHECK_EQUAL(seen, expected) \
    check((long long)(seen), (long long)(expected), #seen, __FILE__, __LINE__)
void check(long long seen, long long expected, const char *what, const char *file, int line);

struct test_case {
    const char *name;
    void (*run)(void);
};
#define TEST(name)  \
    {               \
#name, name \
    }

/* Prints TAP and returns the exit code. A table is ended by an empty row. */
int run_cases(const struct test_case *const *tables, int count);

extern const struct test_case request_cases[];
extern const struct test_case overlapped_cases[];
extern const struct test_case line_cases[];

/* \\.\PhysicalDrive<node>. */
HANDLE open_node(int node, DWORD flags);
/* DeviceIoControl without an OVERLAPPED: the Windows error, 0 for TRUE. */
DWORD control(HANDLE disk, DWORD control_code, void *input, DWORD input_length, void *output,
              DWORD output_length, DWORD *bytes);
DWORD pr_out(HANDLE disk, BYTE action, BYTE type, BYTE key, BYTE new_key);
/* READ KEYS: 8 bytes of head and 8 for each key. */
enum { KEYS_LENGTH = 64 };
DWORD read_keys(HANDLE disk, BYTE keys[KEYS_LENGTH], DWORD *bytes);
PERSISTENT_RESERVE_COMMAND keys_command(void);

#endif
