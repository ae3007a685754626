/* The journal's text: what is printed is read back, and nothing else is read at all. */
#include "expect.h"

#include "../../conformance/journal.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK_SIZE = 512 };

struct fixture {
    struct journal journal, parsed;
    char text[JOURNAL_TEXT_MAX + 2];
    size_t length;
    char problem[JOURNAL_PROBLEM_MAX];
};

static struct fixture *fixture;

static int set_up(void **state)
{
    struct journal *journal;

    (void)state;
    fixture = calloc(1, sizeof(*fixture));
    if (!fixture)
        return -1;
    journal = &fixture->journal;
    strcpy(journal->disk, "\\\\.\\PhysicalDrive1");
    strcpy(journal->other, "\\\\.\\PhysicalDrive2");
    strcpy(journal->identity.serial, "a serial \xc3\xbc number");
    strcpy(journal->identity.designator, "6001405aabbccdd0");
    journal->identity.block_size = BLOCK_SIZE;
    journal->identity.blocks = 32768;
    journal->key_base = UINT64_C(0x48461234abcd0000);
    journal->reservations = journal->data = true;
    journal->work_block = 16384;
    for (int i = 0; i < WORK_BLOCKS; i++)
        memset(journal->blocks[i], 0x10 + i, BLOCK_SIZE);
    fixture->length = journal_print(journal, fixture->text, JOURNAL_TEXT_MAX);
    return fixture->length ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    free(fixture);
    return 0;
}

static bool parse(size_t length)
{
    return journal_parse(&fixture->parsed, fixture->text, length, fixture->problem);
}

static void expect_refused(const char *words, const char *row)
{
    EXPECT(parse(fixture->length), false, "%s", row);
    if (!strstr(fixture->problem, words))
        EXPECT_TEXT(fixture->problem, words, "%s", row);
}

/* FNV-1a once more: the test's journals are as whole as the program's. */
static void seal(size_t length)
{
    uint64_t hash = UINT64_C(0xcbf29ce484222325);

    for (size_t i = 0; i < length; i++)
        hash = (hash ^ (uint8_t)fixture->text[i]) * UINT64_C(0x100000001b3);
    fixture->length =
        length + (size_t)snprintf(fixture->text + length, 64, "end %016" PRIx64 "\n", hash);
}

static void write_journal(const char *text)
{
    const size_t length = strlen(text);

    memcpy(fixture->text, text, length);
    seal(length);
}

static void reads_what_it_printed(void **state)
{
    (void)state;
    assert_true(parse(fixture->length));
    assert_memory_equal(&fixture->parsed, &fixture->journal, sizeof(fixture->journal));
}

static void every_shorter_text_is_refused(void **state)
{
    (void)state;
    for (size_t length = 0; length < fixture->length; length++)
        EXPECT(parse(length), false, "%zu bytes", length);
    fixture->text[fixture->length] = '\n';
    EXPECT(parse(fixture->length + 1), false, "one byte more");
}

/* A changed byte cannot be read as another journal. CR before LF is the one freedom there is, and
 * the checksum covers it. */
static void every_changed_byte_is_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < fixture->length; i += i < 700 ? 1 : 97)
        for (int bit = 0; bit < 8; bit++) {
            fixture->text[i] = (char)(fixture->text[i] ^ 1 << bit);
            EXPECT(parse(fixture->length), false, "byte %zu, bit %d", i, bit);
            fixture->text[i] = (char)(fixture->text[i] ^ 1 << bit);
        }
    EXPECT(parse(fixture->length), true, "unchanged again");
}

#define HEAD     "holdfast-conformance-journal 1\n"
#define DISK     "disk D\n"
#define SERIAL   "serial S\n"
#define GEOMETRY "block_size 512\nblocks 64\n"
#define KEYS     "keys 48461234abcd0000\n"
#define LEGAL    HEAD DISK SERIAL GEOMETRY KEYS "reservations yes\n"

static void sealed_journals_are_judged_line_by_line(void **state)
{
    static const struct {
        const char *name, *text, *words;
    } rows[] = {
        {"another version", "holdfast-conformance-journal 2\n" DISK, "line 1: this is no journal"},
        {"no disk", HEAD SERIAL GEOMETRY KEYS "reservations yes\n", "lines are missing"},
        {"no identity", HEAD DISK GEOMETRY KEYS "reservations yes\n", "which disk it is about"},
        {"no keys", HEAD DISK SERIAL GEOMETRY "reservations yes\n", "lines are missing"},
        {"no consent", HEAD DISK SERIAL GEOMETRY KEYS, "lines are missing"},
        {"foreign keys", HEAD DISK SERIAL GEOMETRY "keys 00000000000000a1\n", "line 6: its value"},
        {"numbered keys", HEAD DISK SERIAL GEOMETRY "keys 48461234abcd0001\n", "line 6: its value"},
        {"short keys", HEAD DISK SERIAL GEOMETRY "keys 48461234\n", "line 6: its value"},
        {"twice", HEAD DISK DISK, "line 3: it is not in its place"},
        {"wrong order", HEAD SERIAL DISK, "line 3: it is not in its place"},
        {"unknown", HEAD DISK "run format.com\n", "line 3: no such line"},
        {"empty line", HEAD "\n", "line 2: no such line"},
        {"no value", HEAD "disk\n", "line 2: it is not in its place"},
        {"empty value", HEAD "disk \n", "line 2: its value"},
        {"a control character", HEAD "disk a\x1b[2J\n", "line 2: its value"},
        {"a big number", HEAD DISK SERIAL "block_size 4294967296\n", "line 4: its value"},
        {"a negative number", HEAD DISK SERIAL "block_size -1\n", "line 4: its value"},
        {"no number", HEAD DISK SERIAL "block_size \n", "line 4: its value"},
        {"blocks beyond 64 bits", HEAD DISK SERIAL "block_size 1\nblocks 18446744073709551616\n",
         "line 5: its value"},
        {"half a consent", HEAD DISK SERIAL GEOMETRY KEYS "reservations maybe\n",
         "line 7: its value"},
        {"two second nodes", HEAD DISK "other O\npeer P\n" SERIAL GEOMETRY KEYS "reservations no\n",
         "two second nodes"},
        {"blocks without a place", LEGAL "block 00\n", "its value"},
        {"a place without blocks", LEGAL "work_block 16\n", "not all of the saved blocks"},
        {"a place beyond the disk", LEGAL "work_block 4294967295\n", "not all of the saved"},
        {"a designator that is none", HEAD DISK "designator 60 14\n", "line 3: its value"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        write_journal(rows[i].text);
        expect_refused(rows[i].words, rows[i].name);
    }
    write_journal(LEGAL);
    EXPECT(parse(fixture->length), true, "the legal one: %s", fixture->problem);
}

/* `count` blocks of one byte each, from `place` on, on a disk of 64. */
static void write_blocks(unsigned place, unsigned count)
{
    char text[4096];
    int length = snprintf(text, sizeof(text),
                          HEAD DISK SERIAL "block_size 1\nblocks 64\n" KEYS
                                           "reservations no\nwork_block %u\n",
                          place);

    for (unsigned i = 0; i < count; i++)
        length += snprintf(text + length, sizeof(text) - (size_t)length, "block %02x\n", i);
    write_journal(text);
}

static void blocks_are_all_there_and_on_the_disk(void **state)
{
    (void)state;
    write_blocks(48, WORK_BLOCKS);
    EXPECT(parse(fixture->length), true, "the last place: %s", fixture->problem);
    EXPECT(fixture->parsed.blocks[15][0], 15, "the last block");
    write_blocks(49, WORK_BLOCKS);
    expect_refused("not on the disk", "beyond the end");
    write_blocks(0, WORK_BLOCKS - 1);
    expect_refused("not all of the saved blocks", "one too few");
    write_blocks(0, WORK_BLOCKS + 1);
    expect_refused("its value", "one too many");
}

static void long_texts_are_refused(void **state)
{
    char text[NODE_NAME_MAX + 64];

    (void)state;
    memset(text, 'x', sizeof(text));
    memcpy(text, HEAD "disk ", sizeof(HEAD "disk ") - 1);
    memcpy(text + sizeof(text) - 2, "\n", 2);
    write_journal(text);
    expect_refused("line 2: its value", "a long name");
    EXPECT(parse(JOURNAL_TEXT_MAX + 1), false, "a long journal");
    EXPECT_TEXT(fixture->problem, "line 0: it is longer than any journal", "a long journal");
}

static void windows_line_ends_are_read(void **state)
{
    (void)state;
    write_journal("holdfast-conformance-journal 1\r\ndisk D\r\nserial S\r\nblock_size 512\r\n"
                  "blocks 64\r\nkeys 48461234abcd0000\r\nreservations yes\r\n");
    EXPECT(parse(fixture->length), true, "%s", fixture->problem);
    EXPECT_TEXT(fixture->parsed.disk, "D", "without the CR");
}

static void what_cannot_be_read_back_is_not_printed(void **state)
{
    (void)state;
    EXPECT(journal_print(&fixture->journal, fixture->text, fixture->length), 0, "no room");
    EXPECT(journal_print(&fixture->journal, fixture->text, 0), 0, "no room at all");
    strcpy(fixture->journal.disk, "two\nlines");
    EXPECT(journal_print(&fixture->journal, fixture->text, JOURNAL_TEXT_MAX), 0, "two lines");
    strcpy(fixture->journal.disk, "D");
    fixture->journal.identity.block_size = SCSI_DATA_MAX + 1;
    EXPECT(journal_print(&fixture->journal, fixture->text, JOURNAL_TEXT_MAX), 0, "large blocks");
    fixture->journal.identity.block_size = SCSI_DATA_MAX;
    EXPECT(journal_print(&fixture->journal, fixture->text, JOURNAL_TEXT_MAX) > 0, 1, "the largest");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(reads_what_it_printed, set_up, tear_down),
        cmocka_unit_test_setup_teardown(every_shorter_text_is_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(every_changed_byte_is_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(sealed_journals_are_judged_line_by_line, set_up, tear_down),
        cmocka_unit_test_setup_teardown(blocks_are_all_there_and_on_the_disk, set_up, tear_down),
        cmocka_unit_test_setup_teardown(long_texts_are_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(windows_line_ends_are_read, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_cannot_be_read_back_is_not_printed, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
