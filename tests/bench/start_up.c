/* How long commands take from start to end, by turns: each round starts every command once. Prints
 * the medians of the times, and of the differences to the first command.
 *
 * usage: bench_start_up ROUNDS NAME COMMAND... [-- NAME COMMAND...]...
 */
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { COMMANDS_MAX = 8, ROUNDS_MAX = 1000 };

static struct command {
    const char *name;
    char **argv;
    double milliseconds[ROUNDS_MAX];
    double added[ROUNDS_MAX];
} commands[COMMANDS_MAX];

static double milliseconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

/* Its time, or a negative number where it could not be started or did not end well. */
static double run_once(char **argv)
{
    posix_spawn_file_actions_t actions;
    const double start = milliseconds();
    pid_t child;
    int status = -1;

    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    if (argv[0] && posix_spawnp(&child, argv[0], &actions, NULL, argv, environ) == 0)
        waitpid(child, &status, 0);
    posix_spawn_file_actions_destroy(&actions);
    return status ? -1 : milliseconds() - start;
}

static int compare(const void *a, const void *b)
{
    const double left = *(const double *)a, right = *(const double *)b;

    return (left > right) - (left < right);
}

static double median(double *values, long count)
{
    qsort(values, (size_t)count, sizeof(*values), compare);
    return values[count / 2];
}

static int measure(int count, long rounds)
{
    /* The first round only warms up. */
    for (long round = -1; round < rounds; round++)
        for (int i = 0; i < count; i++) {
            struct command *command = &commands[i];
            const double time = run_once(command->argv);

            if (time < 0) {
                fprintf(stderr, "bench_start_up: %s failed: %s\n", command->name, command->argv[0]);
                return 1;
            }
            if (round < 0)
                continue;
            command->milliseconds[round] = time;
            command->added[round] = time - commands[0].milliseconds[round];
        }
    for (int i = 0; i < count; i++) {
        printf("%s\t%.2f\tms\n", commands[i].name, median(commands[i].milliseconds, rounds));
        if (i)
            printf("%s.added\t%.2f\tms\n", commands[i].name, median(commands[i].added, rounds));
    }
    return 0;
}

/* Splits the command line at each "--". */
static int take_commands(char **argv)
{
    int count = 0;

    while (*argv && count < COMMANDS_MAX) {
        commands[count].name = *argv++;
        commands[count++].argv = argv;
        while (*argv && strcmp(*argv, "--") != 0)
            argv++;
        if (*argv)
            *argv++ = NULL;
    }
    return count;
}

int main(int argc, char **argv)
{
    const long rounds = argc > 3 ? strtol(argv[1], NULL, 10) : 0;

    if (rounds < 1 || rounds > ROUNDS_MAX) {
        fputs("usage: bench_start_up ROUNDS NAME COMMAND... [-- NAME COMMAND...]...\n", stderr);
        return 2;
    }
    return measure(take_commands(argv + 2), rounds);
}
