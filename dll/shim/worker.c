#include "worker.h"

#include "lock.h"
#include <windows.h>

enum {
    STACK_SIZE = 0x20000,
    IDLE_MS = 30 * 1000,
};

NTSYSAPI void *NTAPI RtlGetCurrentPeb(void);
NTSYSAPI BOOLEAN NTAPI RtlDllShutdownInProgress(void);

DEFINE_LOCK(lock);
/* Workers that wait for a call from submit. Each call is one count of the semaphore and one work in
 * the queue, and is for a worker that `idle` no longer counts. */
static HANDLE calls;
static unsigned int idle;
static struct work *queue_first, *queue_last;

static void append(struct work **first, struct work **last, struct work *work)
{
    work->next = NULL;
    if (*first)
        (*last)->next = work;
    else
        *first = work;
    *last = work;
}

static struct work *take_first(struct work **first)
{
    struct work *work = *first;

    if (work)
        *first = work->next;
    return work;
}

/* The work that the lane goes on with, or NULL. */
static struct work *leave_lane(struct lane *lane)
{
    struct work *next;

    if (!lane)
        return NULL;
    EnterCriticalSection(&lock);
    next = take_first(&lane->first);
    lane->is_busy = next != NULL;
    LeaveCriticalSection(&lock);
    return next;
}

/* Waits to be called. NULL after a long time without work. */
static struct work *wait_for_work(void)
{
    struct work *work = NULL;
    bool is_called;

    EnterCriticalSection(&lock);
    idle++;
    LeaveCriticalSection(&lock);
    is_called = WaitForSingleObject(calls, IDLE_MS) == WAIT_OBJECT_0;
    EnterCriticalSection(&lock);
    if (!is_called && idle > 0) {
        idle--;
        LeaveCriticalSection(&lock);
        return NULL;
    }
    LeaveCriticalSection(&lock);
    if (!is_called) /* every waiting worker has been called, so this one too */
        WaitForSingleObject(calls, INFINITE);
    EnterCriticalSection(&lock);
    work = take_first(&queue_first);
    LeaveCriticalSection(&lock);
    return work;
}

static DWORD WINAPI worker_main(void *first)
{
    struct work *work = first;

    while (work) {
        struct work *next;

        work->run(work);
        next = leave_lane(work->lane);
        work->release(work);
        work = next ? next : wait_for_work();
    }
    return 0;
}

/* A new thread begins by taking the loader's lock. Who holds it, in some DllMain, and then waits
 * for the request's end would wait for ever. */
static bool holds_loader_lock(void)
{
    enum { LOADER_LOCK = sizeof(void *) == 8 ? 0x110 : 0xa0 }; /* PEB.LoaderLock */
    const char *peb = RtlGetCurrentPeb();
    const RTL_CRITICAL_SECTION *loader_lock =
        *(RTL_CRITICAL_SECTION *const *)(const void *)(peb + LOADER_LOCK);

    return loader_lock && (ULONG_PTR)loader_lock->OwningThread == GetCurrentThreadId();
}

static bool start_worker(struct work *work)
{
    HANDLE thread = holds_loader_lock() ? NULL
                                        : CreateThread(NULL, STACK_SIZE, worker_main, work,
                                                       STACK_SIZE_PARAM_IS_A_RESERVATION, NULL);

    if (thread)
        CloseHandle(thread);
    return thread != NULL;
}

/* Gives the work to a waiting worker, if there is one. */
static bool call_worker_locked(struct work *work)
{
    if (idle == 0)
        return false;
    idle--;
    append(&queue_first, &queue_last, work);
    ReleaseSemaphore(calls, 1, NULL);
    return true;
}

bool worker_submit(struct work *work)
{
    struct lane *lane = work->lane;
    bool is_taken = true;

    if (RtlDllShutdownInProgress()) /* the workers have been ended, as all other threads have */
        return false;
    EnterCriticalSection(&lock);
    if (!calls)
        calls = CreateSemaphoreW(NULL, 0, MAXLONG, NULL);
    if (!calls)
        is_taken = false;
    else if (lane && lane->is_busy)
        append(&lane->first, &lane->last, work);
    else
        is_taken = call_worker_locked(work) || start_worker(work);
    if (is_taken && lane)
        lane->is_busy = true;
    LeaveCriticalSection(&lock);
    return is_taken;
}
