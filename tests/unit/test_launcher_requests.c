/* The bytes that holdfast.exe gives to DeviceIoControl. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../dll/command/requests.h"

#include <string.h>

static const struct request_values values = {
    .key = 0x1122334455667788,
    .victim = 0x99aabbccddeeff00,
    .old_key = 0x0102030405060708,
    .type = 5,
};

#define KEY    "\x11\x22\x33\x44\x55\x66\x77\x88"
#define VICTIM "\x99\xaa\xbb\xcc\xdd\xee\xff\x00"
#define OLD    "\x01\x02\x03\x04\x05\x06\x07\x08"
#define ZERO   "\0\0\0\0\0\0\0\0"

static void check_pr_out(enum request_kind kind, const struct request_values *with, uint8_t action,
                         uint8_t scope_and_type, const char *key, const char *service_action_key,
                         uint8_t flags)
{
    struct request request;
    memset(&request, 0xa5, sizeof(request));
    request_build(&request, kind, with);

    uint8_t expected[36] = {12, 0, 0, 0, 36, 0, 0, 0, action, scope_and_type};
    memcpy(expected + 10, key, 8);
    memcpy(expected + 18, service_action_key, 8);
    expected[30] = flags;
    assert_int_equal(request.control_code, 0x002dd01c);
    assert_int_equal(request.input_length, 36);
    assert_memory_equal(request.input, expected, 36);
}

static void persistent_reserve_out(void **state)
{
    (void)state;
    struct request_values special = values;
    special.ignore = special.aptpl = special.abort = true;

    check_pr_out(REQUEST_REGISTER, &values, 0, 0, OLD, KEY, 0);
    check_pr_out(REQUEST_REGISTER, &special, 6, 0, OLD, KEY, 1);
    check_pr_out(REQUEST_UNREGISTER, &values, 0, 0, KEY, ZERO, 0);
    check_pr_out(REQUEST_RESERVE, &values, 1, 5, KEY, ZERO, 0);
    check_pr_out(REQUEST_RELEASE, &values, 2, 5, KEY, ZERO, 0);
    check_pr_out(REQUEST_CLEAR, &values, 3, 0, KEY, ZERO, 0);
    check_pr_out(REQUEST_PREEMPT, &values, 4, 5, KEY, VICTIM, 0);
    check_pr_out(REQUEST_PREEMPT, &special, 5, 5, KEY, VICTIM, 0);
}

static void persistent_reserve_in(void **state)
{
    (void)state;
    static const uint8_t expected[12] = {12, 0, 0, 0, 12, 0, 0, 0, 1, 0, 0x34, 0x12};
    struct request request;
    request_build_read(&request, 1, 0x1234);
    assert_int_equal(request.control_code, 0x002d5018);
    assert_int_equal(request.input_length, 12);
    assert_memory_equal(request.input, expected, 12);
}

static void requests_without_a_parameter_list(void **state)
{
    (void)state;
    static const uint8_t expected[8] = {8};
    struct request request;
    request_build(&request, REQUEST_LEGACY_RESERVE, &values);
    assert_int_equal(request.control_code, 0x002d4810);
    assert_int_equal(request.input_length, 0);
    request_build(&request, REQUEST_LEGACY_RELEASE, &values);
    assert_int_equal(request.control_code, 0x002d4814);
    assert_int_equal(request.input_length, 0);
    request_build(&request, REQUEST_BREAK, &values);
    assert_int_equal(request.control_code, 0x002d5014);
    assert_int_equal(request.input_length, 8);
    assert_memory_equal(request.input, expected, 8);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(persistent_reserve_out),
        cmocka_unit_test(persistent_reserve_in),
        cmocka_unit_test(requests_without_a_parameter_list),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
