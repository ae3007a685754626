#include "asynchronous.h"

#include "call.h"
#include "handles.h"
#include "pending.h"

struct asynchronous_call {
    struct work work; /* first: a work is its call */
    struct pending pending;
    struct call call;
    HANDLE event; /* ours, to the caller's event, which may close its handle meanwhile */
    bool wants_packet;
};

static void copy_back(struct asynchronous_call *asynchronous)
{
    if (pending_begin_write(&asynchronous->pending) & PENDING_OUTPUT)
        call_copy_back(&asynchronous->call);
    pending_end_write(&asynchronous->pending);
}

static void store(struct asynchronous_call *asynchronous)
{
    const struct reservation_outcome *outcome = &asynchronous->call.outcome;

    if (pending_begin_write(&asynchronous->pending) & PENDING_OVERLAPPED)
        complete_store(asynchronous->pending.overlapped, outcome->status, outcome->information);
    pending_end_write(&asynchronous->pending);
}

static struct file_object *port_of(const struct asynchronous_call *asynchronous, ULONG_PTR *key)
{
    struct file_object *object = asynchronous->pending.object;

    return object && asynchronous->wants_packet ? file_object_port(object, key) : NULL;
}

/* Once the status is stored the caller may take its OVERLAPPED for the next request, and a port
 * that it binds from then on is not for this one. */
static void complete(struct asynchronous_call *asynchronous)
{
    const struct reservation_outcome *outcome = &asynchronous->call.outcome;
    struct pending *pending = &asynchronous->pending;
    ULONG_PTR key;
    struct file_object *port = port_of(asynchronous, &key);

    store(asynchronous);
    pending_end(pending);
    if (asynchronous->event)
        SetEvent(asynchronous->event);
    if (!port)
        return;
    file_object_post(port, key, pending->overlapped, outcome->status, outcome->information);
    file_object_release(port);
}

static void run(struct work *work)
{
    struct asynchronous_call *asynchronous = (struct asynchronous_call *)work;

    call_run(&asynchronous->call);
    copy_back(asynchronous);
    call_close(&asynchronous->call);
    complete(asynchronous);
}

static void release(struct work *work)
{
    struct asynchronous_call *asynchronous = (struct asynchronous_call *)work;

    if (asynchronous->event)
        handles_close_private(asynchronous->event);
    if (asynchronous->pending.object)
        file_object_release(asynchronous->pending.object);
    HeapFree(GetProcessHeap(), 0, asynchronous);
}

/* Without an event and a port there is only the file handle, which Wine has always signalled. And
 * who is not hooked as under Wine waits for an OVERLAPPED by the system's own means, which find the
 * end there at once. */
static bool can_be_waited_for(const struct asynchronous_call *asynchronous)
{
    ULONG_PTR key;
    struct file_object *port;

    if (!handles_ends_are_heard())
        return false;
    if (asynchronous->event)
        return true;
    port = port_of(asynchronous, &key);
    if (port)
        file_object_release(port);
    return port != NULL;
}

/* A reset is the remedy for a request that hangs, so it does not queue behind it. */
static struct lane *lane_of(const struct asynchronous_call *asynchronous)
{
    const enum reservation_action action = asynchronous->call.plan.action;
    struct file_object *object = asynchronous->pending.object;

    if (!object || action == RESERVATION_BREAK || action == RESERVATION_RESET_BUS)
        return NULL;
    return file_object_lane(object);
}

/* False without resources. */
static bool prepare(struct asynchronous_call *asynchronous)
{
    struct call *call = &asynchronous->call;
    OVERLAPPED *overlapped = call->completion.overlapped;
    HANDLE event = completion_event(overlapped);

    asynchronous->pending.overlapped = overlapped;
    asynchronous->pending.output = call->output;
    /* Where ends are not heard of, nobody has told of a port either. */
    asynchronous->pending.object =
        handles_ends_are_heard() ? file_object_of((HANDLE)call->disk.handle) : NULL;
    asynchronous->wants_packet = completion_wants_packet(overlapped);
    asynchronous->event = event ? handles_duplicate_private(event) : NULL;
    asynchronous->work = (struct work){run, release, lane_of(asynchronous), NULL};
    return !event || asynchronous->event;
}

static BOOL refuse(struct asynchronous_call *asynchronous, int32_t status)
{
    const struct completion completion = asynchronous->call.completion;

    asynchronous->call.outcome.status = status;
    call_close(&asynchronous->call);
    release(&asynchronous->work);
    return complete_refused(&completion, status);
}

/* Who cannot wait for the end, or for whom there is no thread, gets it before the call returns. */
static BOOL submit(struct asynchronous_call *asynchronous)
{
    const struct completion completion = asynchronous->call.completion;
    struct work *work = &asynchronous->work;

    pending_begin(&asynchronous->pending);
    if (!can_be_waited_for(asynchronous) || !worker_submit(work)) {
        run(work);
        release(work);
    }
    return complete_pended(&completion);
}

BOOL asynchronous_call(const struct call_start *start)
{
    struct asynchronous_call *asynchronous =
        HeapAlloc(GetProcessHeap(), HEAP_ZERO_MEMORY, sizeof(*asynchronous));
    int32_t status;

    if (!asynchronous) {
        disk_close(&start->disk);
        return complete_refused(&start->completion, NT_STATUS_INSUFFICIENT_RESOURCES);
    }
    status = call_admit(&asynchronous->call, start);
    if (status == NT_STATUS_PENDING && !prepare(asynchronous))
        status = NT_STATUS_INSUFFICIENT_RESOURCES;
    return status == NT_STATUS_PENDING ? submit(asynchronous) : refuse(asynchronous, status);
}
