/* The tables of holdfast.so as a 32-bit program's calls arrive in them: the parameters at an
 * address below 4 GiB, the addresses in them with an upper half of zeros. Built twice: for i386 it
 * asks the i386 holdfast.so, as old WoW64 does; for x86-64 the wow64 table of the other, as new
 * WoW64 does. The kernel is this program: the module's ioctl ends here. Without cmocka, which
 * Debian has for one architecture at a time.
 *
 * usage: test_table HOLDFAST.SO TABLE */
#include "../../dll/scsi/transport.h"
#include "../../dll/unix/calls.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <scsi/sg.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

enum { CALL_OK = 0, CALL_INVALID_PARAMETER = (int32_t)0xc000000d, DATA = 24, FILL = 0x5a };

/* What both sides lay out alike, and all of it where 32 bits reach. */
struct room {
    struct holdfast_hello hello;
    struct holdfast_identify identify;
    struct holdfast_execute execute;
    struct holdfast_reset reset;
    struct holdfast_close close;
    struct holdfast_open open;
    uint8_t data[DATA];
};

static struct {
    unsigned int count;
    unsigned long request;
    int reset;
    sg_io_hdr_t header;
} seen;

static unsigned int failures;

#define EXPECT(is, wanted) expect(__LINE__, #is, (long long)(is), (long long)(wanted))

static void expect(int line, const char *words, long long is, long long wanted)
{
    if (is == wanted)
        return;
    printf("test_table.c:%d: %s is %lld, expected %lld\n", line, words, is, wanted);
    failures++;
}

/* In front of the C library's, also for the module. */
__attribute__((visibility("default"))) int ioctl(int fd, unsigned long request, ...)
{
    va_list arguments;
    void *argument;

    (void)fd;
    va_start(arguments, request);
    argument = va_arg(arguments, void *);
    va_end(arguments);
    seen.count++;
    seen.request = request;
    if (request == SG_SCSI_RESET)
        seen.reset = *(int *)argument;
    if (request == SG_IO) {
        sg_io_hdr_t *header = argument;

        seen.header = *header;
        memset(header->dxferp, FILL, header->dxfer_len);
        memcpy(header->sbp, "\x70\0\6", 3);
        header->sb_len_wr = 3;
        header->status = 2;
        header->host_status = 7;
        header->resid = 4;
    }
    if (request == SG_IO || request == SG_SCSI_RESET)
        return 0;
    errno = ENOTTY;
    return -1;
}

typedef int32_t (*unix_call)(void *);

static void test_hello(const unix_call *table, struct room *room)
{
    EXPECT(table[HOLDFAST_CALL_HELLO](&room->hello), CALL_OK);
    EXPECT(room->hello.version, HOLDFAST_CALLS_VERSION);
}

static void test_open_and_close(const unix_call *table, struct room *room)
{
    room->open.access = 1;
    strcpy(room->open.path, "/dev/null");
    EXPECT(table[HOLDFAST_CALL_OPEN](&room->open), CALL_OK);
    room->identify.fd = room->open.fd;
    room->identify.is_scsi_disk = 99;
    EXPECT(table[HOLDFAST_CALL_IDENTIFY](&room->identify), CALL_OK);
    EXPECT(room->identify.is_scsi_disk, 0);
    EXPECT(room->identify.device_major, 1);
    EXPECT(room->identify.device_minor, 3);
    room->close.fd = open("/dev/null", O_RDONLY | O_CLOEXEC);
    EXPECT(table[HOLDFAST_CALL_CLOSE](&room->close), CALL_OK);
    EXPECT(fcntl(room->close.fd, F_GETFD), -1);
    EXPECT(table[HOLDFAST_CALL_CLOSE](&room->close), CALL_INVALID_PARAMETER);
}

static void test_execute(const unix_call *table, struct room *room)
{
    struct holdfast_execute *execute = &room->execute;

    memset(execute, 0xee, sizeof(*execute)); /* nothing that was not said may be used */
    execute->fd = 5;
    execute->timeout_ms = 12345;
    execute->data = (uint32_t)(uintptr_t)room->data;
    execute->transfer_length = DATA;
    execute->direction = SCSI_DATA_IN;
    execute->cdb_length = 10;
    execute->is_generic = 0;
    memcpy(execute->cdb, "\x5e\0\0\0\0\0\0\0\x18", 10);
    EXPECT(table[HOLDFAST_CALL_EXECUTE](execute), CALL_OK);
    EXPECT(seen.count, 1);
    EXPECT(seen.header.dxferp == room->data, 1);
    EXPECT(seen.header.dxfer_len, DATA);
    EXPECT(seen.header.timeout, 12345);
    EXPECT(seen.header.cmd_len, 10);
    EXPECT(room->data[0], FILL);
    EXPECT(room->data[DATA - 1], FILL);
    EXPECT(execute->error, SCSI_SENT);
    EXPECT(execute->status, 2);
    EXPECT(execute->host_status, 7);
    EXPECT(execute->sense_length, 3);
    EXPECT(execute->sense[2], 6);
    EXPECT(execute->transferred, DATA - 4);
    execute->cdb_length = 17;
    EXPECT(table[HOLDFAST_CALL_EXECUTE](execute), CALL_INVALID_PARAMETER);
    EXPECT(seen.count, 1);
}

static void test_reset(const unix_call *table, struct room *room)
{
    seen.count = 0;
    room->reset = (struct holdfast_reset){.fd = 5, .level = SCSI_RESET_BUS, .error = -1};
    EXPECT(table[HOLDFAST_CALL_RESET](&room->reset), CALL_OK);
    EXPECT(room->reset.error, SCSI_SENT);
    EXPECT(seen.reset, 0x102); /* a bus, and nothing more than that */
    room->reset.level = SCSI_RESET_BUS + 1;
    EXPECT(table[HOLDFAST_CALL_RESET](&room->reset), CALL_INVALID_PARAMETER);
    EXPECT(seen.count, 1);
}

/* On x86-64 the kernel has to be asked for such an address. */
static struct room *make_room(void)
{
    void *room = mmap(NULL, sizeof(struct room), PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS | MAP_32BIT, -1, 0);

    return room == MAP_FAILED ? NULL : room;
}

int main(int argc, char **argv)
{
    struct room *room = make_room();
    void *module = argc == 3 ? dlopen(argv[1], RTLD_NOW) : NULL;
    const unix_call *table = module ? dlsym(module, argv[2]) : NULL;

    if (!room || !table) {
        fprintf(stderr, "%s\n", module || argc != 3 ? "no memory, or no such table" : dlerror());
        return EXIT_FAILURE;
    }
    for (int i = 0; i < HOLDFAST_CALL_COUNT; i++)
        EXPECT(table[i] != NULL, 1);
    if (failures)
        return EXIT_FAILURE;
    test_hello(table, room);
    test_open_and_close(table, room);
    test_execute(table, room);
    test_reset(table, room);
    printf("%s of %s, in a process of %zu bits: %u wrong\n", argv[2], argv[1], 8 * sizeof(void *),
           failures);
    return failures ? EXIT_FAILURE : EXIT_SUCCESS;
}
