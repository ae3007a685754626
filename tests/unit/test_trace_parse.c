/* holdfast trace: lines as they should be, and lines as nobody would write them. */
#include "../../dll/linux/trace_read.h"
#include "../../dll/linux/trace_table.h"

#include "expect.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define HEAD "2026-11-21T05:14:27.704963Z pid=372 tid=376"
#define REQUEST                                                                                \
    HEAD " disk=sda code=STORAGE_PERSISTENT_RESERVE_OUT action=\"RESERVE\" "                   \
         "key=00000000000000a1 service_action_key=0000000000000000 type=\"Write Exclusive\" "  \
         "cdb=5f010100000000001800 scsi=\"CHECK CONDITION\" sense=5/26/04 \"ILLEGAL REQUEST: " \
         "x\" attempts=1 status=STATUS_DEVICE_BUSY information=0 us=71"

static struct trace_parsed parsed;

static enum trace_kind kind(const char *text)
{
    trace_parse(text, strlen(text), &parsed);
    return parsed.kind;
}

static void each_kind_is_known(void **state)
{
    static const struct {
        const char *line;
        enum trace_kind kind;
        bool is_error;
    } rows[] = {
        {REQUEST, TRACE_REQUEST_LINE, true},
        {HEAD " code=STORAGE_RESERVE attempts=1 status=STATUS_SUCCESS information=0 us=1",
         TRACE_REQUEST_LINE, false},
        {HEAD " disk=sda command=\"RESERVE(6)\" cdb=160000000000 scsi=\"GOOD\" bytes=0 us=9",
         TRACE_COMMAND_LINE, false},
        {HEAD " disk=sda command=\"RESERVE(6)\" cdb=160000000000 errno=1 us=9", TRACE_COMMAND_LINE,
         true},
        {HEAD " note=\"children are not followed\"", TRACE_NOTE_LINE, true},
        {HEAD " level=debug note=\"the process ends\"", TRACE_NOTE_LINE, false},
        {HEAD " program=\"C:\\a.exe\" note=\"serves\"", TRACE_NOTE_LINE, false},
        {"", TRACE_FOREIGN_LINE, true},
        {HEAD, TRACE_FOREIGN_LINE, true},
        {HEAD " note=\"torn", TRACE_FOREIGN_LINE, true},
        {HEAD " code=STORAGE_RESERVE attempts=1 status=STATUS_SUCCESS", TRACE_FOREIGN_LINE, true},
        {HEAD " note=\"a\" note=\"b\"", TRACE_FOREIGN_LINE, true},
        {HEAD " kind=x note=\"a\"", TRACE_FOREIGN_LINE, true},
        {HEAD " Note=\"a\"", TRACE_FOREIGN_LINE, true},
        {HEAD " =", TRACE_FOREIGN_LINE, true},
        {HEAD " \"", TRACE_FOREIGN_LINE, true},
        {"2026-11-21 05:14:27.704963Z pid=1 tid=1 note=\"a\"", TRACE_FOREIGN_LINE, true},
        {"2026-11-21T05:14:27.704963Zpid=1 tid=1 note=\"a\"", TRACE_FOREIGN_LINE, true},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        EXPECT(kind(rows[i].line), rows[i].kind, "%s", rows[i].line);
        EXPECT(trace_is_error(&parsed), rows[i].is_error, "%s", rows[i].line);
    }
}

static void fields_are_taken_apart(void **state)
{
    (void)state;
    assert_int_equal(kind(REQUEST), TRACE_REQUEST_LINE);
    assert_string_equal(parsed.time, "2026-11-21T05:14:27.704963Z");
    assert_string_equal(trace_field(&parsed, "action"), "RESERVE");
    assert_string_equal(trace_field(&parsed, "type"), "Write Exclusive");
    assert_string_equal(trace_field(&parsed, "sense"), "5/26/04");
    assert_string_equal(trace_field(&parsed, "sense_words"), "ILLEGAL REQUEST: x");
    assert_string_equal(trace_field(&parsed, "us"), "71");
    assert_string_equal(trace_field(&parsed, "none"), "");
}

static void check_printable(const char *text)
{
    for (; *text; text++)
        assert_true((unsigned char)*text >= ' ' || *text == '\n');
}

static void show(void)
{
    static struct trace_programs programs;
    struct text text = {0};

    trace_programs_learn(&programs, &parsed);
    trace_table_add_line(&text, &parsed, &programs);
    trace_json_add_line(&text, &parsed, "f");
    assert_false(text.failed);
    check_printable(text.bytes);
    /* Two lines, whatever it is. */
    assert_ptr_equal(strchr(strchr(text.bytes, '\n') + 1, '\n'), text.bytes + text.length - 1);
    text_free(&text);
}

/* A good line with bytes changed, cut out and doubled, by a fixed sequence. */
static void hostile_lines_are_shown_and_never_obeyed(void **state)
{
    static const char good[] = REQUEST;
    uint32_t random = 1;

    (void)state;
    for (int round = 0; round < 20000; round++) {
        char line[2 * sizeof(good)];
        size_t length = sizeof(good) - 1;

        memcpy(line, good, length);
        for (int i = 0; i < 1 + round % 4; i++) {
            random = random * 1664525 + 1013904223;
            const size_t at = (random >> 8) % length;
            const uint8_t byte = (uint8_t)(random >> 24);

            if (byte % 3 == 0) {
                memmove(line + at, line + at + 1, length - at - 1);
                length--;
            } else if (byte % 3 == 1 && length < sizeof(line)) {
                memmove(line + at + 1, line + at, length - at);
                length++;
            } else {
                line[at] = (char)(round % 2 ? byte : " =\"\0\x1b\n\xc3\x9b"[byte % 8]);
            }
        }
        trace_parse(line, length, &parsed);
        show();
    }
}

static void long_lines_and_escapes_are_cut_and_masked(void **state)
{
    char *line = malloc(3 * TRACE_TEXT_MAX);

    (void)state;
    assert_non_null(line);
    memset(line, 'a', 3 * TRACE_TEXT_MAX);
    for (size_t length = TRACE_TEXT_MAX - 2; length < TRACE_TEXT_MAX + 2; length++) {
        trace_parse(line, length, &parsed);
        assert_int_equal(parsed.kind, TRACE_FOREIGN_LINE);
        assert_int_equal(strlen(parsed.whole),
                         length < TRACE_TEXT_MAX ? length : TRACE_TEXT_MAX - 1);
    }
    trace_parse("\x1b[2J\xc2\x9b\xff\xc3\xa4\xed\xa0\x80", 12, &parsed);
    assert_string_equal(parsed.whole, "?[2J???\xc3\xa4???");
    free(line);
}

static struct trace_source sources[2];

int __real_open(const char *path, int flags, ...);
int __wrap_open(const char *path, int flags, ...);
ssize_t __real_read(int fd, void *buffer, size_t size);
ssize_t __wrap_read(int fd, void *buffer, size_t size);

/* What happens right before the next open, and right after the next read that finds nothing. */
static void (*before_open)(void);
static void (*after_end)(void);

int __wrap_open(const char *path, int flags, ...)
{
    void (*const happens)(void) = before_open;

    before_open = NULL;
    if (happens)
        happens();
    return __real_open(path, flags);
}

ssize_t __wrap_read(int fd, void *buffer, size_t size)
{
    const ssize_t got = __real_read(fd, buffer, size);
    void (*const happens)(void) = after_end;

    if (got == 0 && happens) {
        after_end = NULL;
        happens();
    }
    return got;
}

static void add_line(const char *path, const char *mode, int second, const char *note)
{
    FILE *file = fopen(path, mode);

    assert_non_null(file);
    fprintf(file, "2026-11-21T05:14:%02d.000000Z pid=1 tid=1 note=\"%s\"\n", second, note);
    fclose(file);
}

static const char *next_note(size_t count, bool is_final)
{
    struct trace_source *source = trace_sources_next(sources, count, is_final);

    if (!source)
        return NULL;
    source->has_line = false;
    return trace_field(&source->line, "note");
}

static void files_are_merged_and_rotation_is_followed(void **state)
{
    char folder[] = "/tmp/holdfast-trace-read-XXXXXX", a[64], a1[64], a2[64], b[64];

    (void)state;
    assert_non_null(mkdtemp(folder));
    snprintf(a, sizeof(a), "%s/a", folder);
    snprintf(a1, sizeof(a1), "%s/a.1", folder);
    snprintf(a2, sizeof(a2), "%s/a.2", folder);
    snprintf(b, sizeof(b), "%s/b", folder);
    add_line(a1, "w", 1, "one");
    add_line(a, "w", 3, "three");
    add_line(b, "w", 2, "two");
    add_line(b, "a", 4, "four");
    assert_true(trace_source_open(&sources[0], a));
    assert_true(trace_source_open(&sources[1], b));
    assert_string_equal(next_note(2, false), "one");
    assert_string_equal(next_note(2, false), "two");
    assert_string_equal(next_note(2, false), "three");
    assert_string_equal(next_note(2, false), "four");
    assert_null(next_note(2, false));
    /* Rotated twice between two looks. */
    add_line(a, "a", 5, "five");
    assert_int_equal(rename(a1, b), 0);
    assert_int_equal(rename(a, a2), 0);
    add_line(a1, "w", 6, "six");
    add_line(a, "w", 7, "seven");
    assert_string_equal(next_note(1, false), "five");
    assert_string_equal(next_note(1, false), "six");
    assert_string_equal(next_note(1, false), "seven");
    assert_null(next_note(1, false));
    trace_source_close(&sources[0]);
    trace_source_close(&sources[1]);
    assert_false(trace_source_open(&sources[0], folder));
    unlink(a);
    unlink(a1);
    unlink(a2);
    unlink(b);
    assert_int_equal(rmdir(folder), 0);
}

static char folder_of_writer[] = "/tmp/holdfast-trace-read-XXXXXX", written[4][64];

/* As dll/unix/trace_log.c does: the oldest first. */
static void rotate(void)
{
    for (int number = 3; number > 0; number--)
        rename(written[number - 1], written[number]);
}

static void write_and_rotate(void)
{
    add_line(written[0], "a", 2, "two");
    rotate();
    add_line(written[0], "w", 3, "three");
}

static void rotate_again(void)
{
    rotate();
    add_line(written[0], "w", 4, "four");
}

/* A line and a rotation come after the reader has found the end; another rotation comes after it
 * has looked for the name of its file. */
static void no_file_is_skipped_when_it_is_rotated_meanwhile(void **state)
{
    (void)state;
    assert_non_null(mkdtemp(folder_of_writer));
    for (int number = 0; number < 4; number++)
        snprintf(written[number], sizeof(written[number]), number ? "%s/t.%d" : "%s/t",
                 folder_of_writer, number);
    add_line(written[0], "w", 1, "one");
    assert_true(trace_source_open(&sources[0], written[0]));
    assert_string_equal(next_note(1, false), "one");
    after_end = write_and_rotate;
    before_open = rotate_again;
    assert_string_equal(next_note(1, false), "two");
    assert_string_equal(next_note(1, false), "three");
    assert_string_equal(next_note(1, false), "four");
    assert_null(next_note(1, false));
    assert_null(before_open);
    assert_null(after_end);
    trace_source_close(&sources[0]);
    for (int number = 0; number < 4; number++)
        unlink(written[number]);
    assert_int_equal(rmdir(folder_of_writer), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_kind_is_known),
        cmocka_unit_test(fields_are_taken_apart),
        cmocka_unit_test(hostile_lines_are_shown_and_never_obeyed),
        cmocka_unit_test(long_lines_and_escapes_are_cut_and_masked),
        cmocka_unit_test(files_are_merged_and_rotation_is_followed),
        cmocka_unit_test(no_file_is_skipped_when_it_is_rotated_meanwhile),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
