/* Many threads on some disks: how many PR IN are answered in a second, and how long each took.
 *
 * usage: bench_load SHIM_DLL|- sync|overlapped THREADS MILLISECONDS DISK... [hung DISK]
 *
 * Each thread has a handle of its own, to the disks in turn, and one request on its way at a time.
 * A disk after "hung" gets four more threads, whose requests are not counted. Prints requests per
 * second, median and 99th percentile of their microseconds. */
#include <ntddstor/reservation.h>

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    THREADS_MAX = 128,
    HUNG_THREADS = 4,
    SAMPLES_MAX = 1 << 17, /* for each thread */
    ALLOCATION_LENGTH = 256,
    WARM_UP_MS = 200,
};

static struct worker {
    HANDLE disk, event; /* no event: synchronous */
    bool counted;
    uint32_t *samples; /* microseconds */
    size_t count;
    DWORD error; /* of the request that failed */
} workers[THREADS_MAX];

static size_t worker_count;
static volatile LONG measuring;

static double microseconds(void)
{
    LARGE_INTEGER count, frequency;

    QueryPerformanceCounter(&count);
    QueryPerformanceFrequency(&frequency);
    return (double)count.QuadPart * 1e6 / (double)frequency.QuadPart;
}

static BOOL request_once(const struct worker *worker)
{
    const PERSISTENT_RESERVE_COMMAND command = {
        .Version = sizeof(command),
        .Size = sizeof(command),
        .PR_IN = {.ServiceAction = RESERVATION_ACTION_READ_KEYS,
                  .AllocationLength = ALLOCATION_LENGTH},
    };
    OVERLAPPED overlapped = {.hEvent = worker->event};
    uint8_t output[ALLOCATION_LENGTH];
    DWORD returned;
    const BOOL done = DeviceIoControl(worker->disk, IOCTL_STORAGE_PERSISTENT_RESERVE_IN,
                                      (void *)&command, sizeof(command), output, sizeof(output),
                                      &returned, worker->event ? &overlapped : NULL);

    if (done || !worker->event || GetLastError() != ERROR_IO_PENDING)
        return done;
    return GetOverlappedResult(worker->disk, &overlapped, &returned, TRUE);
}

static DWORD WINAPI work(void *context)
{
    struct worker *worker = context;

    for (;;) {
        const double start = microseconds();
        const bool counts = worker->counted && measuring;

        if (!request_once(worker)) {
            worker->error = GetLastError();
            if (worker->counted)
                return 1;
        }
        if (counts && worker->count < SAMPLES_MAX)
            worker->samples[worker->count++] = (uint32_t)(microseconds() - start);
    }
}

static bool start_worker(const char *disk, bool overlapped, bool counted)
{
    struct worker *worker = &workers[worker_count];
    HANDLE thread;

    if (worker_count == THREADS_MAX)
        return false;
    worker->counted = counted;
    worker->samples = counted ? calloc(SAMPLES_MAX, sizeof(*worker->samples)) : NULL;
    worker->event = overlapped ? CreateEventW(NULL, TRUE, FALSE, NULL) : NULL;
    worker->disk =
        CreateFileA(disk, GENERIC_READ | GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_WRITE, NULL,
                    OPEN_EXISTING, overlapped ? FILE_FLAG_OVERLAPPED : 0, NULL);
    if ((counted && !worker->samples) || worker->disk == INVALID_HANDLE_VALUE) {
        fprintf(stderr, "bench_load: %s cannot be opened: %lu\n", disk, GetLastError());
        return false;
    }
    worker_count++;
    thread = CreateThread(NULL, 0, work, worker, 0, NULL);
    return thread != NULL;
}

static bool start_workers(size_t threads, bool overlapped, char **disks)
{
    size_t count = 0;

    while (disks[count] && strcmp(disks[count], "hung") != 0)
        count++;
    if (!count)
        return false;
    for (size_t i = 0; disks[count] && disks[count + 1] && i < HUNG_THREADS; i++)
        if (!start_worker(disks[count + 1], overlapped, false))
            return false;
    for (size_t i = 0; i < threads; i++)
        if (!start_worker(disks[i % count], overlapped, true))
            return false;
    return true;
}

static int compare(const void *a, const void *b)
{
    const uint32_t left = *(const uint32_t *)a, right = *(const uint32_t *)b;

    return (left > right) - (left < right);
}

/* All samples in one array, which is the caller's to free, with their number; NULL without any, or
 * where a request failed. */
static uint32_t *collect(size_t *sum)
{
    uint32_t *all = malloc(worker_count * SAMPLES_MAX * sizeof(*all));

    *sum = 0;
    for (size_t i = 0; all && i < worker_count; i++) {
        const struct worker *worker = &workers[i];
        const size_t count = worker->count; /* the threads run on */

        if (worker->counted && worker->error) {
            fprintf(stderr, "bench_load: a request failed: Windows error %lu\n", worker->error);
            free(all);
            *sum = 0;
            return NULL;
        }
        if (count)
            memcpy(all + *sum, worker->samples, count * sizeof(*all));
        *sum += count;
    }
    return all;
}

static int report(double seconds)
{
    size_t sum = 0;
    uint32_t *all = collect(&sum);

    if (all && !sum)
        fputs("bench_load: no request was answered\n", stderr);
    if (all && sum) {
        qsort(all, sum, sizeof(*all), compare);
        printf("%.0f %u %u\n", (double)sum / seconds, all[sum / 2], all[sum * 99 / 100]);
    }
    free(all);
    return sum ? 0 : 1;
}

int main(int argc, char **argv)
{
    double start;
    int code;

    if (argc < 6) {
        fputs("usage: bench_load SHIM_DLL|- sync|overlapped THREADS MILLISECONDS DISK... "
              "[hung DISK]\n",
              stderr);
        return 2;
    }
    if (strcmp(argv[1], "-") != 0 && !LoadLibraryA(argv[1])) {
        fprintf(stderr, "bench_load: %s cannot be loaded\n", argv[1]);
        return 1;
    }
    if (!start_workers(strtoul(argv[3], NULL, 10), !strcmp(argv[2], "overlapped"), argv + 5))
        return 1;
    Sleep(WARM_UP_MS);
    start = microseconds();
    measuring = TRUE;
    Sleep(strtoul(argv[4], NULL, 10));
    measuring = FALSE;
    code = report((microseconds() - start) / 1e6);
    fflush(NULL);
    TerminateProcess(GetCurrentProcess(), (UINT)code);
    return code;
}
