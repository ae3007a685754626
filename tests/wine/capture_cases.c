/* Memory that changes while a request is under way. The input is captured once, before anything is
 * decided: what was checked is what is sent. The output is written once, at the end, where there is
 * still a page for it.
 * Source: windows-behaviour 2.1, step 6, and 2.8 (METHOD_BUFFERED); ROS irp.c:IopCompleteRequest
 * for a page that is gone at the end: the request ends with the exception's status. */
#include "in_flight.h"

#include <string.h>
#include <winioctl.h>

enum {
    /* At least, and until both endings were seen: the other thread may not run for a while. */
    CALLS = 15000, /* for each row, 105,000 in all */
    PROTECTION_CALLS = 2000,
    TAG = 64,
    PAGE = 0x1000,
    STATUS_VIOLATION = (int)0xc0000005,
    PR_IN = IOCTL_STORAGE_PERSISTENT_RESERVE_IN,
    PR_OUT = IOCTL_STORAGE_PERSISTENT_RESERVE_OUT,
};

/* A field of the input that another thread writes, now so, now so, one byte after the other in any
 * order: a capture may see any mixture of the two, but only one. */
struct flip {
    DWORD code;
    BYTE offset, length;
    BYTE values[2][4];
    DWORD error; /* of the captures that are refused */
};

static const struct flip flips[] = {
    {PR_OUT, 8, 1, {{1}, {31}}, ERROR_INVALID_PARAMETER},           /* service action */
    {PR_OUT, 9, 1, {{5}, {8}}, ERROR_INVALID_PARAMETER},            /* type */
    {PR_OUT, 8, 2, {{1, 5}, {0, 15}}, ERROR_INVALID_PARAMETER},     /* which checks it, and type */
    {PR_OUT, 4, 1, {{36}, {11}}, ERROR_BAD_LENGTH},                 /* Size */
    {PR_OUT, 4, 1, {{36}, {35}}, ERROR_INVALID_PARAMETER},          /* Size, just too small */
    {PR_IN, 10, 2, {{TAG}, {0xff, 0xff}}, ERROR_INVALID_PARAMETER}, /* allocation length */
    {PR_IN, 10, 1, {{TAG}, {8}}, ERROR_SUCCESS},                    /* both good */
};

static struct {
    const struct flip *flip;
    volatile BYTE *field;
    volatile LONG stop;
} flipper;

static DWORD WINAPI flip_on(void *unused)
{
    (void)unused;
    for (unsigned int turn = 0; !flipper.stop; turn++)
        for (int i = 0; i < flipper.flip->length; i++)
            flipper.field[i] = flipper.flip->values[turn & 1][i];
    return 0;
}

static HANDLE start_thread(LPTHREAD_START_ROUTINE routine)
{
    flipper.stop = FALSE;
    return CreateThread(NULL, 0, routine, NULL, 0, NULL);
}

static bool out_of_patience(DWORD began)
{
    return GetTickCount() - began > patience_ms();
}

static void stop_thread(HANDLE thread)
{
    flipper.stop = TRUE;
    CHECK_EQUAL(WaitForSingleObject(thread, patience_ms()), WAIT_OBJECT_0);
    CloseHandle(thread);
}

/* How the calls of one row ended. */
struct tally {
    DWORD calls, served, served_short, refused, other;
};

/* Whether the other thread was seen at work: without that, nothing was shown. */
static bool both_seen(const struct flip *flip, const struct tally *tally)
{
    if (flip->error)
        return tally->served > 0 && tally->refused > 0;
    return tally->served_short > 0 && tally->served_short < tally->served;
}

static struct tally call_many(const struct flip *flip, BYTE *input, DWORD input_length)
{
    HANDLE disk = disk_open(GENERIC_READ | GENERIC_WRITE, 0);
    DWORD began = GetTickCount();
    struct tally tally = {0};

    for (; tally.calls < CALLS || (!both_seen(flip, &tally) && !out_of_patience(began));
         tally.calls++) {
        BYTE output[TAG + 8];
        DWORD returned = 0;

        output[TAG] = PRESET_BYTE;
        if (DeviceIoControl(disk, flip->code, input, input_length, output, TAG, &returned, NULL)) {
            tally.served++;
            tally.served_short += returned == 8;
            CHECK(returned == 0 || returned == 8 || returned == TAG);
        } else if (GetLastError() == flip->error) {
            tally.refused++;
        } else {
            tally.other++;
        }
        if (output[TAG] != PRESET_BYTE)
            CHECK_EQUAL(output[TAG], PRESET_BYTE);
    }
    CloseHandle(disk);
    return tally;
}

/* A command that passed the checks: what no captured version explains is none of these. */
static bool is_explained(const struct scripted_kind *kind)
{
    DWORD allocation_length = (DWORD)(kind->cdb[7] << 8 | kind->cdb[8]);

    if (kind->cdb[0] == 0x5e)
        return kind->cdb[1] == 0 && (allocation_length == TAG || allocation_length == 8);
    if (kind->cdb[0] != 0x5f || allocation_length != 24 || kind->parameter_list[0] != 0x77)
        return false;
    return (kind->cdb[1] == 0 && (kind->cdb[2] == 15 || kind->cdb[2] == 5)) ||
           (kind->cdb[1] == 1 && kind->cdb[2] == 5);
}

static void check_tally(const struct tally *tally)
{
    struct scripted_disk state = disk_state();
    DWORD short_ones = 0;

    CHECK_EQUAL(tally->other, 0);
    CHECK_EQUAL(tally->served + tally->refused, tally->calls);
    CHECK_EQUAL(state.commands, tally->served);
    CHECK_EQUAL(state.further_kinds, 0);
    for (int i = 0; i < SCRIPTED_KINDS && state.kinds[i].count; i++) {
        CHECK(is_explained(&state.kinds[i]));
        if (state.kinds[i].cdb[0] == 0x5e && state.kinds[i].cdb[8] == 8)
            short_ones += state.kinds[i].count;
    }
    CHECK_EQUAL(short_ones, tally->served_short);
}

static void what_was_checked_is_what_is_sent(void)
{
    struct scripted_disk disk = ready_disk;

    disk.transferred = 1000;
    for (size_t i = 0; i < ARRAYSIZE(flips); i++) {
        DWORD length = flips[i].code == PR_OUT ? PR_OUT_LENGTH : PR_IN_LENGTH;
        BYTE input[PR_OUT_LENGTH];
        struct tally tally;
        HANDLE thread;

        disk_script(&disk);
        CopyMemory(input, flips[i].code == PR_OUT ? pr_out_command(1, 5, 0x77) : pr_in_command(TAG),
                   length);
        flipper.flip = &flips[i];
        flipper.field = input + flips[i].offset;
        thread = start_thread(flip_on);
        tally = call_many(&flips[i], input, length);
        stop_thread(thread);
        check_tally(&tally);
        CHECK(both_seen(&flips[i], &tally));
    }
}

static BYTE *changing_page;

static DWORD WINAPI change_protection(void *unused)
{
    DWORD old;

    (void)unused;
    while (!flipper.stop) {
        VirtualProtect(changing_page, PAGE, PAGE_NOACCESS, &old);
        VirtualProtect(changing_page, PAGE, PAGE_READWRITE, &old);
    }
    return 0;
}

/* Either there or not there, at the probe, at the capture, at the end; and never a crash. */
static void a_page_that_comes_and_goes_is_served_or_refused(void)
{
    HANDLE disk = disk_open(GENERIC_READ | GENERIC_WRITE, 0), thread;
    DWORD calls = 0, served = 0, returned, began = GetTickCount();

    changing_page = VirtualAlloc(NULL, PAGE, MEM_RESERVE | MEM_COMMIT, PAGE_READWRITE);
    CopyMemory(changing_page, pr_out_command(1, 5, 0x77), PR_OUT_LENGTH);
    disk_script(&ready_disk);
    thread = start_thread(change_protection);
    for (; calls < PROTECTION_CALLS || ((!served || served == calls) && !out_of_patience(began));
         calls++)
        if (DeviceIoControl(disk, PR_OUT, changing_page, PR_OUT_LENGTH, NULL, 0, &returned, NULL))
            served++;
        else if (GetLastError() != ERROR_NOACCESS)
            CHECK_EQUAL(GetLastError(), ERROR_NOACCESS);
    CHECK_EQUAL(disk_state().commands, served);
    CHECK(served > 0 && served < calls);
    for (int i = 0; i < PROTECTION_CALLS; i++)
        if (DeviceIoControl(disk, PR_IN, (void *)pr_in_command(TAG), PR_IN_LENGTH, changing_page,
                            TAG, &returned, NULL))
            served++;
        else if (GetLastError() != ERROR_NOACCESS)
            CHECK_EQUAL(GetLastError(), ERROR_NOACCESS);
    stop_thread(thread);
    CHECK(disk_state().commands >= served);
    CHECK_EQUAL(disk_state().further_kinds, 0);
    VirtualFree(changing_page, 0, MEM_RELEASE);
    CloseHandle(disk);
}

static void a_request_that_waits_its_turn_is_what_it_was_when_submitted(void)
{
    HANDLE disk = disk_open(GENERIC_READ | GENERIC_WRITE, FILE_FLAG_OVERLAPPED), events[2];
    OVERLAPPED overlapped[2] = {{0}};
    BYTE input[2][PR_OUT_LENGTH];
    struct scripted_disk state;

    disk_script(&busy_disk);
    for (int i = 0; i < 2; i++) {
        CopyMemory(input[i], pr_out_command(1, 5, (BYTE)(0x77 + i)), PR_OUT_LENGTH);
        overlapped[i].hEvent = events[i] = new_event();
        CHECK(
            !DeviceIoControl(disk, PR_OUT, input[i], PR_OUT_LENGTH, NULL, 0, NULL, &overlapped[i]));
        CHECK_EQUAL(GetLastError(), ERROR_IO_PENDING);
        memset(input[i], 0xff, PR_OUT_LENGTH);
    }
    disk_admit(1, ALL_COMMANDS);
    CHECK(gets_signalled(events[0]));
    CHECK(gets_signalled(events[1]));
    state = disk_state();
    for (int i = 0; i < 2; i++) {
        CHECK_EQUAL(overlapped[i].Internal, 0);
        CHECK_EQUAL(state.kinds[i].cdb[1], 1);
        CHECK_EQUAL(state.kinds[i].parameter_list[0], 0x77 + i);
        CloseHandle(events[i]);
    }
    CHECK_EQUAL(state.given_up, 0);
    CloseHandle(disk);
}

/* One READ KEYS with `overlapped` and `output`, during which `page` gets `protection`, or goes. */
static void send_and_change(HANDLE disk, OVERLAPPED *overlapped, BYTE *output, void *page,
                            DWORD protection)
{
    HANDLE event = overlapped->hEvent;
    DWORD old;

    disk_script(&busy_disk);
    CHECK(!DeviceIoControl(disk, PR_IN, (void *)pr_in_command(TAG), PR_IN_LENGTH, output, TAG, NULL,
                           overlapped));
    CHECK_EQUAL(GetLastError(), ERROR_IO_PENDING);
    CHECK(disk_has_begun(1, 1));
    if (protection)
        VirtualProtect(page, PAGE, protection, &old);
    else
        VirtualFree(page, 0, MEM_RELEASE);
    disk_admit(1, ALL_COMMANDS);
    CHECK(gets_signalled(event)); /* the event was referenced at the start */
    ResetEvent(event);
}

static const DWORD late_protections[] = {PAGE_READONLY, PAGE_NOACCESS, 0};

static void an_output_that_has_vanished_is_an_access_violation_at_the_end(void)
{
    HANDLE disk = disk_open(GENERIC_READ, FILE_FLAG_OVERLAPPED), event = new_event();
    static struct in_flight request;

    for (size_t i = 0; i < ARRAYSIZE(late_protections); i++) {
        BYTE *page = VirtualAlloc(NULL, PAGE, MEM_RESERVE | MEM_COMMIT, PAGE_READWRITE);
        OVERLAPPED overlapped = {.hEvent = event};
        DWORD bytes = 0;

        send_and_change(disk, &overlapped, page, page, late_protections[i]);
        CHECK_EQUAL((int)overlapped.Internal, STATUS_VIOLATION);
        CHECK_EQUAL(overlapped.InternalHigh, 0);
        CHECK(!GetOverlappedResult(disk, &overlapped, &bytes, FALSE));
        CHECK_EQUAL(GetLastError(), ERROR_NOACCESS);
        CHECK_EQUAL(disk_state().commands, 1);
        if (late_protections[i])
            VirtualFree(page, 0, MEM_RELEASE);
        disk_script(&ready_disk);
        start(&request, disk, event, TAG);
        CHECK(gets_signalled(event));
        check_succeeded(&request);
    }
    CloseHandle(event);
    CloseHandle(disk);
}

static void an_overlapped_that_has_vanished_harms_nobody(void)
{
    HANDLE disk = disk_open(GENERIC_READ, FILE_FLAG_OVERLAPPED), event = new_event();
    static struct in_flight request;
    BYTE output[TAG];

    for (size_t i = 0; i < ARRAYSIZE(late_protections); i++) {
        OVERLAPPED *overlapped = VirtualAlloc(NULL, PAGE, MEM_RESERVE | MEM_COMMIT, PAGE_READWRITE);

        overlapped->hEvent = event;
        send_and_change(disk, overlapped, output, overlapped, late_protections[i]);
        CHECK_EQUAL(disk_state().commands, 1);
        if (late_protections[i])
            VirtualFree(overlapped, 0, MEM_RELEASE);
        disk_script(&ready_disk);
        start(&request, disk, event, TAG);
        CHECK(gets_signalled(event));
        check_succeeded(&request);
    }
    CloseHandle(event);
    CloseHandle(disk);
}

const struct test_case capture_cases[] = {
    TEST(what_was_checked_is_what_is_sent),
    TEST(a_page_that_comes_and_goes_is_served_or_refused),
    TEST(a_request_that_waits_its_turn_is_what_it_was_when_submitted),
    TEST(an_output_that_has_vanished_is_an_access_violation_at_the_end),
    TEST(an_overlapped_that_has_vanished_harms_nobody),
    {NULL, NULL},
};
