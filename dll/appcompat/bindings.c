/* What a file is bound to, which hears of a request's end: a completion port of the program's, or a
 * routine in the system's thread pool. */
#include "replacements.h"

#include "../shim/file_object.h"
#include "../shim/handle_life.h"

typedef HANDLE(WINAPI *create_port_function)(HANDLE, HANDLE, ULONG_PTR, DWORD);
typedef BOOL(WINAPI *bind_callback_function)(HANDLE, LPOVERLAPPED_COMPLETION_ROUTINE, ULONG);
typedef TP_IO *(WINAPI *create_threadpool_io_function)(HANDLE, PTP_WIN32_IO_CALLBACK, void *,
                                                       TP_CALLBACK_ENVIRON *);
typedef BOOL(WINAPI *submit_callback_function)(PTP_SIMPLE_CALLBACK, void *, TP_CALLBACK_ENVIRON *);
typedef void(WINAPI *cancel_threadpool_io_function)(TP_IO *);

/* One call of a routine. As the system makes them, an error is Win32's and comes without bytes. */
struct call_back {
    struct file_object_routine routine;
    void *overlapped;
    DWORD error, bytes;
};

static FARPROC kernel32_function(const char *name)
{
    return GetProcAddress(GetModuleHandleW(L"kernel32.dll"), name);
}

static DWORD WINAPI call_completion_routine(void *argument)
{
    struct call_back *call = argument;
    const LPOVERLAPPED_COMPLETION_ROUTINE routine =
        (LPOVERLAPPED_COMPLETION_ROUTINE)call->routine.function;

    routine(call->error, call->bytes, call->overlapped);
    HeapFree(GetProcessHeap(), 0, call);
    return 0;
}

/* The request counts as under way until the routine has returned: StartThreadpoolIo has counted it,
 * and who waits for the callbacks waits for this one. */
static void CALLBACK call_pool_routine(TP_CALLBACK_INSTANCE *instance, void *argument)
{
    struct call_back *call = argument;
    const PTP_WIN32_IO_CALLBACK routine = (PTP_WIN32_IO_CALLBACK)call->routine.function;
    const cancel_threadpool_io_function cancel =
        (cancel_threadpool_io_function)(void *)kernel32_function("CancelThreadpoolIo");

    routine(instance, call->routine.context, call->overlapped, call->error, call->bytes,
            call->routine.io);
    cancel(call->routine.io);
    HeapFree(GetProcessHeap(), 0, call);
}

static struct call_back *make_call(const struct file_object_routine *routine, void *overlapped,
                                   int32_t status, uint32_t information)
{
    struct call_back *call = HeapAlloc(GetProcessHeap(), 0, sizeof(*call));

    if (!call)
        return NULL;
    *call = (struct call_back){.routine = *routine, .overlapped = overlapped};
    if (NT_SUCCESS(status))
        call->bytes = information;
    else
        call->error = RtlNtStatusToDosError(status);
    return call;
}

/* On the pool's threads, not on ours: a routine may wait for the next request on the same handle.
 */
static void deliver_to_callback(const struct file_object_routine *routine, void *overlapped,
                                int32_t status, uint32_t information)
{
    struct call_back *call = make_call(routine, overlapped, status, information);

    if (call && !QueueUserWorkItem(call_completion_routine, call, WT_EXECUTEDEFAULT))
        HeapFree(GetProcessHeap(), 0, call);
}

static void deliver_to_pool(const struct file_object_routine *routine, void *overlapped,
                            int32_t status, uint32_t information)
{
    const submit_callback_function submit =
        (submit_callback_function)(void *)kernel32_function("TrySubmitThreadpoolCallback");
    struct call_back *call = make_call(routine, overlapped, status, information);

    if (call && !submit(call_pool_routine, call, NULL))
        HeapFree(GetProcessHeap(), 0, call);
}

/* Without a port given the handle that comes back is new. */
static HANDLE WINAPI replaced_create_port(HANDLE file, HANDLE port, ULONG_PTR key, DWORD threads)
{
    const create_port_function next =
        (create_port_function)next_in_line(HOOKED_CREATE_IO_COMPLETION_PORT);
    HANDLE result = next(file, port, key, threads);

    if (result && !port)
        handle_life_begin(result);
    if (result && file != INVALID_HANDLE_VALUE)
        file_object_bind(file, result, key);
    return result;
}

static BOOL WINAPI replaced_bind_callback(HANDLE file, LPOVERLAPPED_COMPLETION_ROUTINE function,
                                          ULONG flags)
{
    const bind_callback_function next =
        (bind_callback_function)next_in_line(HOOKED_BIND_IO_COMPLETION_CALLBACK);
    const struct file_object_routine routine = {deliver_to_callback, (void *)function, NULL, NULL};

    if (!next(file, function, flags))
        return FALSE;
    file_object_bind_routine(file, &routine);
    return TRUE;
}

static TP_IO *WINAPI replaced_create_threadpool_io(HANDLE file, PTP_WIN32_IO_CALLBACK function,
                                                   void *context, TP_CALLBACK_ENVIRON *environment)
{
    const create_threadpool_io_function next =
        (create_threadpool_io_function)next_in_line(HOOKED_CREATE_THREADPOOL_IO);
    TP_IO *io = next(file, function, context, environment);
    const struct file_object_routine routine = {deliver_to_pool, (void *)function, context, io};

    if (io)
        file_object_bind_routine(file, &routine);
    return io;
}

void replace_bindings(void *replacements[HOOKED_FUNCTIONS])
{
    replacements[HOOKED_CREATE_IO_COMPLETION_PORT] = (void *)replaced_create_port;
    replacements[HOOKED_BIND_IO_COMPLETION_CALLBACK] = (void *)replaced_bind_callback;
    replacements[HOOKED_CREATE_THREADPOOL_IO] = (void *)replaced_create_threadpool_io;
}
