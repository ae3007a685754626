#include "file_object.h"

#include "handles.h"
#include "lock.h"
#include <stdatomic.h>

NTSYSAPI LONG NTAPI NtSetIoCompletion(HANDLE port, ULONG_PTR key, ULONG_PTR value, LONG status,
                                      SIZE_T information);

struct file_object {
    unsigned int handles;    /* of this process, as far as they are known */
    unsigned int references; /* the handles together are one */
    struct file_object *port;
    ULONG_PTR key;
    /* Of a port: ours, so that it does not matter which of its handles the program keeps. Closed
     * with the last of them, so that those who wait on the port hear of that. */
    HANDLE own_handle;
    struct file_object_routine routine; /* in place of a port */
    struct lane lane;                   /* guarded by worker.c */
};

/* A million handles have an object of their own. Pages that no handle has touched cost no memory.
 */
enum { HANDLES = 0x400000 };

/* Guards all objects and the writes to the array. NtClose looks for NULL without it. */
DEFINE_LOCK(lock);
static _Atomic(struct file_object *) objects[HANDLES / 4];

static _Atomic(struct file_object *) *place_of(HANDLE handle)
{
    return (uintptr_t)handle < HANDLES ? &objects[(uintptr_t)handle / 4] : NULL;
}

static void release_locked(struct file_object *object)
{
    while (object && --object->references == 0) {
        struct file_object *port = object->port;

        HeapFree(GetProcessHeap(), 0, object);
        object = port;
    }
}

static void close_own_handle(struct file_object *object)
{
    if (object->own_handle)
        handles_close_private(object->own_handle);
    object->own_handle = NULL;
}

static void handle_closed_locked(struct file_object *object)
{
    if (--object->handles > 0)
        return;
    close_own_handle(object);
    release_locked(object);
}

/* The handle becomes one of the object's. */
static void attach_locked(_Atomic(struct file_object *) *place, struct file_object *object)
{
    struct file_object *stale = *place; /* of a handle whose close was not seen */

    if (object->handles++ == 0)
        object->references++;
    *place = object;
    if (stale)
        handle_closed_locked(stale);
}

static struct file_object *find_or_make_locked(HANDLE handle)
{
    _Atomic(struct file_object *) *place = place_of(handle);
    struct file_object *object = place ? *place : NULL;

    if (!place || object)
        return object;
    object = HeapAlloc(GetProcessHeap(), HEAP_ZERO_MEMORY, sizeof(*object));
    if (object)
        attach_locked(place, object);
    return object;
}

struct file_object *file_object_of(HANDLE handle)
{
    struct file_object *object;

    EnterCriticalSection(&lock);
    object = find_or_make_locked(handle);
    if (object)
        object->references++;
    LeaveCriticalSection(&lock);
    return object;
}

void file_object_release(struct file_object *object)
{
    EnterCriticalSection(&lock);
    release_locked(object);
    LeaveCriticalSection(&lock);
}

bool file_object_is_behind(HANDLE handle, const struct file_object *object)
{
    _Atomic(struct file_object *) *place = place_of(handle);

    return object && place && *place == object;
}

struct lane *file_object_lane(struct file_object *object)
{
    return &object->lane;
}

static bool can_deliver(const struct file_object *port)
{
    return port->own_handle || port->routine.deliver;
}

struct file_object *file_object_port(struct file_object *object, ULONG_PTR *key)
{
    struct file_object *port;

    EnterCriticalSection(&lock);
    port = object->port && can_deliver(object->port) ? object->port : NULL;
    if (port)
        port->references++;
    *key = object->key;
    LeaveCriticalSection(&lock);
    return port;
}

bool file_object_is_bound(HANDLE handle)
{
    _Atomic(struct file_object *) *place = place_of(handle);
    bool is_bound;

    EnterCriticalSection(&lock);
    is_bound = place && *place && (*place)->port;
    LeaveCriticalSection(&lock);
    return is_bound;
}

void file_object_post(struct file_object *port, ULONG_PTR key, void *overlapped, int32_t status,
                      uint32_t information)
{
    EnterCriticalSection(&lock);
    if (port->own_handle)
        NtSetIoCompletion(port->own_handle, key, (ULONG_PTR)overlapped, status, information);
    LeaveCriticalSection(&lock);
    if (port->routine.deliver)
        port->routine.deliver(&port->routine, overlapped, status, information);
}

void file_object_bind(HANDLE file, HANDLE port, ULONG_PTR key)
{
    struct file_object *object, *target = NULL;

    EnterCriticalSection(&lock);
    object = find_or_make_locked(file);
    if (object && port)
        target = find_or_make_locked(port);
    if (target) {
        target->references++;
        if (!target->own_handle)
            target->own_handle = handles_duplicate_private(port);
    }
    if (object) {
        release_locked(object->port);
        object->port = target;
        object->key = key;
    }
    LeaveCriticalSection(&lock);
}

void file_object_bind_routine(HANDLE file, const struct file_object_routine *routine)
{
    struct file_object *target = HeapAlloc(GetProcessHeap(), HEAP_ZERO_MEMORY, sizeof(*target));
    struct file_object *object;

    if (!target)
        return;
    target->references = 1;
    target->routine = *routine;
    EnterCriticalSection(&lock);
    object = find_or_make_locked(file);
    release_locked(object ? object->port : target);
    if (object)
        object->port = target;
    LeaveCriticalSection(&lock);
}

void file_object_duplicate(HANDLE from, HANDLE to)
{
    _Atomic(struct file_object *) *place = place_of(to);
    struct file_object *object;

    if (!place)
        return;
    EnterCriticalSection(&lock);
    object = find_or_make_locked(from);
    if (object && *place != object)
        attach_locked(place, object);
    LeaveCriticalSection(&lock);
}

struct file_object *file_object_detach(HANDLE handle)
{
    _Atomic(struct file_object *) *place = place_of(handle);

    return place && *place ? atomic_exchange(place, NULL) : NULL;
}

void file_object_attach(HANDLE handle, struct file_object *object)
{
    _Atomic(struct file_object *) *place = place_of(handle);
    struct file_object *other = NULL;

    EnterCriticalSection(&lock);
    if (!place || !atomic_compare_exchange_strong(place, &other, object))
        handle_closed_locked(object);
    LeaveCriticalSection(&lock);
}

void file_object_handle_closed(struct file_object *object)
{
    if (!object)
        return;
    EnterCriticalSection(&lock);
    handle_closed_locked(object);
    LeaveCriticalSection(&lock);
}
