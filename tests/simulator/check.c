/* What a Windows program meets on the simulated disk, as a text that does not change from run to
 * run: tests/simulator/check compares it with what is expected.
 *
 * usage: check pass_through | pass_through_direct | raw | count N */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <windows.h>

enum {
    PASS_THROUGH = 0x4d004,
    PASS_THROUGH_DIRECT = 0x4d014,
    SENSE = 18,
    DATA = 1024,
    SECTOR = 512,
    MARK = 0xee, /* of what nobody wrote */
    NODES = 3,
};

/* ntddscsi.h; MinGW keeps it among the driver headers. */
struct pass_through {
    USHORT Length;
    UCHAR ScsiStatus, PathId, TargetId, Lun, CdbLength, SenseInfoLength, DataIn;
    ULONG DataTransferLength, TimeOutValue;
    ULONG_PTR DataBuffer; /* an offset in the buffered form, which is as wide */
    ULONG SenseInfoOffset;
    UCHAR Cdb[16];
};
_Static_assert(sizeof(struct pass_through) == (sizeof(void *) == 8 ? 56 : 44), "SCSI_PASS_THROUGH");

enum { TO_DEVICE = 0, FROM_DEVICE = 1, WITHOUT_DATA = 2 };

struct packet {
    struct pass_through head;
    UCHAR sense[24];
    UCHAR data[DATA]; /* of the buffered form */
};

struct step {
    const char *name;
    int node, direction;
    ULONG length;
    UCHAR cdb_length, cdb[16];
    UCHAR parameters[24];
};

#define PR_OUT(action, type)                  \
    10,                                       \
    {                                         \
        0x5f, action, type, 0, 0, 0, 0, 0, 24 \
    }
#define PR_IN(action, length)                  \
    10,                                        \
    {                                          \
        0x5e, action, 0, 0, 0, 0, 0, 0, length \
    }
#define KEYS(key, action_key)            \
    {                                    \
        [7] = (key), [15] = (action_key) \
    }

static const struct step steps[] = {
    {"TEST UNIT READY", 1, WITHOUT_DATA, 0, 6, {0x00}, {0}},
    {"INQUIRY", 1, FROM_DEVICE, 36, 6, {0x12, 0, 0, 0, 36}, {0}},
    {"INQUIRY, 255 of 96", 1, FROM_DEVICE, 255, 6, {0x12, 0, 0, 0, 255}, {0}},
    {"VPD 83h of node 2", 2, FROM_DEVICE, 255, 6, {0x12, 1, 0x83, 0, 255}, {0}},
    {"READ CAPACITY(10)", 1, FROM_DEVICE, 8, 10, {0x25}, {0}},
    {"READ KEYS", 1, FROM_DEVICE, 64, PR_IN(0, 64), {0}},
    {"READ KEYS, CdbLength 6", 1, FROM_DEVICE, 64, 6, {0x5e, 0, 0, 0, 0, 0, 0, 0, 64}, {0}},
    {"REGISTER a1", 1, TO_DEVICE, 24, PR_OUT(0, 0), KEYS(0, 0xa1)},
    {"RESERVE", 1, TO_DEVICE, 24, PR_OUT(1, 1), KEYS(0xa1, 0)},
    {"READ RESERVATION of node 2", 2, FROM_DEVICE, 64, PR_IN(1, 64), {0}},
    {"READ FULL STATUS", 2, FROM_DEVICE, 255, PR_IN(3, 255), {0}},
    {"REPORT CAPABILITIES", 2, FROM_DEVICE, 8, PR_IN(2, 8), {0}},
    {"RELEASE, other type", 1, TO_DEVICE, 24, PR_OUT(2, 3), KEYS(0xa1, 0)},
    {"RESERVE by a stranger", 2, TO_DEVICE, 24, PR_OUT(1, 1), KEYS(0, 0)},
    {"WRITE(10)", 1, TO_DEVICE, 512, 10, {0x2a, 0, 0, 0, 0, 9, 0, 0, 1}, {0xab, 0xcd}},
    {"WRITE(10) by a stranger", 2, TO_DEVICE, 512, 10, {0x2a, 0, 0, 0, 0, 9, 0, 0, 1}, {0x77}},
    {"READ(10) by a stranger", 2, FROM_DEVICE, 512, 10, {0x28, 0, 0, 0, 0, 9, 0, 0, 1}, {0}},
    {"REGISTER b2", 2, TO_DEVICE, 24, PR_OUT(0, 0), KEYS(0, 0xb2)},
    {"PREEMPT", 2, TO_DEVICE, 24, PR_OUT(4, 1), KEYS(0xb2, 0xa1)},
    {"the loser's READ KEYS", 1, FROM_DEVICE, 64, PR_IN(0, 64), {0}},
    {"the loser's READ KEYS again", 1, FROM_DEVICE, 64, PR_IN(0, 64), {0}},
    {"CLEAR", 2, TO_DEVICE, 24, PR_OUT(3, 0), KEYS(0xb2, 0)},
    {"unknown opcode", 1, WITHOUT_DATA, 0, 10, {0xc1}, {0}},
    {"PR OUT, list of 8 bytes", 1, TO_DEVICE, 8, 10, {0x5f, 0, 0, 0, 0, 0, 0, 0, 8}, {0}},
    {"READ beyond the end", 1, FROM_DEVICE, 512, 10, {0x28, 0, 0xff, 0, 0, 0, 0, 0, 1}, {0}},
    {"CdbLength 5", 1, WITHOUT_DATA, 0, 5, {0x00}, {0}},
    {"CdbLength 17", 1, WITHOUT_DATA, 0, 17, {0x00}, {0}},
    {"RESERVE(6)", 1, WITHOUT_DATA, 0, 6, {0x16}, {0}},
    {"TEST UNIT READY of node 2", 2, WITHOUT_DATA, 0, 6, {0x00}, {0}},
    {"READ KEYS of node 2", 2, FROM_DEVICE, 64, PR_IN(0, 64), {0}},
    {"RELEASE(6)", 1, WITHOUT_DATA, 0, 6, {0x17}, {0}},
    {"INQUIRY of the other unit", 3, FROM_DEVICE, 16, 6, {0x12, 1, 0x80, 0, 16}, {0}},
};

static HANDLE open_node(int node)
{
    char name[32];
    HANDLE disk;

    snprintf(name, sizeof(name), "\\\\.\\PhysicalDrive%d", node);
    disk = CreateFileA(name, GENERIC_READ | GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_WRITE, NULL,
                       OPEN_EXISTING, 0, NULL);
    if (disk == INVALID_HANDLE_VALUE) {
        printf("%s: error %lu\n", name, GetLastError());
        exit(1);
    }
    return disk;
}

/* The bytes up to the last one that was written, at most 64 of them. */
static void print_bytes(const char *what, const UCHAR *bytes, ULONG length)
{
    while (length && bytes[length - 1] == MARK)
        length--;
    printf(" %s=", what);
    for (ULONG i = 0; i < length && i < 64; i++)
        printf("%02x", bytes[i]);
    if (length > 64)
        printf("+%lu", length - 64);
}

static void fill(struct packet *packet, const struct step *step, DWORD code, UCHAR *data)
{
    memset(packet, MARK, sizeof(*packet));
    memset(data, MARK, DATA);
    if (step->direction == TO_DEVICE)
        memcpy(data, step->parameters, sizeof(step->parameters));
    packet->head = (struct pass_through){
        .Length = sizeof(packet->head),
        .ScsiStatus = MARK,
        .CdbLength = step->cdb_length,
        .SenseInfoLength = SENSE,
        .DataIn = (UCHAR)step->direction,
        .DataTransferLength = step->length,
        .TimeOutValue = 5,
        .DataBuffer = code == PASS_THROUGH ? offsetof(struct packet, data) : (ULONG_PTR)data,
        .SenseInfoOffset = offsetof(struct packet, sense),
    };
    memcpy(packet->head.Cdb, step->cdb, sizeof(step->cdb));
}

static void take(HANDLE disk, const struct step *step, DWORD code)
{
    static UCHAR outside[DATA];
    struct packet packet;
    UCHAR *data = code == PASS_THROUGH ? packet.data : outside;
    /* The direct form's buffer ends with the sense data. */
    const DWORD size = code == PASS_THROUGH ? sizeof(packet) : (DWORD)offsetof(struct packet, data);
    DWORD returned = MARK;
    BOOL done;

    fill(&packet, step, code, data);
    SetLastError(0);
    done = DeviceIoControl(disk, code, &packet, size, &packet, size, &returned, NULL);
    printf("%-28s %s error=%lu returned=%lu status=%02x length=%lu sense_length=%u", step->name,
           done ? "TRUE " : "FALSE", done ? 0 : GetLastError(), returned, packet.head.ScsiStatus,
           packet.head.DataTransferLength, packet.head.SenseInfoLength);
    print_bytes("sense", packet.sense, sizeof(packet.sense));
    if (step->direction == FROM_DEVICE)
        print_bytes("data", data, DATA);
    puts("");
}

static void pass_through(DWORD code)
{
    HANDLE nodes[NODES + 1];

    for (int i = 1; i <= NODES; i++)
        nodes[i] = open_node(i);
    for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++)
        take(nodes[steps[i].node], &steps[i], code);
    for (int i = 1; i <= NODES; i++)
        CloseHandle(nodes[i]);
}

static void pr_out(int node, UCHAR action, UCHAR type, UCHAR key, UCHAR action_key)
{
    struct step step = {"", 0, TO_DEVICE, 24, PR_OUT(action, type), KEYS(key, action_key)};
    static UCHAR data[DATA];
    struct packet packet;
    HANDLE disk = open_node(node);
    DWORD returned;

    fill(&packet, &step, PASS_THROUGH_DIRECT, data);
    if (!DeviceIoControl(disk, PASS_THROUGH_DIRECT, &packet, sizeof(packet), &packet,
                         sizeof(packet), &returned, NULL) ||
        packet.head.ScsiStatus)
        printf("PR OUT %u: error %lu, status %02x\n", action, GetLastError(),
               packet.head.ScsiStatus);
    CloseHandle(disk);
}

/* One sector, by a handle of its own. */
static void transfer(int node, bool is_write, UCHAR byte, const char *words)
{
    static UCHAR sector[SECTOR];
    HANDLE disk = open_node(node);
    DWORD moved = MARK;
    BOOL done;

    memset(sector, is_write ? byte : MARK, sizeof(sector));
    SetFilePointer(disk, 5 * SECTOR, NULL, FILE_BEGIN);
    SetLastError(0);
    done = is_write ? WriteFile(disk, sector, SECTOR, &moved, NULL)
                    : ReadFile(disk, sector, SECTOR, &moved, NULL);
    printf("node %d %-5s %-20s %s error=%lu moved=%lu first=%02x pointer=%lu", node,
           is_write ? "write" : "read", words, done ? "TRUE " : "FALSE", done ? 0 : GetLastError(),
           moved, sector[0], SetFilePointer(disk, 0, NULL, FILE_CURRENT));
    SetLastError(0);
    done = FlushFileBuffers(disk);
    printf(" flush=%s error=%lu\n", done ? "TRUE" : "FALSE", done ? 0 : GetLastError());
    CloseHandle(disk);
}

static void raw(void)
{
    transfer(1, true, 0x11, "free");
    transfer(2, false, 0, "free");
    pr_out(1, 0, 0, 0, 0xa1);
    pr_out(1, 1, 1, 0xa1, 0);
    transfer(1, true, 0x22, "holds WE");
    transfer(2, true, 0x33, "kept out by WE");
    transfer(2, false, 0, "kept out by WE");
    pr_out(1, 2, 1, 0xa1, 0);
    pr_out(1, 1, 3, 0xa1, 0);
    transfer(2, false, 0, "kept out by EA");
    pr_out(1, 3, 0, 0xa1, 0);
    transfer(2, false, 0, "free again");
    transfer(3, false, 0, "the other unit");
}

/* Microseconds for one READ KEYS, by pass-through. */
static void count(unsigned int times)
{
    static const struct step step = {"", 1, FROM_DEVICE, 64, PR_IN(0, 64), {0}};
    static UCHAR data[DATA];
    LARGE_INTEGER frequency, from, to;
    HANDLE disk = open_node(1);
    struct packet packet;
    DWORD returned;

    QueryPerformanceFrequency(&frequency);
    QueryPerformanceCounter(&from);
    for (unsigned int i = 0; i < times; i++) {
        fill(&packet, &step, PASS_THROUGH_DIRECT, data);
        if (!DeviceIoControl(disk, PASS_THROUGH_DIRECT, &packet, sizeof(packet), &packet,
                             sizeof(packet), &returned, NULL))
            exit(1);
    }
    QueryPerformanceCounter(&to);
    printf("%.1f us each\n", (double)(to.QuadPart - from.QuadPart) * 1e6 /
                                 (double)frequency.QuadPart / (double)times);
    CloseHandle(disk);
}

int main(int argc, char **argv)
{
    const char *what = argc > 1 ? argv[1] : "";

    if (strcmp(what, "pass_through") == 0)
        pass_through(PASS_THROUGH);
    else if (strcmp(what, "pass_through_direct") == 0)
        pass_through(PASS_THROUGH_DIRECT);
    else if (strcmp(what, "raw") == 0)
        raw();
    else if (strcmp(what, "count") == 0 && argc > 2)
        count((unsigned int)strtoul(argv[2], NULL, 10));
    else
        return 2;
    return 0;
}
