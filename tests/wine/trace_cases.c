/* The trace: a line for each request, with what the request was and how it ended. The runner sets
 * HOLDFAST_TRACE to a fresh file. */
#include "test.h"

#include "../../dll/reservation/nt_status.h"

#include <stdio.h>
#include <string.h>
#include <winioctl.h>
#include <winternl.h>

/* The last line of the trace file, or an empty one. */
static const char *last_line(void)
{
    static char text[4096];
    char path[MAX_PATH] = "", *end, *line;
    FILE *file;
    size_t length;

    GetEnvironmentVariableA("HOLDFAST_TRACE_WINDOWS_PATH", path, sizeof(path));
    text[0] = 0;
    file = fopen(path, "rb");
    CHECK(file != NULL);
    if (!file)
        return text;
    fseek(file, 0, SEEK_END);
    fseek(file, ftell(file) > (long)sizeof(text) - 1 ? -(long)sizeof(text) + 1 : -ftell(file),
          SEEK_END);
    length = fread(text, 1, sizeof(text) - 1, file);
    fclose(file);
    text[length] = 0;
    end = strrchr(text, '\n');
    if (!end)
        return text;
    *end = 0;
    line = strrchr(text, '\n');
    return line ? line + 1 : text;
}

/* Every word of the list, in this order. */
static void check_line(const char *const *words)
{
    const char *line = last_line(), *at = line;

    for (; *words; words++) {
        const char *found = strstr(at, *words);

        CHECK(found != NULL);
        if (!found) {
            printf("# the trace's last line lacks '%s': %s\n", *words, line);
            return;
        }
        at = found + strlen(*words);
    }
}

static void a_conflict_is_told_with_keys_type_and_scsi_status(void)
{
    static const struct scripted_disk conflict = {.status = 0x18, .failures = 99};
    static const char *const words[] = {"Z pid=",
                                        " tid=",
                                        " disk=sda ",
                                        "code=STORAGE_PERSISTENT_RESERVE_OUT ",
                                        "action=\"RESERVE\" ",
                                        "key=eeeeeeeeeeeeeeee ",
                                        "service_action_key=0000000000000000 ",
                                        "type=\"Write Exclusive - Registrants Only\" ",
                                        "cdb=5f010500000000001800 ",
                                        "scsi=\"RESERVATION CONFLICT\" ",
                                        "attempts=1 ",
                                        "status=STATUS_DEVICE_BUSY ",
                                        "information=0 ",
                                        "us=",
                                        NULL};

    disk_script(&conflict);
    ask(IOCTL_STORAGE_PERSISTENT_RESERVE_OUT, pr_out_command(1, 5, 0xee), PR_OUT_LENGTH, 0);
    check_line(words);
}

static void sense_is_told_by_name(void)
{
    static const struct scripted_disk refused = {
        .status = 2,
        .failures = 99,
        .sense_length = 18,
        .sense = {[0] = 0x70, [2] = 5, [7] = 10, [12] = 0x26, [13] = 4}};
    static const char *const words[] = {
        "scsi=\"CHECK CONDITION\" ",
        "sense=5/26/04 \"ILLEGAL REQUEST: invalid release of persistent reservation\"",
        "status=STATUS_INVALID_OFFSET_ALIGNMENT", NULL};

    disk_script(&refused);
    ask(IOCTL_STORAGE_PERSISTENT_RESERVE_OUT, pr_out_command(2, 5, 1), PR_OUT_LENGTH, 0);
    check_line(words);
}

static void a_missing_permission_is_told_with_what_to_do(void)
{
    static const struct scripted_disk forbidden = {.error = 1}; /* SCSI_NOT_PERMITTED */
    static const char *const words[] = {"hint=\"", "CAP_SYS_RAWIO", "status=STATUS_ACCESS_DENIED",
                                        NULL};

    disk_script(&forbidden);
    CHECK_EQUAL(ask(IOCTL_STORAGE_RESERVE, NULL, 0, 0).last_error, ERROR_ACCESS_DENIED);
    check_line(words);
}

static void a_refused_request_is_told_with_no_attempt(void)
{
    static const struct scripted_disk good = {0};
    static const char *const words[] = {"code=STORAGE_BREAK_RESERVATION ", "attempts=0 ",
                                        "status=STATUS_INVALID_PARAMETER", NULL};

    disk_script(&good);
    ask(IOCTL_STORAGE_BREAK_RESERVATION, NULL, 0, 0);
    check_line(words);
}

/* What `holdfast explain` says that a program sees. */
static void the_table_of_statuses_has_wines_errors(void)
{
    static const struct {
        int32_t status;
        uint32_t error;
    } rows[] = {
#define X(name, value, error) {NT_STATUS_##name, error},
        NT_STATUS_TABLE(X)
#undef X
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        test_check_equal(RtlNtStatusToDosError(rows[i].status), rows[i].error,
                         "the error of a status", __FILE__, rows[i].status);
}

const struct test_case trace_cases[] = {
    TEST(a_conflict_is_told_with_keys_type_and_scsi_status),
    TEST(sense_is_told_by_name),
    TEST(a_missing_permission_is_told_with_what_to_do),
    TEST(a_refused_request_is_told_with_no_attempt),
    TEST(the_table_of_statuses_has_wines_errors),
    {NULL, NULL},
};
