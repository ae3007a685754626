/* Several disks at once, and none of them may hold up the others. */
#include "../unix/sg_io.h"
#include "reservation_state.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
    AT_ONCE = 64,
    COMMAND_MS = 2000, /* the kernel takes up to twice as long to give up */
};

_Static_assert(sizeof(struct reservation_state) <= PIPE_BUF, "one write, in one piece");

struct asker {
    pid_t process;
    int from; /* -1: has answered, or never will */
};

/* Opening in a way that neither waits for a medium nor lets udev think that something was written:
 * sg has no such watch. A user without access to one node may have it to the other. */
static struct reservation_state ask_node(const char *node, bool is_generic)
{
    struct reservation_state state = {.answer = STATE_FAILED};
    const int fd = open(node, (is_generic ? O_RDWR : O_RDONLY) | O_NONBLOCK | O_CLOEXEC);

    if (fd < 0) {
        const int error = errno;
        if (error == EACCES || error == EPERM)
            state.answer = STATE_DENIED;
        else if (error == ENXIO || error == ENODEV || error == ENOENT)
            state.answer = STATE_GONE;
        return state;
    }
    const struct sg_disk_identity identity = sg_io_identify(fd);
    struct sg_disk disk = {.fd = fd, .is_generic = identity.is_generic};
    if (identity.is_scsi_disk)
        state = state_ask(&sg_io_transport, &disk, COMMAND_MS);
    close(fd);
    return state;
}

static struct reservation_state ask(const struct state_question *question)
{
    struct reservation_state state = {.answer = STATE_GONE};

    for (size_t i = 0; i < 2; i++) {
        if (!question->nodes[i])
            continue;
        state = ask_node(question->nodes[i], i == 0);
        if (state.answer != STATE_DENIED && state.answer != STATE_GONE)
            break;
    }
    return state;
}

static void start(const struct state_question *question, struct asker *asker)
{
    int ends[2];

    *asker = (struct asker){.process = -1, .from = -1};
    if (pipe2(ends, O_CLOEXEC) < 0)
        return;
    asker->process = fork();
    if (asker->process == 0) {
        const struct reservation_state state = ask(question);
        _exit(write(ends[1], &state, sizeof(state)) == (ssize_t)sizeof(state) ? 0 : 1);
    }
    close(ends[1]);
    if (asker->process < 0)
        close(ends[0]);
    else
        asker->from = ends[0];
}

static void take(struct asker *asker, struct state_question *question)
{
    struct reservation_state state;

    if (read(asker->from, &state, sizeof(state)) == (ssize_t)sizeof(state))
        question->state = state;
    else
        question->state.answer = STATE_FAILED;
    close(asker->from);
    asker->from = -1;
}

static int64_t now_ms(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

/* Takes the answers that are there, and waits for the first one until `end` at most. True while
 * somebody has not answered and there is time left. An answer that lies in its pipe is taken
 * however late it is: on a busy machine time may have run out while all of them arrived. */
static bool take_some(struct asker *askers, struct state_question *questions, size_t count,
                      int64_t end)
{
    struct pollfd waits[AT_ONCE];
    size_t waiting = 0;
    const int64_t left = end - now_ms();
    int ready;

    for (size_t i = 0; i < count; i++) {
        waits[i] = (struct pollfd){.fd = askers[i].from, .events = POLLIN};
        waiting += askers[i].from >= 0;
    }
    if (!waiting)
        return false;
    ready = poll(waits, count, left > 0 ? (int)left : 0);
    if (ready < 0)
        return errno == EINTR;
    for (size_t i = 0; i < count; i++)
        if (askers[i].from >= 0 && waits[i].revents)
            take(&askers[i], &questions[i]);
    return ready > 0 || left > 0;
}

/* One that hangs in the kernel cannot be waited for: it ends when its command does, and init takes
 * it up. */
static void end(struct asker *asker)
{
    if (asker->process < 0)
        return;
    if (asker->from >= 0) {
        kill(asker->process, SIGKILL);
        close(asker->from);
        waitpid(asker->process, NULL, WNOHANG);
    } else {
        waitpid(asker->process, NULL, 0);
    }
}

static void ask_some(struct state_question *questions, size_t count, uint32_t wait_ms)
{
    struct asker askers[AT_ONCE];
    int64_t deadline;

    for (size_t i = 0; i < count; i++) {
        questions[i].state = (struct reservation_state){.answer = STATE_NO_ANSWER};
        start(&questions[i], &askers[i]);
        if (askers[i].process < 0)
            questions[i].state.answer = STATE_FAILED;
    }
    deadline = now_ms() + wait_ms; /* the starts alone may take as long on a busy machine */
    while (take_some(askers, questions, count, deadline))
        ;
    for (size_t i = 0; i < count; i++)
        end(&askers[i]);
}

void state_ask_all(struct state_question *questions, size_t count, uint32_t wait_ms)
{
    for (size_t from = 0; from < count; from += AT_ONCE)
        ask_some(questions + from, count - from < AT_ONCE ? count - from : AT_ONCE, wait_ms);
}
