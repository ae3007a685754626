/* A disk that hangs holds up no other, and an answer that has come counts, however late it came:
 * open(2) hangs for one disk here, and poll(2) behaves as if the time was up when all others had
 * answered. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../dll/linux/reservation_state.h"
#include "../patience.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

int __wrap_open(const char *path, int flags, ...);

int __wrap_open(const char *path, int flags, ...)
{
    (void)flags;
    while (strcmp(path, "hangs") == 0)
        pause();
    errno = strcmp(path, "closed") == 0 ? EACCES : ENXIO;
    return -1;
}

int __real_poll(struct pollfd *waits, nfds_t count, int timeout);
int __wrap_poll(struct pollfd *waits, nfds_t count, int timeout);

/* The disk that never answers, and how many have been asked: those of the current call come last.
 */
static struct {
    size_t hanging, count;
} asked;

int __wrap_poll(struct pollfd *waits, nfds_t count, int timeout)
{
    nfds_t waiting = 0, hanging;
    int ready = 0;

    assert_int_equal(timeout, 0);
    for (nfds_t i = 0; i < count; i++)
        waiting += waits[i].fd >= 0;
    if (waiting == count)
        asked.count += count;
    hanging = asked.hanging < asked.count && asked.hanging + count >= asked.count;
    for (unsigned ms = 0; (nfds_t)ready < waiting - hanging && ms < patience_ms(); ms++) {
        usleep(1000);
        ready = __real_poll(waits, count, 0);
    }
    return ready;
}

static void ask(size_t hanging)
{
    enum { COUNT = 130 }; /* more than are asked at once */
    static struct state_question questions[COUNT];

    asked.hanging = hanging;
    asked.count = 0;
    for (size_t i = 0; i < COUNT; i++)
        questions[i] =
            (struct state_question){.nodes = {i == hanging ? "hangs" : "gone", "closed"}};
    questions[71].nodes[0] = NULL;
    questions[72].nodes[1] = NULL;
    state_ask_all(questions, COUNT, 0);
    for (size_t i = 0; i < COUNT; i++) {
        const enum state_answer expected = i == hanging ? STATE_NO_ANSWER
                                           : i == 72    ? STATE_GONE
                                                        : STATE_DENIED;

        if (questions[i].state.answer != expected)
            fail_msg("disk %zu: %s", i, state_answer_name(questions[i].state.answer));
    }
}

static void one_hangs(void **state)
{
    (void)state;
    ask(70);
}

static void all_answer(void **state)
{
    (void)state;
    ask(SIZE_MAX);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_hangs),
        cmocka_unit_test(all_answer),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
