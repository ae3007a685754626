/* The same requests as bench_requests, as a Linux program sends them: SG_IO, nothing else.
 *
 * usage: bench_native_loop NODE [KIND COUNT]      answers lines as bench_requests does */
#include <fcntl.h>
#include <scsi/sg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>

enum {
    LIST_LENGTH = 24,
    ALLOCATION_LENGTH = 256,
    SENSE_LENGTH = 252,
    TIMEOUT_MS = 10 * 1000,
};

static const unsigned char parameter_list[LIST_LENGTH] = {[15] = 0xb1};

static int send_command(int fd, int direction, unsigned char cdb[static 10], void *data,
                        unsigned int length)
{
    unsigned char sense[SENSE_LENGTH];
    sg_io_hdr_t header = {
        .interface_id = 'S',
        .dxfer_direction = direction,
        .cmd_len = 10,
        .mx_sb_len = sizeof(sense),
        .dxfer_len = length,
        .dxferp = data,
        .cmdp = cdb,
        .sbp = sense,
        .timeout = TIMEOUT_MS,
    };

    cdb[7] = (unsigned char)(length >> 8);
    cdb[8] = (unsigned char)length;
    return ioctl(fd, SG_IO, &header) == 0 && !header.status && !header.host_status;
}

static int pr_in(int fd)
{
    unsigned char cdb[10] = {0x5e, 0x00}, data[ALLOCATION_LENGTH];

    return send_command(fd, SG_DXFER_FROM_DEV, cdb, data, sizeof(data));
}

static int pr_out(int fd)
{
    unsigned char cdb[10] = {0x5f, 0x06}, data[LIST_LENGTH];

    memcpy(data, parameter_list, sizeof(data));
    return send_command(fd, SG_DXFER_TO_DEV, cdb, data, sizeof(data));
}

static double microseconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3;
}

static int answer(int fd, const char *name, long count)
{
    int (*request)(int fd) = strcmp(name, "in") ? pr_out : pr_in;
    const double start = microseconds();

    for (long i = 0; i < count; i++)
        if (!request(fd)) {
            puts("failed: the disk refused the command");
            return 1;
        }
    printf("%.0f\n", microseconds() - start);
    return 0;
}

int main(int argc, char **argv)
{
    char line[64], *count;
    int fd;

    if (argc != 2 && argc != 4) {
        fputs("usage: bench_native_loop NODE [in|out COUNT]\n", stderr);
        return 2;
    }
    fd = open(argv[1], O_RDWR | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0) {
        perror(argv[1]);
        return 1;
    }
    if (argc == 4)
        return answer(fd, argv[2], strtol(argv[3], NULL, 10));
    while (fgets(line, sizeof(line), stdin) && (count = strchr(line, ' '))) {
        *count++ = 0;
        answer(fd, line, strtol(count, NULL, 10));
        fflush(stdout);
    }
    return 0;
}
