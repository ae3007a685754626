/* How holdfast.exe reads and shows the lists of PERSISTENT RESERVE IN. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../dll/command/lists.h"
#include "../../dll/launcher/show.h"

#include <stdbool.h>
#include <string.h>

enum { READ_KEYS = 0, READ_RESERVATIONS = 1 };

/* A disk that has `entries` entries of `size` bytes, each filled with its number, and gets `growth`
 * more after each command. */
struct disk {
    uint32_t entries;
    uint32_t size;
    uint32_t growth;
    uint32_t error;
    uint32_t at_most; /* bytes returned, whatever was asked for; 0: no limit */
    bool fills_buffer;
    uint32_t calls;
    uint32_t longest;
};

static void put_32(uint8_t *bytes, uint32_t value)
{
    for (int i = 3; i >= 0; i--, value >>= 8)
        bytes[i] = (uint8_t)value;
}

static uint32_t ask(void *context, uint8_t action, void *buffer, uint32_t length,
                    uint32_t *returned)
{
    struct disk *disk = context;
    uint8_t *bytes = buffer;
    (void)action;
    disk->calls++;
    if (disk->error)
        return disk->error;
    if (length > disk->longest)
        disk->longest = length;
    if (disk->at_most && length > disk->at_most)
        length = disk->at_most;
    const uint64_t whole = 8 + (uint64_t)disk->entries * disk->size;
    const uint32_t used = whole < length ? (uint32_t)whole : length;
    uint8_t header[8];
    put_32(header, 77);
    put_32(header + 4, disk->entries * disk->size);
    memcpy(bytes, header, used < 8 ? used : 8);
    for (uint32_t i = 8; i < used; i++)
        bytes[i] = (i - 8) % disk->size == 7 ? (uint8_t)((i - 8) / disk->size + 1) : 0;
    *returned = disk->fills_buffer ? length : used;
    disk->entries += disk->growth;
    return 0;
}

static void an_empty_list(void **state)
{
    (void)state;
    struct disk disk = {.size = 8};
    struct list list;
    assert_int_equal(list_read(ask, &disk, READ_KEYS, &list), 0);
    assert_int_equal(list.count, 0);
    assert_int_equal(list.total, 0);
    assert_int_equal(list.generation, 77);
    assert_int_equal(disk.calls, 1);
    list_free(&list);
}

static void a_short_list_takes_one_command(void **state)
{
    (void)state;
    struct disk disk = {.entries = 7, .size = 8, .fills_buffer = true};
    struct list list;
    assert_int_equal(list_read(ask, &disk, READ_KEYS, &list), 0);
    assert_int_equal(disk.calls, 1);
    assert_int_equal(list.count, 7);
    assert_int_equal(list_key(&list, 6), 7);
    list_free(&list);
}

static void a_longer_list_is_asked_for_again(void **state)
{
    (void)state;
    struct disk disk = {.entries = 8, .size = 8};
    struct list list;
    assert_int_equal(list_read(ask, &disk, READ_KEYS, &list), 0);
    assert_int_equal(disk.calls, 2);
    assert_int_equal(disk.longest, 8 + 8 * 8);
    assert_int_equal(list.count, 8);
    assert_int_equal(list_key(&list, 7), 8);
    list_free(&list);
}

static void a_list_beyond_any_buffer_is_truncated(void **state)
{
    (void)state;
    static const uint32_t sizes[] = {8191, 100000, 0xffffffff / 8};
    for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
        struct disk disk = {.entries = sizes[i], .size = 8};
        struct list list;
        assert_int_equal(list_read(ask, &disk, READ_KEYS, &list), 0);
        assert_int_equal(disk.longest, 8 + 8190 * 8);
        assert_int_equal(list.count, 8190);
        assert_int_equal(list.total, sizes[i]);
        list_free(&list);
    }
}

static void a_list_that_keeps_growing_ends(void **state)
{
    (void)state;
    struct disk disk = {.entries = 100, .size = 8, .growth = 10};
    struct list list;
    assert_int_equal(list_read(ask, &disk, READ_KEYS, &list), 0);
    assert_in_range(disk.calls, 3, 20);
    assert_true(list.count < list.total);
    list_free(&list);
}

static void bytes_that_did_not_come_are_not_shown(void **state)
{
    (void)state;
    struct disk disk = {.entries = 5, .size = 8, .at_most = 8 + 2 * 8 + 7};
    struct list list;
    assert_int_equal(list_read(ask, &disk, READ_KEYS, &list), 0);
    assert_int_equal(list.count, 2);
    assert_int_equal(list.total, 5);
    list_free(&list);
}

static void less_than_a_header_is_malformed(void **state)
{
    (void)state;
    struct disk disk = {.entries = 5, .size = 8, .at_most = 7};
    struct list list;
    assert_int_equal(list_read(ask, &disk, READ_KEYS, &list), LIST_MALFORMED);
    assert_null(list.bytes);
}

static void an_error_is_handed_on(void **state)
{
    (void)state;
    struct disk disk = {.error = 170};
    struct list list;
    assert_int_equal(list_read(ask, &disk, READ_KEYS, &list), 170);
    assert_int_equal(disk.calls, 1);
    assert_null(list.bytes);
}

/* Lists as a disk gives them, for what is shown. */
static uint8_t keys_bytes[] = {0, 0, 0, 4,    0, 0, 0, 16, 0, 0, 0, 0,
                               0, 0, 0, 0xab, 0, 0, 0, 0,  0, 0, 0, 0xcd};
static uint8_t reservation_bytes[] = {0, 0, 0, 4,    0, 0, 0, 16, 0, 0,    0, 0,
                                      0, 0, 0, 0xcd, 0, 0, 0, 0,  0, 0x05, 0, 0};

static void shown_as_text_and_json(void **state)
{
    (void)state;
    const struct list keys = {keys_bytes, 2, 2, 4};
    const struct list reservations = {reservation_bytes, 1, 1, 4};
    const struct disk_state disk = {"show", "\\\\.\\E:", &keys, &reservations, true};
    struct text text = {0};

    show_disk(&text, &disk);
    assert_string_equal(text.bytes,
                        "disk          \\\\.\\E:\n"
                        "generation    4\n"
                        "registered    0x00000000000000ab\n"
                        "registered    0x00000000000000cd  holder\n"
                        "reservation   write-exclusive-registrants, scope logical-unit, key "
                        "0x00000000000000cd\n");
    text_free(&text);
    show_json(&text, &disk);
    assert_string_equal(
        text.bytes,
        "{\"ok\": true, \"command\": \"show\", \"disk\": \"\\\\\\\\.\\\\E:\", \"generation\": 4, "
        "\"keys\": [\"0x00000000000000ab\", \"0x00000000000000cd\"], \"reservations\": [{\"key\": "
        "\"0x00000000000000cd\", \"type\": \"write-exclusive-registrants\", \"type_number\": 5, "
        "\"scope\": \"logical-unit\", \"scope_number\": 0}], \"stable\": true, \"truncated\": "
        "false}\n");
    text_free(&text);
}

static void shown_where_there_is_nothing(void **state)
{
    (void)state;
    const struct list none = {keys_bytes, 0, 0, 4};
    const struct disk_state disk = {"show", "d", &none, &none, false};
    struct text text = {0};
    show_disk(&text, &disk);
    assert_string_equal(text.bytes, "disk          d\ngeneration    4\nregistered    none\n"
                                    "reservation   none\n"
                                    "(registrations kept changing while they were read)\n");
    text_free(&text);
}

static void a_truncated_list_says_so(void **state)
{
    (void)state;
    const struct list keys = {keys_bytes, 2, 9000, 4};
    const struct disk_state disk = {"keys", "d", &keys, NULL, true};
    struct text text = {0};
    show_keys(&text, &disk);
    assert_string_equal(text.bytes, "0x00000000000000ab\n0x00000000000000cd\n"
                                    "(truncated: the disk has 9000 keys and could return 2)\n");
    text_free(&text);
    show_json(&text, &disk);
    assert_non_null(strstr(text.bytes, "\"truncated\": true}"));
    assert_null(strstr(text.bytes, "reservations"));
    text_free(&text);
}

static void every_registrant_holds_types_7_and_8(void **state)
{
    (void)state;
    uint8_t bytes[sizeof(reservation_bytes)];
    memcpy(bytes, reservation_bytes, sizeof(bytes));
    bytes[15] = 0;
    bytes[21] = 0x07;
    const struct list keys = {keys_bytes, 2, 2, 4};
    const struct list reservations = {bytes, 1, 1, 4};
    const struct disk_state disk = {"show", "d", &keys, &reservations, true};
    struct text text = {0};
    show_disk(&text, &disk);
    assert_non_null(strstr(text.bytes, "ab  holder\n"));
    assert_non_null(strstr(text.bytes, "cd  holder\n"));
    assert_non_null(strstr(text.bytes, "write-exclusive-all-registrants"));
    text_free(&text);
}

static void failures_in_words_and_json(void **state)
{
    (void)state;
    const struct failure failure = {"keys", "\\\\.\\E:", 170, "ERROR_BUSY", "conflict", "look", 24};
    const struct failure bare = {"keys", NULL, 0, NULL, "no \"shim\"", NULL, 125};
    struct text text = {0};
    show_failure(&text, &failure);
    show_failure(&text, &bare);
    assert_string_equal(text.bytes, "holdfast keys: \\\\.\\E:: conflict (ERROR_BUSY, 170)\n"
                                    "hint: look\nholdfast keys: no \"shim\"\n");
    text_free(&text);
    show_failure_json(&text, &failure);
    show_failure_json(&text, &bare);
    assert_string_equal(
        text.bytes,
        "{\"ok\": false, \"command\": \"keys\", \"disk\": \"\\\\\\\\.\\\\E:\", \"error\": "
        "{\"code\": 170, \"name\": \"ERROR_BUSY\", \"message\": \"conflict\", \"hint\": \"look\", "
        "\"exit_code\": 24}}\n"
        "{\"ok\": false, \"command\": \"keys\", \"disk\": null, \"error\": {\"code\": null, "
        "\"name\": null, \"message\": \"no \\\"shim\\\"\", \"hint\": null, \"exit_code\": 125}}\n");
    text_free(&text);
}

static void reservations_are_sixteen_bytes_each(void **state)
{
    (void)state;
    struct disk disk = {.entries = 3, .size = 16};
    struct list list;
    assert_int_equal(list_read(ask, &disk, READ_RESERVATIONS, &list), 0);
    assert_int_equal(list.count, 3);
    assert_int_equal(disk.calls, 1);
    assert_int_equal(list_reservation(&list, 2).key, 3);
    list_free(&list);

    const struct list element = {reservation_bytes, 1, 1, 4};
    assert_int_equal(list_reservation(&element, 0).type, 5);
    assert_int_equal(list_reservation(&element, 0).scope, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_list),
        cmocka_unit_test(a_short_list_takes_one_command),
        cmocka_unit_test(a_longer_list_is_asked_for_again),
        cmocka_unit_test(a_list_beyond_any_buffer_is_truncated),
        cmocka_unit_test(a_list_that_keeps_growing_ends),
        cmocka_unit_test(bytes_that_did_not_come_are_not_shown),
        cmocka_unit_test(less_than_a_header_is_malformed),
        cmocka_unit_test(an_error_is_handed_on),
        cmocka_unit_test(reservations_are_sixteen_bytes_each),
        cmocka_unit_test(shown_as_text_and_json),
        cmocka_unit_test(shown_where_there_is_nothing),
        cmocka_unit_test(a_truncated_list_says_so),
        cmocka_unit_test(every_registrant_holds_types_7_and_8),
        cmocka_unit_test(failures_in_words_and_json),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
