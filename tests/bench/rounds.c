/* Several ways to do the same requests, by turns: in each round each way does its share, so that
 * all of them see the same moments of the machine. Prints the medians of the requests per second,
 * and of the times in proportion to the first way's.
 *
 * usage: bench_rounds PREFIX ROUNDS NAME KIND COUNT COMMAND... [-- NAME KIND COUNT COMMAND...]...
 *
 * A command is started once and asked by lines "KIND COUNT" (bench_requests, bench_native_loop);
 * with the KIND "process" it is started anew for each of COUNT requests. */
#include <fcntl.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { WAYS_MAX = 8, ROUNDS_MAX = 1000 };

static struct way {
    const char *name, *kind;
    long count;
    char **argv;
    FILE *questions, *answers; /* NULL for processes */
    double microseconds[ROUNDS_MAX];
    double ratio[ROUNDS_MAX];
} ways[WAYS_MAX];

static double microseconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3;
}

static bool is_process(const struct way *way)
{
    return strcmp(way->kind, "process") == 0;
}

static pid_t spawn(char **argv, int input, int output)
{
    posix_spawn_file_actions_t actions;
    pid_t child = -1;

    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
    if (!argv[0] || posix_spawnp(&child, argv[0], &actions, NULL, argv, environ) != 0)
        child = -1;
    posix_spawn_file_actions_destroy(&actions);
    return child;
}

static bool start(struct way *way)
{
    int to[2], from[2];

    if (!way->argv[0])
        return false;
    if (is_process(way))
        return true;
    if (pipe2(to, O_CLOEXEC) || pipe2(from, O_CLOEXEC))
        return false;
    if (spawn(way->argv, to[0], from[1]) < 0)
        return false;
    close(to[0]);
    close(from[1]);
    way->questions = fdopen(to[1], "w");
    way->answers = fdopen(from[0], "r");
    return way->questions && way->answers;
}

/* Microseconds for all of them, or a negative number. */
static double run_processes(const struct way *way)
{
    const int null = open("/dev/null", O_RDWR | O_CLOEXEC);
    const double begin = microseconds();
    bool good = null >= 0;

    for (long i = 0; good && i < way->count; i++) {
        const pid_t child = spawn(way->argv, null, null);
        int status = -1;

        good = child > 0 && waitpid(child, &status, 0) == child && status == 0;
    }
    if (null >= 0)
        close(null);
    return good ? microseconds() - begin : -1;
}

static double ask(const struct way *way)
{
    char line[128] = "no answer\n";
    char *end;

    if (is_process(way))
        return run_processes(way);
    fprintf(way->questions, "%s %ld\n", way->kind, way->count);
    fflush(way->questions);
    if (fgets(line, sizeof(line), way->answers)) {
        const double time = strtod(line, &end);

        if (end != line)
            return time;
    }
    fprintf(stderr, "bench_rounds: %s: %s", way->name, line);
    return -1;
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

/* Each round begins with another way, so that nobody always follows the same one. */
static bool run_round(int count, long round)
{
    for (int i = 0; i < count; i++) {
        struct way *way = &ways[(i + round + 1) % count];
        const double time = ask(way);

        if (time <= 0) {
            fprintf(stderr, "bench_rounds: %s failed\n", way->name);
            return false;
        }
        if (round >= 0) /* the first only warms up */
            way->microseconds[round] = time / (double)way->count;
    }
    for (int i = 0; round >= 0 && i < count; i++)
        ways[i].ratio[round] = ways[0].microseconds[round] / ways[i].microseconds[round];
    return true;
}

static void report(const char *prefix, int count, long rounds)
{
    for (int i = 0; i < count; i++) {
        printf("%s.%s\t%.0f\t1/s\n", prefix, ways[i].name,
               1e6 / median(ways[i].microseconds, rounds));
        if (i)
            printf("%s.%s_to_%s\t%.3f\t\n", prefix, ways[0].name, ways[i].name,
                   median(ways[i].ratio, rounds));
    }
}

static int take_ways(char **argv)
{
    int count = 0;

    while (argv[0] && argv[1] && argv[2] && count < WAYS_MAX) {
        struct way *way = &ways[count++];

        way->name = argv[0];
        way->kind = argv[1];
        way->count = strtol(argv[2], NULL, 10);
        way->argv = argv + 3;
        for (argv += 3; *argv && strcmp(*argv, "--") != 0;)
            argv++;
        if (*argv)
            *argv++ = NULL;
    }
    return count;
}

int main(int argc, char **argv)
{
    const long rounds = argc > 6 ? strtol(argv[2], NULL, 10) : 0;
    const int count = rounds > 0 && rounds <= ROUNDS_MAX ? take_ways(argv + 3) : 0;

    if (!count) {
        fputs("usage: bench_rounds PREFIX ROUNDS NAME KIND COUNT COMMAND... [-- ...]...\n", stderr);
        return 2;
    }
    for (int i = 0; i < count; i++)
        if (!start(&ways[i])) {
            fprintf(stderr, "bench_rounds: %s cannot be started\n", ways[i].name);
            return 1;
        }
    for (long round = -1; round < rounds; round++)
        if (!run_round(count, round))
            return 1;
    report(argv[1], count, rounds);
    return 0;
}
