/* The soak's judge alone: what it must accept, and what it must not. */
#include "soak_disk.h"
#include "soak_search.h"

#include "../bed/big_endian.h"
#include <string.h>

enum { KEY_1 = 0xa1, KEY_2 = 0xb2, FIRST_GENERATION = 7 };

static const struct soak_state both_registered = {
    {{KEY_1, KEY_2}, NOBODY, 0}, FIRST_GENERATION, NOBODY};

/* A burst under construction; times are small numbers. */
static struct soak_burst burst;

static struct soak_request *add(enum soak_kind kind, int node, uint32_t error, uint64_t begin,
                                uint64_t end)
{
    struct soak_request *request = &burst.requests[burst.count++];

    memset(request, 0, sizeof(*request));
    request->kind = kind;
    request->node = node;
    request->way = 's';
    request->answer.error = error;
    request->answer.begin = begin;
    request->answer.end = end;
    return request;
}

static void add_pr_out(enum soak_kind kind, uint8_t action, int node, uint64_t key, uint64_t other,
                       uint32_t error, uint64_t begin, uint64_t end)
{
    add(kind, node, error, begin, end)->pr_out =
        (struct pr_out){action, RESERVATION_TYPE_EXCLUSIVE, key, other, false};
}

static void add_reserve(int node, uint32_t error, uint64_t begin, uint64_t end)
{
    add_pr_out(SOAK_PR_RESERVE, RESERVATION_ACTION_RESERVE, node, node ? KEY_2 : KEY_1, 0, error,
               begin, end);
}

static void add_register(int node, uint64_t key, uint64_t begin, uint64_t end)
{
    add_pr_out(SOAK_REGISTER_IGNORE, RESERVATION_ACTION_REGISTER_IGNORE_EXISTING, node, 0, key,
               ERROR_SUCCESS, begin, end);
}

/* READ KEYS that shows two keys. */
static void add_read_keys(uint32_t generation, uint64_t one, uint64_t other, uint64_t begin,
                          uint64_t end)
{
    struct soak_request *request = add(SOAK_READ_KEYS, 0, ERROR_SUCCESS, begin, end);

    request->allocation_length = 64;
    request->answer.returned = 24;
    big_endian_write(request->answer.output, 4, generation);
    big_endian_write(request->answer.output + 4, 4, 16);
    big_endian_write(request->answer.output + 8, 8, one);
    big_endian_write(request->answer.output + 16, 8, other);
}

static int begin_test(void **state)
{
    (void)state;
    burst.count = 0;
    return 0;
}

/* How many states the disk can be in after the burst; 0: nothing explains it. */
static struct soak_search search_from(const struct soak_state *start)
{
    static struct soak_search search;
    struct soak_states starts = {1, {*start}};
    struct soak_step steps[SOAK_STEPS_MAX];

    soak_search(steps, soak_make_steps(&burst, steps), &starts, &search);
    assert_false(search.gave_up);
    return search;
}

static void one_of_two_reserves(void **state)
{
    struct soak_search search;

    (void)state;
    add_reserve(0, ERROR_SUCCESS, 0, 10);
    add_reserve(1, ERROR_BUSY, 0, 10);
    search = search_from(&both_registered);
    assert_int_equal(search.ends.count, 1);
    assert_int_equal(search.ends.states[0].pr.holder, 0);
}

static void two_successes_where_one_can_be(void **state)
{
    (void)state;
    add_reserve(0, ERROR_SUCCESS, 0, 10);
    add_reserve(1, ERROR_SUCCESS, 0, 10);
    assert_int_equal(search_from(&both_registered).ends.count, 0);
}

static void a_conflict_with_nobody(void **state)
{
    (void)state;
    add_reserve(0, ERROR_BUSY, 0, 10);
    assert_int_equal(search_from(&both_registered).ends.count, 0);
}

/* The first was answered before the second was asked, and has the conflict. */
static void order_of_time(void **state)
{
    (void)state;
    add_reserve(0, ERROR_BUSY, 0, 10);
    add_reserve(1, ERROR_SUCCESS, 11, 20);
    assert_int_equal(search_from(&both_registered).ends.count, 0);
    burst.requests[1].answer.begin = 10;
    assert_int_equal(search_from(&both_registered).ends.count, 1);
}

static void either_order_of_registrations(void **state)
{
    struct soak_search search;

    (void)state;
    add_register(0, 0xc1, 0, 10);
    add_register(0, 0xc2, 5, 15);
    search = search_from(&both_registered);
    assert_int_equal(search.ends.count, 2);
    assert_int_equal(search.ends.states[0].generation, FIRST_GENERATION + 2);
    assert_int_equal(search.ends.states[1].generation, FIRST_GENERATION + 2);
}

static void keys_that_are_out_of_date(void **state)
{
    (void)state;
    add_register(0, 0xc1, 0, 10);
    add_read_keys(FIRST_GENERATION, KEY_1, KEY_2, 5, 15);
    assert_int_equal(search_from(&both_registered).ends.count, 1);
    burst.requests[1].answer.begin = 11;
    assert_int_equal(search_from(&both_registered).ends.count, 0);
}

/* Both the old key and the new generation. */
static void keys_of_two_moments(void **state)
{
    (void)state;
    add_register(0, 0xc1, 0, 10);
    add_read_keys(FIRST_GENERATION + 1, KEY_1, KEY_2, 5, 15);
    assert_int_equal(search_from(&both_registered).ends.count, 0);
}

static void a_break_that_broke_nothing(void **state)
{
    const struct soak_state reserved = {disk_free, FIRST_GENERATION, 1};

    (void)state;
    add(SOAK_BREAK, 0, ERROR_SUCCESS, 0, 10);
    assert_int_equal(search_from(&reserved).ends.count, 1);
    add(SOAK_RESERVE, 0, ERROR_BUSY, 11, 20);
    assert_int_equal(search_from(&reserved).ends.count, 0);
}

/* What the disk shows: a command too many, a lost one, another type. */
static void states_that_do_not_show(void **state)
{
    const struct soak_view view = {.generation = FIRST_GENERATION,
                                   .key_count = 2,
                                   .keys = {KEY_2, KEY_1},
                                   .is_held = true,
                                   .holder_key = KEY_1,
                                   .type = RESERVATION_TYPE_EXCLUSIVE};
    struct soak_states states = {
        4, {both_registered, both_registered, both_registered, both_registered}};

    (void)state;
    for (int i = 0; i < states.count; i++) {
        states.states[i].pr.holder = 0;
        states.states[i].pr.type = RESERVATION_TYPE_EXCLUSIVE;
    }
    states.states[1].generation++;
    states.states[2].pr.type = RESERVATION_TYPE_WRITE_EXCLUSIVE;
    states.states[3].pr.holder = 1;
    soak_keep_what_shows(&states, &view);
    assert_int_equal(states.count, 1);
    assert_int_equal(states.states[0].generation, FIRST_GENERATION);
    states.states[0].pr.key[1] = 0;
    soak_keep_what_shows(&states, &view);
    assert_int_equal(states.count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(one_of_two_reserves, begin_test),
        cmocka_unit_test_setup(two_successes_where_one_can_be, begin_test),
        cmocka_unit_test_setup(a_conflict_with_nobody, begin_test),
        cmocka_unit_test_setup(order_of_time, begin_test),
        cmocka_unit_test_setup(either_order_of_registrations, begin_test),
        cmocka_unit_test_setup(keys_that_are_out_of_date, begin_test),
        cmocka_unit_test_setup(keys_of_two_moments, begin_test),
        cmocka_unit_test_setup(a_break_that_broke_nothing, begin_test),
        cmocka_unit_test_setup(states_that_do_not_show, begin_test),
    };

    return cmocka_run_group_tests_name("soak_search", tests, NULL, NULL);
}
