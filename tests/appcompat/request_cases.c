/* The five codes, answered between two other shims. */
#include "cases.h"

static const BYTE exclusive = RESERVATION_TYPE_EXCLUSIVE;

static void persistent_reservations_are_served(void)
{
    HANDLE one = open_node(1, 0), two = open_node(2, 0);
    BYTE keys[KEYS_LENGTH] = {0};
    DWORD bytes = 0;

    CHECK_EQUAL(pr_out(one, RESERVATION_ACTION_REGISTER, 0, 0, 0xa1), 0);
    CHECK_EQUAL(pr_out(two, RESERVATION_ACTION_REGISTER, 0, 0, 0xb2), 0);
    CHECK_EQUAL(read_keys(two, keys, &bytes), 0);
    CHECK_EQUAL(keys[7], 16);
    CHECK_EQUAL(keys[15], 0xa1);
    CHECK_EQUAL(keys[23], 0xb2);
    CHECK_EQUAL(bytes, 24);
    CHECK_EQUAL(pr_out(one, RESERVATION_ACTION_RESERVE, exclusive, 0xa1, 0), 0);
    CHECK_EQUAL(pr_out(two, RESERVATION_ACTION_RESERVE, exclusive, 0xb2, 0), ERROR_BUSY);
    CHECK_EQUAL(pr_out(two, RESERVATION_ACTION_PREEMPT, exclusive, 0xb2, 0xa1), 0);
    CHECK_EQUAL(pr_out(two, RESERVATION_ACTION_RELEASE, exclusive, 0xb2, 0), 0);
    CHECK_EQUAL(pr_out(two, RESERVATION_ACTION_CLEAR, 0, 0xb2, 0), 0);
    CloseHandle(one);
    CloseHandle(two);
}

static void legacy_reservations_are_served(void)
{
    STORAGE_BUS_RESET_REQUEST reset = {0};
    HANDLE one = open_node(1, 0), two = open_node(2, 0);
    STORAGE_BREAK_RESERVATION_REQUEST request = {.Length = sizeof(request)};

    CHECK_EQUAL(control(one, IOCTL_STORAGE_RESERVE, NULL, 0, NULL, 0, NULL), 0);
    CHECK_EQUAL(control(two, IOCTL_STORAGE_RESERVE, NULL, 0, NULL, 0, NULL), ERROR_BUSY);
    CHECK_EQUAL(control(one, IOCTL_STORAGE_RELEASE, NULL, 0, NULL, 0, NULL), 0);
    CHECK_EQUAL(control(two, IOCTL_STORAGE_RESERVE, NULL, 0, NULL, 0, NULL), 0);
    (void)reset;
    control(one, IOCTL_STORAGE_BREAK_RESERVATION, &request, sizeof(request), NULL, 0, NULL);
    CHECK_EQUAL(control(two, IOCTL_STORAGE_RELEASE, NULL, 0, NULL, 0, NULL), 0);
    CloseHandle(one);
    CloseHandle(two);
}

static void what_is_wrong_is_refused(void)
{
    HANDLE disk = open_node(1, 0);
    PERSISTENT_RESERVE_COMMAND command = keys_command();
    BYTE keys[KEYS_LENGTH];

    CHECK_EQUAL(
        control(disk, IOCTL_STORAGE_PERSISTENT_RESERVE_IN, &command, 4, keys, sizeof(keys), NULL),
        ERROR_BAD_LENGTH);
    CloseHandle(disk);
}

const struct test_case request_cases[] = {
    TEST(persistent_reservations_are_served),
    TEST(legacy_reservations_are_served),
    TEST(what_is_wrong_is_refused),
    {NULL, NULL},
};
