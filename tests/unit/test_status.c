/* holdfast status: what decides about rights, what a process says of itself, what Wine's half says.
 */
#include "../../dll/linux/processes.h"
#include "../../dll/linux/rights.h"
#include "../../dll/linux/wine_status.h"
#include "../../dll/shim/wine_version.h"

#include "expect.h"

#include <string.h>

static void capabilities_are_read_and_judged(void **state)
{
    static const struct {
        const char *status;
        bool is_namespace;
        bool raw_io, admin;
        const char *remedy; /* of CAP_SYS_RAWIO */
    } rows[] = {
        {"Name:\tx\nCapEff:\t000001ffffffffff\nCapBnd:\t000001ffffffffff\n", false, true, true,
         NULL},
        {"Name:\tx\nCapEff:\t0000000000000000\nCapBnd:\t000001ffffffffff\n", false, false, false,
         "run as root"},
        {"Name:\tx\nCapEff:\t0000000000020000\nCapBnd:\t0000000000020000\n", false, true, false,
         NULL},
        {"Name:\tx\nCapEff:\t00000000a80425fb\nCapBnd:\t00000000a80425fb\n", false, false, false,
         "--cap-add"},
        {"Name:\tx\nCapEff:\t000001ffffffffff\nCapBnd:\t000001ffffffffff\n", true, false, false,
         "namespace"},
        {"", false, false, false, "--cap-add"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct rights_facts facts = {.is_namespace = rows[i].is_namespace};
        struct right rights[RIGHTS_COUNT];

        rights_parse_status(rows[i].status, &facts);
        rights_judge(&facts, rights);
        EXPECT(rights[0].held, rows[i].raw_io, "row %zu", i);
        EXPECT(rights[1].held, rows[i].admin, "row %zu", i);
        EXPECT(rights[0].remedy == NULL, rows[i].remedy == NULL, "row %zu", i);
        if (rows[i].remedy && rights[0].remedy)
            EXPECT(strstr(rights[0].remedy, rows[i].remedy) != NULL, true, "row %zu: %s", i,
                   rights[0].remedy);
    }
    assert_false(rights_is_namespace("         0          0 4294967295\n"));
    assert_true(rights_is_namespace("         0       1000          1\n"));
    assert_false(rights_is_namespace(""));
}

static void generic_nodes_are_judged(void **state)
{
    struct rights_facts facts = {0};
    struct right rights[RIGHTS_COUNT];

    (void)state;
    rights_judge(&facts, rights);
    assert_non_null(strstr(rights[2].remedy, "modprobe sg"));
    facts.generic_nodes = 2;
    rights_judge(&facts, rights);
    assert_non_null(strstr(rights[2].remedy, "udev"));
    facts.usable_nodes = 1;
    rights_judge(&facts, rights);
    assert_true(rights[2].held);
    assert_null(rights[2].remedy);
}

static void what_a_process_says_is_not_believed(void **state)
{
    const struct holdfast_process_info good = {
        .magic = HOLDFAST_PROCESS_INFO_MAGIC, .size = sizeof(good), .windows_pid = 32};
    struct holdfast_process_info info = good;

    (void)state;
    assert_true(process_info_check(&info));
    info.magic[0] = 'h';
    assert_false(process_info_check(&info));
    info = good;
    info.size--;
    assert_false(process_info_check(&info));
    info = good;
    info.windows_pid = 0;
    assert_false(process_info_check(&info));
    info = good;
    memset(info.program, 0x1b, sizeof(info.program));
    assert_true(process_info_check(&info));
    assert_int_equal(strlen(info.program), sizeof(info.program) - 1);
    assert_null(strchr(info.program, 0x1b));
}

static void wines_half_is_read(void **state)
{
    struct wine_status status = {0};

    (void)state;
    wine_status_parse("holdfast    0.1.0\nwine        8.0\r\ndll         Z:\\a b\\holdfast.dll\n"
                      "hook        hot patch\nunix side   not loaded (status 0xc0000135)\n"
                      "shim        not active\nbecause     no reason\nx\n\n             \n"
                      "averylongname value\n",
                      &status);
    assert_string_equal(status.wine, "8.0");
    assert_string_equal(status.dll, "Z:\\a b\\holdfast.dll");
    assert_string_equal(status.hook, "hot patch");
    assert_string_equal(status.unix_side, "not loaded (status 0xc0000135)");
    assert_string_equal(status.problem, "no reason");
}

static void tested_versions_are_known(void **state)
{
    (void)state;
    assert_int_equal(wine_version_support("10.0"), WINE_TESTED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(capabilities_are_read_and_judged),
        cmocka_unit_test(generic_nodes_are_judged),
        cmocka_unit_test(what_a_process_says_is_not_believed),
        cmocka_unit_test(wines_half_is_read),
        cmocka_unit_test(tested_versions_are_known),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
