/* dll/unix/trace_log.h: several processes append to one file that is rotated all the time. Nothing
 * is lost, no line is torn, and each writer's lines stay in order. */
#include "../../dll/unix/trace_log.h"

#include "../patience.h"
#include "expect.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { WRITERS = 4, LINES = 80, LIMIT = 200, ROUNDS = 12, KEEP = 99, SMALL_KEEP = 2 };

enum { LINE_MAX_BYTES = 2 + 3 + 90 + 5 }; /* writer, number, filling, end */

static char folder[64];
static char path[96];

static int make_folder(void **state)
{
    (void)state;
    snprintf(folder, sizeof(folder), "/tmp/holdfast-trace-log-XXXXXX");
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof(path), "%s/trace", folder);
    return 0;
}

static void name_file(unsigned number, char name[128])
{
    snprintf(name, 128, number ? "%s.%u" : "%s", path, number);
}

static int remove_folder(void **state)
{
    char name[128];

    (void)state;
    for (unsigned number = 0; number <= KEEP + 1; number++) {
        name_file(number, name);
        unlink(name);
    }
    return rmdir(folder);
}

/* Lines of different lengths, so that a writer that sees a full file may have one that would fit.
 */
static void write_lines(unsigned writer)
{
    struct trace_log log = TRACE_LOG_CLOSED;

    log.patience_ms = patience_ms(); /* so that nobody writes without the lock */
    if (trace_log_open(&log, path, LIMIT, KEEP) != 0)
        _exit(1);
    for (unsigned i = 0; i < LINES; i++) {
        char line[LINE_MAX_BYTES + 1];
        const int length = snprintf(line, sizeof(line), "%u %u %0*u end\n", writer, i,
                                    (int)(1 + i * 7 % 90), writer);

        if (trace_log_write(&log, line, (size_t)length) != 0)
            _exit(2);
    }
    _exit(0);
}

/* Every line of one file; `next` has what each writer's next line is numbered. */
static void check_file(const char *name, unsigned next[WRITERS])
{
    FILE *file = fopen(name, "re");
    char line[256];

    assert_non_null(file);
    while (fgets(line, sizeof(line), file)) {
        const size_t length = strlen(line);
        char *end;
        const unsigned writer = (unsigned)strtoul(line, &end, 10);
        const unsigned number = (unsigned)strtoul(end, &end, 10);

        EXPECT(*end, ' ', "%s: %s", name, line);
        assert_in_range(writer, 0, WRITERS - 1);
        EXPECT(length > 5 && !strcmp(line + length - 5, " end\n"), true, "%s: %s", name, line);
        EXPECT(number, next[writer], "%s: %s", name, line);
        next[writer]++;
    }
    fclose(file);
}

static void write_together(void)
{
    unsigned next[WRITERS] = {0};
    char name[128];
    unsigned files = 0;

    for (unsigned writer = 0; writer < WRITERS; writer++)
        if (fork() == 0)
            write_lines(writer);
    for (int i = 0; i < WRITERS; i++) {
        int code;

        assert_true(wait(&code) > 0);
        assert_int_equal(code, 0);
    }
    for (unsigned number = KEEP; number <= KEEP; number--) {
        struct stat status;

        name_file(number, name);
        if (stat(name, &status) < 0)
            continue;
        files++;
        /* The line that reaches the limit, and no other one after it. */
        assert_in_range(status.st_size, 1, LIMIT - 1 + LINE_MAX_BYTES);
        check_file(name, next);
        unlink(name);
    }
    for (unsigned writer = 0; writer < WRITERS; writer++)
        EXPECT(next[writer], LINES, "writer %u", writer);
    assert_in_range(files, 20, KEEP);
}

/* So many rotations that those who rotate at once meet. */
static void several_writers_lose_and_tear_nothing(void **state)
{
    (void)state;
    for (int round = 0; round < ROUNDS; round++)
        write_together();
}

/* As the description of another process, which never goes on. */
static int hold_lock(void)
{
    struct flock range = {
        .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = 0x7ffffffffffffffe, .l_len = 1};
    const int fd = open(path, O_RDWR | O_CLOEXEC);

    assert_true(fd >= 0);
    assert_int_equal(fcntl(fd, F_OFD_SETLK, &range), 0);
    return fd;
}

static void a_lock_that_is_held_loses_no_line(void **state)
{
    enum { WRITTEN = 40 };
    struct trace_log log = TRACE_LOG_CLOSED;
    struct stat status;
    char name[128];
    int holder;

    (void)state;
    log.patience_ms = 1;
    assert_int_equal(trace_log_open(&log, path, LIMIT, KEEP), 0);
    holder = hold_lock();
    for (int i = 0; i < WRITTEN; i++)
        assert_int_equal(trace_log_write(&log, "nine byte\n", 10), 0);
    name_file(1, name);
    assert_int_equal(access(name, F_OK), -1);
    assert_int_equal(fstat(log.fd, &status), 0);
    assert_int_equal(status.st_size, WRITTEN * 10);
    close(holder);
    log.patience_ms = patience_ms();
    assert_int_equal(trace_log_write(&log, "nine byte\n", 10), 0);
    assert_int_equal(access(name, F_OK), 0);
    close(log.fd);
}

static void no_more_files_are_kept_than_wanted(void **state)
{
    struct trace_log log = TRACE_LOG_CLOSED;
    char line[512], name[128];

    (void)state;
    memset(line, 'x', sizeof(line));
    line[sizeof(line) - 1] = '\n';
    assert_int_equal(trace_log_open(&log, path, 4096, SMALL_KEEP), 0);
    for (int i = 0; i < 100; i++)
        assert_int_equal(trace_log_write(&log, line, sizeof(line)), 0);
    for (unsigned number = 0; number <= 4; number++) {
        name_file(number, name);
        EXPECT(access(name, F_OK) == 0, number <= SMALL_KEEP, "%s", name);
    }
    close(log.fd);
}

/* A folder in which nothing can be renamed: the file grows on, and nothing is lost. */
static void where_it_cannot_be_rotated_it_grows(void **state)
{
    struct trace_log log = TRACE_LOG_CLOSED;
    char line[1024], name[128];
    struct stat status;

    (void)state;
    memset(line, 'x', sizeof(line));
    line[sizeof(line) - 1] = '\n';
    name_file(1, name);
    assert_int_equal(mkdir(name, 0700), 0); /* no file can become a folder */
    assert_int_equal(trace_log_open(&log, path, 4096, 1), 0);
    for (int i = 0; i < 20; i++)
        assert_int_equal(trace_log_write(&log, line, sizeof(line)), 0);
    assert_int_equal(fstat(log.fd, &status), 0);
    assert_int_equal(status.st_size, 20 * sizeof(line));
    close(log.fd);
    assert_int_equal(rmdir(name), 0);
}

/* What does not fit on the disk is dropped whole. */
static void a_full_disk_tears_no_line(void **state)
{
    struct trace_log log = TRACE_LOG_CLOSED;
    struct rlimit before, small = {.rlim_cur = 1000};
    char line[400];
    struct stat status;

    (void)state;
    memset(line, 'x', sizeof(line));
    line[sizeof(line) - 1] = '\n';
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    small.rlim_max = before.rlim_max;
    assert_int_equal(trace_log_open(&log, path, 0, 1), 0);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    for (int i = 0; i < 2; i++)
        assert_int_equal(trace_log_write(&log, line, sizeof(line)), 0);
    assert_int_equal(trace_log_write(&log, line, sizeof(line)), ENOSPC);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    assert_int_equal(fstat(log.fd, &status), 0);
    assert_int_equal(status.st_size, 2 * sizeof(line));
    close(log.fd);
}

static void what_cannot_be_opened_is_told(void **state)
{
    struct trace_log log = TRACE_LOG_CLOSED;

    (void)state;
    assert_int_equal(trace_log_open(&log, "relative", 0, 1), EINVAL);
    assert_int_equal(trace_log_open(&log, path, 0, 0), EINVAL);
    assert_int_equal(trace_log_open(&log, path, 0, 100), EINVAL);
    assert_int_equal(trace_log_open(&log, "/no/such/folder/trace", 0, 1), ENOENT);
    assert_int_equal(trace_log_open(&log, folder, 0, 1), EISDIR);
    assert_int_equal(trace_log_write(&log, "x\n", 2), EBADF);
    assert_int_equal(trace_log_open(&log, "/dev/null", LIMIT, 1), 0);
    for (int i = 0; i < 10000; i++)
        assert_int_equal(trace_log_write(&log, "a line\n", 7), 0);
    close(log.fd);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, make_folder, remove_folder)
        IN_FOLDER(several_writers_lose_and_tear_nothing),
        IN_FOLDER(a_lock_that_is_held_loses_no_line),
        IN_FOLDER(no_more_files_are_kept_than_wanted),
        IN_FOLDER(where_it_cannot_be_rotated_it_grows),
        IN_FOLDER(a_full_disk_tears_no_line),
        IN_FOLDER(what_cannot_be_opened_is_told),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
