#include "pending.h"

#include "lock.h"

DEFINE_LOCK(lock);
static struct pending *first;

static bool is_on_stack(const void *address)
{
    const NT_TIB *tib = (const NT_TIB *)NtCurrentTeb();

    return address >= tib->StackLimit && address < tib->StackBase;
}

void pending_begin(struct pending *pending)
{
    pending->thread = GetCurrentThreadId();
    pending->on_stack = (is_on_stack(pending->output) ? PENDING_OUTPUT : 0) |
                        (is_on_stack(pending->overlapped) ? PENDING_OVERLAPPED : 0);
    EnterCriticalSection(&lock);
    pending->next = first;
    pending->link = &first;
    if (first)
        first->link = &pending->next;
    first = pending;
    LeaveCriticalSection(&lock);
}

/* Who waits has a handle of its own to the event, so ours can be closed at once. */
void pending_end(struct pending *pending)
{
    EnterCriticalSection(&lock);
    *pending->link = pending->next;
    if (pending->next)
        pending->next->link = pending->link;
    LeaveCriticalSection(&lock);
    if (!pending->ended)
        return;
    SetEvent(pending->ended);
    CloseHandle(pending->ended);
}

/* A thread that ends waits for the lock, so its stack is there until the write is done. Other
 * memory is the program's to keep, and its mistakes hold up nobody. */
unsigned int pending_begin_write(struct pending *pending)
{
    if (pending->on_stack)
        EnterCriticalSection(&lock);
    return (PENDING_OUTPUT | PENDING_OVERLAPPED) & ~pending->gone;
}

void pending_end_write(struct pending *pending)
{
    if (pending->on_stack)
        LeaveCriticalSection(&lock);
}

static struct pending *find_by_overlapped(const OVERLAPPED *overlapped)
{
    struct pending *pending = first;

    while (pending && pending->overlapped != overlapped)
        pending = pending->next;
    return pending;
}

bool pending_is_in_flight(HANDLE file, const OVERLAPPED *overlapped)
{
    const struct pending *pending;

    EnterCriticalSection(&lock);
    for (pending = first; pending; pending = pending->next)
        if (file_object_is_behind(file, pending->object) &&
            (!overlapped || pending->overlapped == overlapped))
            break;
    LeaveCriticalSection(&lock);
    return pending != NULL;
}

/* A handle to what the request's end will signal. NULL where none is in flight;
 * INVALID_HANDLE_VALUE where there are no resources. */
static HANDLE end_of(const OVERLAPPED *overlapped)
{
    HANDLE end = NULL;
    struct pending *pending;

    EnterCriticalSection(&lock);
    pending = find_by_overlapped(overlapped);
    if (pending && !pending->ended)
        pending->ended = CreateEventW(NULL, TRUE, FALSE, NULL);
    if (pending && !DuplicateHandle(GetCurrentProcess(), pending->ended, GetCurrentProcess(), &end,
                                    0, FALSE, DUPLICATE_SAME_ACCESS))
        end = INVALID_HANDLE_VALUE;
    LeaveCriticalSection(&lock);
    return end;
}

DWORD pending_wait(const OVERLAPPED *overlapped, DWORD milliseconds, BOOL alertable)
{
    HANDLE end;
    DWORD result;

    if (!first)
        return WAIT_OBJECT_0;
    end = end_of(overlapped);
    if (!end)
        return WAIT_OBJECT_0;
    if (end == INVALID_HANDLE_VALUE)
        return WAIT_FAILED;
    result = WaitForSingleObjectEx(end, milliseconds, alertable);
    CloseHandle(end);
    return result;
}

void pending_thread_ends(void)
{
    const DWORD thread = GetCurrentThreadId();

    if (!first)
        return;
    EnterCriticalSection(&lock);
    for (struct pending *pending = first; pending; pending = pending->next)
        if (pending->thread == thread)
            pending->gone = pending->on_stack;
    LeaveCriticalSection(&lock);
}
