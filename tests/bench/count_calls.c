/* Counts the system calls that a request makes: those of a program, with all its threads and all
 * that it starts, from its first SG_IO up to its last one.
 *
 * usage: bench_count_calls PROGRAM ARGUMENTS...
 *
 * Prints that number for each SG_IO, and on standard error which calls they were. The exit code is
 * the program's, or 125. */
#include <errno.h>
#include <scsi/sg.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/reg.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
    NUMBERS = 512,
    THREADS_MAX = 1024,
    BROKEN = 125,
    SYSCALL_STOP = SIGTRAP | 0x80,
};

static const long options = PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACECLONE | PTRACE_O_TRACEFORK |
                            PTRACE_O_TRACEVFORK | PTRACE_O_EXITKILL;

/* Of every traced thread: is it inside a system call? */
static struct thread {
    pid_t id;
    int inside;
} threads[THREADS_MAX];

/* By number: since the first SG_IO, and as they stood when the last one began. */
static struct tally {
    unsigned long calls[NUMBERS];
    unsigned long commands;
} now, at_last_command;

static struct thread *thread_of(pid_t id)
{
    struct thread *unused = NULL;

    for (size_t i = 0; i < THREADS_MAX; i++) {
        if (threads[i].id == id)
            return &threads[i];
        if (!threads[i].id && !unused)
            unused = &threads[i];
    }
    if (!unused) {
        fputs("bench_count_calls: too many threads\n", stderr);
        exit(BROKEN);
    }
    *unused = (struct thread){.id = id};
    return unused;
}

static long register_of(const struct thread *thread, int which)
{
    return ptrace(PTRACE_PEEKUSER, thread->id, (void *)(sizeof(long) * (size_t)which), NULL);
}

/* Each call stops the thread twice, at its begin and at its end. */
static void note_call(struct thread *thread)
{
    long number;

    thread->inside = !thread->inside;
    if (!thread->inside)
        return;
    number = register_of(thread, ORIG_RAX);
    if (number == SYS_ioctl && register_of(thread, RSI) == SG_IO) {
        at_last_command = now;
        now.commands++;
    }
    if (now.commands && number >= 0 && number < NUMBERS)
        now.calls[number]++;
}

/* What to hand on to a stopped thread: its signals, and none of tracing's own. */
static int signal_for(struct thread *thread, int status)
{
    const int signal = WSTOPSIG(status);

    if (signal == SYSCALL_STOP) {
        note_call(thread);
        return 0;
    }
    if (status >> 16 || signal == SIGSTOP)
        return 0;
    /* execve: its end is announced by a plain SIGTRAP of its own and then as any other's */
    return signal == SIGTRAP ? 0 : signal;
}

/* Until the first process has ended; whatever it leaves behind is not waited for. */
static int trace(pid_t first)
{
    int status;

    for (;;) {
        const pid_t id = waitpid(-1, &status, __WALL);
        struct thread *thread;

        if (id < 0)
            return BROKEN;
        thread = thread_of(id);
        if (WIFEXITED(status) || WIFSIGNALED(status)) {
            thread->id = 0;
            if (id == first)
                return WIFEXITED(status) ? WEXITSTATUS(status) : BROKEN;
            continue;
        }
        ptrace(PTRACE_SYSCALL, id, NULL, (void *)(long)signal_for(thread, status));
    }
}

static pid_t start(char **argv)
{
    const pid_t child = fork();

    if (child)
        return child;
    ptrace(PTRACE_TRACEME, 0, NULL, NULL);
    kill(getpid(), SIGSTOP);
    execvp(argv[0], argv);
    perror(argv[0]);
    _exit(BROKEN);
}

static int report(void)
{
    unsigned long sum = 0;

    if (!at_last_command.commands) {
        fputs("bench_count_calls: there were fewer than two SG_IO\n", stderr);
        return BROKEN;
    }
    for (int i = 0; i < NUMBERS; i++) {
        sum += at_last_command.calls[i];
        if (at_last_command.calls[i])
            fprintf(stderr, "system call %d: %lu times for %lu SG_IO\n", i,
                    at_last_command.calls[i], at_last_command.commands);
    }
    printf("%.3f\n", (double)sum / (double)at_last_command.commands);
    return 0;
}

int main(int argc, char **argv)
{
    pid_t first;
    int status, code;

    if (argc < 2) {
        fputs("usage: bench_count_calls PROGRAM ARGUMENTS...\n", stderr);
        return BROKEN;
    }
    first = start(argv + 1);
    if (first < 0 || waitpid(first, &status, 0) < 0 ||
        ptrace(PTRACE_SETOPTIONS, first, NULL, (void *)options) ||
        ptrace(PTRACE_SYSCALL, first, NULL, NULL)) {
        fprintf(stderr, "bench_count_calls: %s\n", strerror(errno));
        return BROKEN;
    }
    code = trace(first);
    return code ? code : report();
}
