/* Other disks while one hangs. */
#include "hung_orders.h"
#include "hung_requests.h"

#include <stdio.h>

enum { THREADS = 64, ROUNDS = 10 };

/* Half of the threads with an overlapped handle and an event, a quarter on the sg node. */
static DWORD WINAPI serve_other(void *argument)
{
    const ULONG_PTR number = (ULONG_PTR)argument;
    const bool overlapped_handle = number % 2;
    HANDLE file = hung_open(number % 4 == 3 ? HUNG_OTHER_SG : HUNG_OTHER_DISK,
                            overlapped_handle ? FILE_FLAG_OVERLAPPED : 0);
    OVERLAPPED overlapped = {.hEvent = CreateEventA(NULL, TRUE, FALSE, NULL)};
    BYTE list[HUNG_LIST_LENGTH];
    DWORD good = 0, bytes;

    for (int i = 0; i < ROUNDS; i++) {
        BOOL result = hung_read_keys(file, list, overlapped_handle ? &overlapped : NULL);

        if (!result && overlapped_handle && GetLastError() == ERROR_IO_PENDING)
            result = GetOverlappedResult(file, &overlapped, &bytes, TRUE);
        good += result;
    }
    CloseHandle(file);
    CloseHandle(overlapped.hEvent);
    return good;
}

void hung_serve_others(void)
{
    HANDLE threads[THREADS];
    DWORD good, all = 0;

    hung_reported = false;
    for (ULONG_PTR i = 0; i < THREADS; i++)
        threads[i] = CreateThread(NULL, 0, serve_other, (void *)i, 0, NULL);
    if (WaitForMultipleObjects(THREADS, threads, TRUE, HUNG_WAIT_MS) == WAIT_TIMEOUT) {
        hung_fail("requests on another disk wait for the hung one");
        return;
    }
    for (int i = 0; i < THREADS; i++) {
        GetExitCodeThread(threads[i], &good);
        CloseHandle(threads[i]);
        all += good;
    }
    printf("ok %lx %lx\n", all, hung_ended());
}
