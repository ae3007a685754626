/* A disk that hangs holds up no other: open(2) is the test's own here, and hangs for one of them.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../dll/linux/reservation_state.h"

#include <errno.h>
#include <string.h>
#include <time.h>
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

static void one_hangs(void **state)
{
    enum { COUNT = 130, WAIT_MS = 300, HANGING = 70 };
    static struct state_question questions[COUNT];
    const time_t start = time(NULL);

    (void)state;
    for (size_t i = 0; i < COUNT; i++)
        questions[i] = (struct state_question){.nodes = {"gone", "closed"}};
    questions[HANGING].nodes[0] = "hangs";
    questions[HANGING + 1].nodes[0] = NULL;
    questions[HANGING + 2].nodes[1] = NULL;
    state_ask_all(questions, COUNT, WAIT_MS);
    assert_true(time(NULL) - start < 20);
    for (size_t i = 0; i < COUNT; i++)
        if (questions[i].state.answer != (i == HANGING       ? STATE_NO_ANSWER
                                          : i == HANGING + 2 ? STATE_GONE
                                                             : STATE_DENIED))
            fail_msg("disk %zu: %s", i, state_answer_name(questions[i].state.answer));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(one_hangs)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
