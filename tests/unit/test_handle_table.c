/* dll/shim/handle_table.c: a descriptor is kept as long as its handle lives and not a moment
 * longer. Design: the header's own words; there is no such table in Windows. */
#include "../../dll/shim/handle_table.h"

#include "expect.h"
#include <pthread.h>
#include <stdatomic.h>

static struct disk disk_with(int fd)
{
    struct disk disk = {.fd = fd, .granted_access = 3, .device_major = 8};

    return disk;
}

/* Each case has a handle of its own: the table is the process'. */
static void keep(uintptr_t handle, int fd)
{
    const struct disk disk = disk_with(fd);

    EXPECT(handle_table_add(handle, handle_table_ticket(handle), &disk), true, "fd %d", fd);
}

static void what_is_not_known_is_not_found(void **state)
{
    struct disk disk;

    (void)state;
    EXPECT(handle_table_acquire(0x10, &disk), false, "never seen");
    EXPECT(handle_table_begin_close(0x10), -1, "never seen");
    handle_table_end_close(0x10);
    EXPECT(handle_table_acquire(0x10, &disk), false, "closed");
}

static void what_is_kept_is_found_until_it_is_closed(void **state)
{
    struct disk disk = {0};

    (void)state;
    keep(0x20, 7);
    EXPECT(handle_table_acquire(0x20, &disk), true, "kept");
    EXPECT(disk.fd, 7, "kept");
    EXPECT(disk.granted_access, 3, "kept");
    EXPECT(disk.device_major, 8, "kept");
    EXPECT(handle_table_acquire(0x23, &disk), true, "the low two bits are no part of a handle");
    EXPECT(handle_table_acquire(0x24, &disk), false, "another handle");
    for (int users = 3; users > 0; users--)
        EXPECT(handle_table_release(0x20), -1, "the handle lives");
    EXPECT(handle_table_begin_close(0x20), 7, "nobody uses it: the closer closes");
    EXPECT(handle_table_acquire(0x20, &disk), false, "while it is closed");
    handle_table_end_close(0x20);
    EXPECT(handle_table_acquire(0x20, &disk), false, "closed");
}

static void the_last_user_of_a_closed_handle_closes(void **state)
{
    struct disk disk;

    (void)state;
    keep(0x30, 8);
    EXPECT(handle_table_acquire(0x30, &disk), true, "a second user");
    EXPECT(handle_table_begin_close(0x30), -1, "in use");
    handle_table_end_close(0x30);
    EXPECT(handle_table_release(0x30), -1, "one of two");
    EXPECT(handle_table_release(0x30), 8, "the last");
    keep(0x30, 9);
    EXPECT(handle_table_release(0x30), -1, "the next life of the same value");
}

/* Between the ticket and the add the handle was closed, and may be another by now. */
static void what_was_found_out_before_a_close_is_not_kept(void **state)
{
    const struct disk disk = disk_with(10);
    uint64_t ticket = handle_table_ticket(0x40);

    (void)state;
    handle_table_begin_close(0x40);
    EXPECT(handle_table_add(0x40, ticket, &disk), false, "during the close");
    EXPECT(handle_table_add(0x40, handle_table_ticket(0x40), &disk), false, "asked during it");
    ticket = handle_table_ticket(0x40);
    handle_table_end_close(0x40);
    EXPECT(handle_table_add(0x40, ticket, &disk), false, "asked during it, added after");
    keep(0x40, 11);
}

static void two_closes_at_once_are_both_waited_for(void **state)
{
    const struct disk disk = disk_with(12);

    (void)state;
    handle_table_begin_close(0x50);
    handle_table_begin_close(0x50);
    handle_table_end_close(0x50);
    EXPECT(handle_table_add(0x50, handle_table_ticket(0x50), &disk), false, "one is under way");
    handle_table_end_close(0x50);
    keep(0x50, 13);
}

static void only_the_first_is_kept(void **state)
{
    const struct disk disk = disk_with(15);
    const uint64_t ticket = handle_table_ticket(0x60);

    (void)state;
    keep(0x60, 14);
    EXPECT(handle_table_add(0x60, ticket, &disk), false, "an old ticket");
    EXPECT(handle_table_add(0x60, handle_table_ticket(0x60), &disk), false, "a new ticket");
    EXPECT(handle_table_release(0x60), -1, "the first");
    EXPECT(handle_table_begin_close(0x60), 14, "the first");
    handle_table_end_close(0x60);
}

/* A read or write of another file asks no more than this bit. */
static void what_is_no_disk_is_remembered_until_it_is_closed(void **state)
{
    const struct disk disk = disk_with(17);
    struct disk found;
    uint64_t ticket = handle_table_ticket(0x70);

    (void)state;
    EXPECT(handle_table_is_other(0x70), false, "nobody has asked");
    handle_table_add_other(0x70, ticket);
    EXPECT(handle_table_is_other(0x70), true, "remembered");
    EXPECT(handle_table_acquire(0x70, &found), false, "no disk");
    EXPECT(handle_table_add(0x70, handle_table_ticket(0x70), &disk), false, "nor ever one");
    handle_table_begin_close(0x70);
    EXPECT(handle_table_is_other(0x70), false, "while it is closed");
    handle_table_add_other(0x70, handle_table_ticket(0x70));
    EXPECT(handle_table_is_other(0x70), false, "asked while it is closed");
    handle_table_end_close(0x70);
    handle_table_add_other(0x70, ticket);
    EXPECT(handle_table_is_other(0x70), false, "asked in the life before");
    keep(0x70, 18);
    handle_table_add_other(0x70, handle_table_ticket(0x70));
    EXPECT(handle_table_is_other(0x70), false, "a disk");
    EXPECT(handle_table_is_other(HANDLE_TABLE_HANDLES), false, "beyond the table");
    handle_table_add_other(HANDLE_TABLE_HANDLES, 0);
}

static void values_beyond_the_table_are_never_kept(void **state)
{
    static const uintptr_t handles[] = {HANDLE_TABLE_HANDLES, (uintptr_t)-1, (uintptr_t)-4,
                                        (uintptr_t)1 << 63};

    (void)state;
    for (size_t i = 0; i < COUNT(handles); i++) {
        struct disk disk = disk_with(1);

        EXPECT(handle_table_add(handles[i], handle_table_ticket(handles[i]), &disk), false, "%zu",
               i);
        EXPECT(handle_table_acquire(handles[i], &disk), false, "%zu", i);
        EXPECT(handle_table_begin_close(handles[i]), -1, "%zu", i);
        handle_table_end_close(handles[i]);
    }
    keep(HANDLE_TABLE_HANDLES - 4, 16);
}

/* A small system: a handle is closed and given out again all the time, by threads that race with
 * each other and with requests. `opened` counts its lives; a descriptor is the number of the life
 * that it was asked for in. */
enum { HANDLE = 0x100, LIVES = 400000, REQUESTERS = 3, CLOSERS = 2 };
static _Atomic int opened = 1;
static _Atomic int finished;
static _Atomic uint8_t descriptors[LIVES + CLOSERS + 2]; /* how many are open in each life */
static _Atomic int wrong, used, kept;

static void close_descriptor(int fd)
{
    if (fd >= 0 && atomic_fetch_sub(&descriptors[fd], 1) == 0)
        wrong++;
}

static void use(const struct disk *disk, int life_before)
{
    used++;
    if (atomic_load(&descriptors[disk->fd]) == 0) /* closed under our hands */
        wrong++;
    if (disk->fd < life_before) /* the disk of a life that was over before we began */
        wrong++;
}

static void request(void)
{
    const int life_before = opened;
    struct disk disk;
    uint64_t ticket;

    if (handle_table_acquire(HANDLE, &disk)) {
        use(&disk, life_before);
        close_descriptor(handle_table_release(HANDLE));
        return;
    }
    ticket = handle_table_ticket(HANDLE);
    disk = disk_with(opened);
    descriptors[disk.fd]++;
    if (handle_table_add(HANDLE, ticket, &disk)) {
        kept++;
        use(&disk, life_before);
        close_descriptor(handle_table_release(HANDLE));
        return;
    }
    use(&disk, life_before);
    close_descriptor(disk.fd);
}

static void *request_all_the_time(void *unused)
{
    while (!finished)
        request();
    return unused;
}

/* The value is given out anew before the close is over, as by another thread's open. */
static void *close_all_the_time(void *unused)
{
    uint32_t noise = 1;

    while (opened < LIVES) {
        close_descriptor(handle_table_begin_close(HANDLE));
        opened++;
        handle_table_end_close(HANDLE);
        noise = noise * 1664525 + 1013904223;
        for (uint32_t i = noise >> 26; i > 0; i--)
            atomic_thread_fence(memory_order_seq_cst);
    }
    return unused;
}

static void threads_never_see_the_disk_of_a_life_before(void **state)
{
    pthread_t requesters[REQUESTERS], closers[CLOSERS];

    (void)state;
    for (size_t i = 0; i < REQUESTERS; i++)
        assert_int_equal(pthread_create(&requesters[i], NULL, request_all_the_time, NULL), 0);
    for (size_t i = 0; i < CLOSERS; i++)
        assert_int_equal(pthread_create(&closers[i], NULL, close_all_the_time, NULL), 0);
    for (size_t i = 0; i < CLOSERS; i++)
        pthread_join(closers[i], NULL);
    finished = 1;
    for (size_t i = 0; i < REQUESTERS; i++)
        pthread_join(requesters[i], NULL);
    close_descriptor(handle_table_begin_close(HANDLE));
    handle_table_end_close(HANDLE);
    EXPECT(wrong, 0, "of %d uses", used);
    for (size_t i = 0; i < COUNT(descriptors); i++)
        EXPECT(descriptors[i], 0, "life %zu is left open", i);
    EXPECT(kept > 0 && used > kept, true, "%d kept, %d used", kept, used);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_not_known_is_not_found),
        cmocka_unit_test(what_is_kept_is_found_until_it_is_closed),
        cmocka_unit_test(the_last_user_of_a_closed_handle_closes),
        cmocka_unit_test(what_was_found_out_before_a_close_is_not_kept),
        cmocka_unit_test(two_closes_at_once_are_both_waited_for),
        cmocka_unit_test(only_the_first_is_kept),
        cmocka_unit_test(what_is_no_disk_is_remembered_until_it_is_closed),
        cmocka_unit_test(values_beyond_the_table_are_never_kept),
        cmocka_unit_test(threads_never_see_the_disk_of_a_life_before),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
