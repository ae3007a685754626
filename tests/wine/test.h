/* A small harness for tests that are Windows programs: named cases, checks that say what they
 * expected, TAP on standard output, and the number of failed cases as exit code. */
#ifndef HOLDFAST_TESTS_WINE_TEST_H
#define HOLDFAST_TESTS_WINE_TEST_H

#include "scripted_unix.h"
#include <stdbool.h>
#include <windows.h>

struct test_case {
    const char *name;
    void (*run)(void);
};

#define TEST(name)  \
    {               \
#name, name \
    }

/* The files' tables; each file of cases has one, ended by an empty row. */
extern const struct test_case hook_cases[];
extern const struct test_case request_cases[];
extern const struct test_case pointer_cases[];
extern const struct test_case overlapped_cases[];
extern const struct test_case children_cases[];
extern const struct test_case trace_cases[];
extern const struct test_case pending_cases[];
extern const struct test_case order_cases[];
extern const struct test_case port_cases[];
extern const struct test_case tie_cases[];
extern const struct test_case handle_cases[];
extern const struct test_case callback_cases[];
extern const struct test_case lifetime_cases[];
extern const struct test_case thread_cases[];
extern const struct test_case hostile_cases[];
extern const struct test_case fault_cases[];
extern const struct test_case capture_cases[];
extern const struct test_case touch_cases[];
extern const struct test_case name_cases[];
extern const struct test_case map_cases[];
extern const struct test_case map_fault_cases[];

/* What the program does where it is its own child, "--child DUTY"; its exit code is the answer. */
int children_main(int argc, char **argv);
/* "leave HOW": ends itself by `how` while the device is busy with its requests. */
int leave_in_flight(const char *how);
/* "close PROCESS HANDLE": closes that handle of that process; both by number. */
int close_in_parent(const char *process, const char *handle);
/* "late": asks once more when the process is ending. */
int ask_while_ending(void);
/* "reserve HANDLE": RESERVE by an inherited handle. */
int reserve_by_inherited(const char *handle);

/* A check that fails marks the case and goes on. */
#define CHECK(condition) test_check((condition) != 0, #condition, __FILE__, __LINE__)
#define CHECK_EQUAL(seen, expected) \
    test_check_equal((long long)(seen), (long long)(expected), #seen, __FILE__, __LINE__)
void test_check(bool good, const char *what, const char *file, int line);
void test_check_equal(long long seen, long long expected, const char *what, const char *file,
                      int line);
/* Whether one has failed so far; of check.c, for programs that end by it. */
bool test_failed(void);

/* The longest that any test waits for something that is to happen: so long that only what hangs
 * exceeds it, and shorter than the runner's own limit. */
#include "../patience.h"

/* The scripted disk behind \\.\PhysicalDrive1. */
void disk_script(const struct scripted_disk *script); /* magic and the device's part are set here */
struct scripted_disk disk_state(void);
HANDLE disk_open(DWORD access, DWORD flags);

/* The same of \\.\PhysicalDrive<number>, 1 to SCRIPTED_DISKS. */
void numbered_disk_script(int number, const struct scripted_disk *script);
struct scripted_disk numbered_disk_state(int number);
HANDLE numbered_disk_open(int number, DWORD access, DWORD flags);

/* Lets the first `commands` commands of a held disk come to their end, or all of them. */
enum { ALL_COMMANDS = 0x7fffffff };
void disk_admit(int number, uint32_t commands);
/* Whether so many commands have reached the disk, within the test's patience. */
bool disk_has_begun(int number, uint32_t commands);

/* DeviceIoControl on a fresh read-write handle, with everything it may change preset so that what
 * it leaves alone can be told. */
enum { PRESET_LAST_ERROR = 5555, PRESET_RETURNED = 7777, PRESET_BYTE = 0xa5 };
struct answer {
    BOOL result;
    DWORD last_error;
    DWORD returned;
    BYTE output[256];
};
struct answer ask(DWORD control_code, const void *input, DWORD input_length, DWORD output_length);

/* A well-formed PERSISTENT_RESERVE_COMMAND: READ KEYS for `allocation_length` bytes (12 bytes), and
 * a PR OUT with the given action, type and key (36 bytes). */
enum { PR_IN_LENGTH = 12, PR_OUT_LENGTH = 36 };
const BYTE *pr_in_command(WORD allocation_length);
const BYTE *pr_out_command(BYTE service_action, BYTE type, BYTE key);

#endif
