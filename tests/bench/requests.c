/* Reservation requests in a loop, from a Windows program: by Windows' control codes, which Holdfast
 * serves, or by Wine's own way to a raw device, IOCTL_SCSI_PASS_THROUGH with the same CDB.
 *
 * usage: bench_requests DISK SHIM_DLL|- [KIND COUNT]
 *
 * Without KIND and COUNT it takes lines of them on standard input and answers each with the
 * microseconds that it took, or with "failed" and the Windows error. "-": the shim is there
 * already, or not wanted. */
#include <ntddstor/reservation.h>

#include <ntddscsi.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    LIST_LENGTH = 24,
    ALLOCATION_LENGTH = 256,
    PASS_THROUGH_TIMEOUT_S = 10,
    OUT_CDB = 0x5f,
    IN_CDB = 0x5e,
};

struct pass_through {
    SCSI_PASS_THROUGH header;
    uint8_t sense[32];
    uint8_t data[ALLOCATION_LENGTH];
};

/* This node's key, and after it the same once more as the one to register. */
static const uint8_t parameter_list[LIST_LENGTH] = {[15] = 0xb1};

static const PERSISTENT_RESERVE_COMMAND read_keys = {
    .Version = sizeof(read_keys),
    .Size = sizeof(read_keys),
    .PR_IN = {.ServiceAction = RESERVATION_ACTION_READ_KEYS, .AllocationLength = ALLOCATION_LENGTH},
};

static BOOL pr_in(HANDLE disk)
{
    uint8_t output[ALLOCATION_LENGTH];
    DWORD returned;

    return DeviceIoControl(disk, IOCTL_STORAGE_PERSISTENT_RESERVE_IN, (void *)&read_keys,
                           sizeof(read_keys), output, sizeof(output), &returned, NULL);
}

/* On an overlapped handle; waits for each at once. */
static BOOL pr_in_overlapped(HANDLE disk)
{
    static HANDLE event;
    OVERLAPPED overlapped = {0};
    uint8_t output[ALLOCATION_LENGTH];
    DWORD returned;

    if (!event)
        event = CreateEventW(NULL, TRUE, FALSE, NULL);
    overlapped.hEvent = event;
    if (DeviceIoControl(disk, IOCTL_STORAGE_PERSISTENT_RESERVE_IN, (void *)&read_keys,
                        sizeof(read_keys), output, sizeof(output), &returned, &overlapped))
        return TRUE;
    return GetLastError() == ERROR_IO_PENDING &&
           GetOverlappedResult(disk, &overlapped, &returned, TRUE);
}

static BOOL pr_out(HANDLE disk)
{
    uint8_t input[sizeof(PERSISTENT_RESERVE_COMMAND) + LIST_LENGTH] = {0};
    const PERSISTENT_RESERVE_COMMAND command = {
        .Version = sizeof(command),
        .Size = sizeof(input),
        .PR_OUT = {.ServiceAction = RESERVATION_ACTION_REGISTER_IGNORE_EXISTING},
    };
    DWORD returned;

    memcpy(input, &command, sizeof(command));
    memcpy(input + offsetof(PERSISTENT_RESERVE_COMMAND, PR_OUT.ParameterList), parameter_list,
           LIST_LENGTH);
    return DeviceIoControl(disk, IOCTL_STORAGE_PERSISTENT_RESERVE_OUT, input, sizeof(input), NULL,
                           0, &returned, NULL);
}

static BOOL pass_through(HANDLE disk, struct pass_through *request)
{
    SCSI_PASS_THROUGH *header = &request->header;
    DWORD returned;

    header->Length = sizeof(*header);
    header->CdbLength = 10;
    header->SenseInfoLength = sizeof(request->sense);
    header->TimeOutValue = PASS_THROUGH_TIMEOUT_S;
    header->DataBufferOffset = offsetof(struct pass_through, data);
    header->SenseInfoOffset = offsetof(struct pass_through, sense);
    header->Cdb[7] = (uint8_t)(header->DataTransferLength >> 8);
    header->Cdb[8] = (uint8_t)header->DataTransferLength;
    return DeviceIoControl(disk, IOCTL_SCSI_PASS_THROUGH, request, sizeof(*request), request,
                           sizeof(*request), &returned, NULL) &&
           header->ScsiStatus == 0;
}

static BOOL pass_through_in(HANDLE disk)
{
    struct pass_through request = {
        .header = {.DataIn = SCSI_IOCTL_DATA_IN,
                   .DataTransferLength = ALLOCATION_LENGTH,
                   .Cdb = {IN_CDB, RESERVATION_ACTION_READ_KEYS}},
    };

    return pass_through(disk, &request);
}

static BOOL pass_through_out(HANDLE disk)
{
    struct pass_through request = {
        .header = {.DataIn = SCSI_IOCTL_DATA_OUT,
                   .DataTransferLength = LIST_LENGTH,
                   .Cdb = {OUT_CDB, RESERVATION_ACTION_REGISTER_IGNORE_EXISTING}},
    };

    memcpy(request.data, parameter_list, LIST_LENGTH);
    return pass_through(disk, &request);
}

static const struct kind {
    const char *name;
    BOOL (*request)(HANDLE disk);
    DWORD flags; /* of the disk's handle */
} kinds[] = {
    {"in", pr_in, 0},
    {"out", pr_out, 0},
    {"overlapped_in", pr_in_overlapped, FILE_FLAG_OVERLAPPED},
    {"pass_in", pass_through_in, 0},
    {"pass_out", pass_through_out, 0},
};

static double microseconds(void)
{
    LARGE_INTEGER count, frequency;

    QueryPerformanceCounter(&count);
    QueryPerformanceFrequency(&frequency);
    return (double)count.QuadPart * 1e6 / (double)frequency.QuadPart;
}

static const struct kind *find_kind(const char *name)
{
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
        if (strcmp(kinds[i].name, name) == 0)
            return &kinds[i];
    return NULL;
}

static HANDLE open_disk(const char *name, DWORD flags)
{
    return CreateFileA(name, GENERIC_READ | GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_WRITE, NULL,
                       OPEN_EXISTING, flags, NULL);
}

static BOOL send_all(const struct kind *kind, HANDLE disk, long count)
{
    for (long i = 0; i < count; i++)
        if (!kind->request(disk))
            return FALSE;
    return TRUE;
}

static BOOL answer(const char *disk_name, const char *kind_name, long count)
{
    const struct kind *kind = find_kind(kind_name);
    HANDLE disk = open_disk(disk_name, kind ? kind->flags : 0);
    BOOL done = FALSE;
    double start;

    if (!kind) {
        printf("failed: there is no kind '%s'\n", kind_name);
    } else if (disk == INVALID_HANDLE_VALUE) {
        printf("failed: %s cannot be opened: %lu\n", disk_name, GetLastError());
    } else {
        start = microseconds();
        done = send_all(kind, disk, count);
        if (done)
            printf("%.0f\n", microseconds() - start);
        else
            printf("failed: Windows error %lu\n", GetLastError());
    }
    CloseHandle(disk);
    return done;
}

static void answer_lines(const char *disk)
{
    char line[64], *count;

    while (fgets(line, sizeof(line), stdin) && (count = strchr(line, ' '))) {
        *count++ = 0;
        answer(disk, line, strtol(count, NULL, 10));
        fflush(stdout);
    }
}

int main(int argc, char **argv)
{
    if (argc != 3 && argc != 5) {
        fputs("usage: bench_requests DISK SHIM_DLL|- [KIND COUNT]\n", stderr);
        return 2;
    }
    if (strcmp(argv[2], "-") != 0 && !LoadLibraryA(argv[2])) {
        fprintf(stderr, "bench_requests: %s cannot be loaded\n", argv[2]);
        return 1;
    }
    if (argc == 5)
        return answer(argv[1], argv[3], strtol(argv[4], NULL, 10)) ? 0 : 1;
    answer_lines(argv[1]);
    return 0;
}
