/* The same reads and writes as bench_raw, as a Linux program makes them: O_DIRECT, pread, pwrite
 * and fdatasync, nothing else.
 *
 * usage: bench_native_raw NODE      answers lines as bench_raw does */
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { SIZE_MAX_BYTES = 1 << 20, DISK_BYTES = 16 << 20 };

static _Alignas(4096) char buffer[SIZE_MAX_BYTES];

static double microseconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3;
}

static bool transfer_all(int fd, bool is_write, size_t size, long count)
{
    for (long i = 0; i < count; i++) {
        const off_t at = (off_t)((size_t)i * size % DISK_BYTES);
        const ssize_t moved = is_write ? pwrite(fd, buffer, size, at) : pread(fd, buffer, size, at);

        if (moved != (ssize_t)size)
            return false;
    }
    return !is_write || fdatasync(fd) == 0;
}

static void answer(int fd, const char *kind, long count)
{
    const char *digits = strchr(kind, '_');
    const size_t size = digits ? strtoul(digits + 1, NULL, 10) : 0;
    double start;

    if (!size || size > SIZE_MAX_BYTES || (DISK_BYTES % size)) {
        printf("failed: there is no kind '%s'\n", kind);
        return;
    }
    start = microseconds();
    if (transfer_all(fd, strncmp(kind, "write_", 6) == 0, size, count))
        printf("%.0f\n", microseconds() - start);
    else
        puts("failed: the disk refused it");
}

int main(int argc, char **argv)
{
    char line[64], *count;
    int fd;

    if (argc != 2) {
        fputs("usage: bench_native_raw NODE\n", stderr);
        return 2;
    }
    memset(buffer, 1, sizeof(buffer)); /* pages of its own */
    fd = open(argv[1], O_RDWR | O_DIRECT | O_CLOEXEC);
    if (fd < 0) {
        perror(argv[1]);
        return 1;
    }
    while (fgets(line, sizeof(line), stdin) && (count = strchr(line, ' '))) {
        *count++ = 0;
        answer(fd, line, strtol(count, NULL, 10));
        fflush(stdout);
    }
    return 0;
}
