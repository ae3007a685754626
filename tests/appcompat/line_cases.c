/* The line: First before Holdfast, Second behind it, and the system behind all. */
#include "cases.h"

#include <string.h>

enum { FOREIGN_CODE = 0x00222c04 };

static struct other_state *state(int shim)
{
    const other_state_function find = (other_state_function)(void *)GetProcAddress(
        GetModuleHandleA("appcompat_other.dll"), "other_state");

    return find(shim);
}

static void clear(void)
{
    memset(state(OTHER_FIRST), 0, sizeof(struct other_state));
    memset(state(OTHER_SECOND), 0, sizeof(struct other_state));
}

static bool is_same(const struct io_arguments *a, const struct io_arguments *b)
{
    return a->handle == b->handle && a->control_code == b->control_code && a->input == b->input &&
           a->input_length == b->input_length && a->output == b->output &&
           a->output_length == b->output_length && a->bytes_returned == b->bytes_returned &&
           a->overlapped == b->overlapped;
}

/* Every argument is something else, and none is touched on the way. */
static void a_foreign_code_reaches_the_next_as_it_came(void)
{
    DWORD bytes = 7777;
    const struct io_arguments io = {(HANDLE)0x1230, FOREIGN_CODE, (void *)0x1111, 0x2222,
                                    (void *)0x3333, 0x4444,       &bytes,         (void *)0x5555};

    clear();
    *state(OTHER_SECOND) = (struct other_state){
        .answered_code = FOREIGN_CODE, .result = FALSE, .error = 4711, .bytes = 99};
    SetLastError(0);
    CHECK(!DeviceIoControl(io.handle, io.control_code, io.input, io.input_length, io.output,
                           io.output_length, io.bytes_returned, io.overlapped));
    CHECK_EQUAL(GetLastError(), 4711);
    CHECK_EQUAL(bytes, 99);
    CHECK_EQUAL(state(OTHER_FIRST)->calls, 1);
    CHECK_EQUAL(state(OTHER_SECOND)->calls, 1);
    CHECK(is_same(&state(OTHER_SECOND)->last, &io));
}

static void a_disks_other_codes_reach_the_next(void)
{
    HANDLE disk = open_node(1, 0);
    GET_LENGTH_INFORMATION length = {.Length.QuadPart = 0};

    clear();
    control(disk, IOCTL_DISK_GET_LENGTH_INFO, NULL, 0, &length, sizeof(length), NULL);
    CHECK_EQUAL(state(OTHER_SECOND)->calls, 1);
    CHECK_EQUAL(state(OTHER_SECOND)->last.control_code, IOCTL_DISK_GET_LENGTH_INFO);
    CloseHandle(disk);
}

/* Our codes on what is no disk are the system's to answer. */
static void our_code_on_another_file_reaches_the_next(void)
{
    HANDLE file = CreateFileA("NUL", GENERIC_READ | GENERIC_WRITE, 0, NULL, OPEN_EXISTING, 0, NULL);
    BYTE keys[KEYS_LENGTH];

    clear();
    CHECK(read_keys(file, keys, NULL) != 0);
    CHECK_EQUAL(state(OTHER_SECOND)->calls, 1);
    CHECK_EQUAL(state(OTHER_SECOND)->last.control_code, IOCTL_STORAGE_PERSISTENT_RESERVE_IN);
    CloseHandle(file);
}

/* Off Wine the system gets every request first (engine.h, HOLDFAST_TEST_OFF_WINE). */
static bool asks_system_first(void)
{
    return !GetProcAddress(GetModuleHandleA("ntdll.dll"), "wine_get_version");
}

/* First hears of it, and who is behind Holdfast only where the system is asked. */
static void what_is_served_goes_no_further(void)
{
    HANDLE disk = open_node(1, 0);
    BYTE keys[KEYS_LENGTH];

    clear();
    CHECK_EQUAL(read_keys(disk, keys, NULL), 0);
    CHECK_EQUAL(state(OTHER_FIRST)->calls, 1);
    CHECK_EQUAL(state(OTHER_FIRST)->last.control_code, IOCTL_STORAGE_PERSISTENT_RESERVE_IN);
    CHECK_EQUAL(state(OTHER_SECOND)->calls, asks_system_first());
    CloseHandle(disk);
}

static void what_the_system_knows_it_answers(void)
{
    HANDLE disk = open_node(1, 0);
    BYTE keys[KEYS_LENGTH];
    DWORD bytes = 0;

    clear();
    *state(OTHER_SECOND) = (struct other_state){
        .answered_code = IOCTL_STORAGE_PERSISTENT_RESERVE_IN, .error = 4713, .bytes = 6};
    CHECK_EQUAL(read_keys(disk, keys, &bytes), asks_system_first() ? 4713 : 0);
    CHECK_EQUAL(bytes, asks_system_first() ? 6 : 8);
    clear();
    CloseHandle(disk);
}

/* A shim that stands before Holdfast decides whether Holdfast is asked at all. */
static void the_first_may_answer_itself(void)
{
    HANDLE disk = open_node(1, 0);
    BYTE keys[KEYS_LENGTH];
    DWORD bytes = 0;

    clear();
    *state(OTHER_FIRST) = (struct other_state){
        .answered_code = IOCTL_STORAGE_PERSISTENT_RESERVE_IN, .error = 4712, .bytes = 5};
    CHECK_EQUAL(read_keys(disk, keys, &bytes), 4712);
    CHECK_EQUAL(bytes, 5);
    clear();
    CloseHandle(disk);
}

static void who_looks_the_function_up_finds_the_line(void)
{
    typedef BOOL(WINAPI * io_function)(HANDLE, DWORD, void *, DWORD, void *, DWORD, DWORD *,
                                       OVERLAPPED *);
    const io_function found =
        (io_function)(void *)GetProcAddress(GetModuleHandleA("kernel32.dll"), "DeviceIoControl");
    PERSISTENT_RESERVE_COMMAND command = keys_command();
    HANDLE disk = open_node(1, 0);
    BYTE keys[KEYS_LENGTH];
    DWORD bytes = 0;

    clear();
    CHECK(found(disk, IOCTL_STORAGE_PERSISTENT_RESERVE_IN, &command, sizeof(command), keys,
                sizeof(keys), &bytes, NULL));
    CHECK_EQUAL(state(OTHER_FIRST)->calls, 1);
    CHECK_EQUAL(bytes, 8);
    CloseHandle(disk);
}

/* Closing goes the same way: what fails fails as the system says it. */
static void handles_are_closed_by_the_system(void)
{
    HANDLE event = CreateEventA(NULL, TRUE, FALSE, NULL), copy = NULL;

    CHECK(DuplicateHandle(GetCurrentProcess(), event, GetCurrentProcess(), &copy, 0, TRUE,
                          DUPLICATE_SAME_ACCESS));
    CHECK(copy && copy != event);
    CHECK(CloseHandle(event));
    CHECK(SetEvent(copy));
    CHECK(DuplicateHandle(GetCurrentProcess(), copy, GetCurrentProcess(), &event, 0, FALSE,
                          DUPLICATE_SAME_ACCESS | DUPLICATE_CLOSE_SOURCE));
    CHECK(WaitForSingleObject(event, 0) == WAIT_OBJECT_0);
    CHECK(CloseHandle(event));
    SetLastError(0);
    CHECK(!CloseHandle((HANDLE)0x7ff4));
    CHECK_EQUAL(GetLastError(), ERROR_INVALID_HANDLE);
}

const struct test_case line_cases[] = {
    TEST(a_foreign_code_reaches_the_next_as_it_came),
    TEST(a_disks_other_codes_reach_the_next),
    TEST(our_code_on_another_file_reaches_the_next),
    TEST(what_is_served_goes_no_further),
    TEST(what_the_system_knows_it_answers),
    TEST(the_first_may_answer_itself),
    TEST(who_looks_the_function_up_finds_the_line),
    TEST(handles_are_closed_by_the_system),
    {NULL, NULL},
};
