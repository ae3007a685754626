/* usage: transport SCENARIO [DLL]
 *
 * On the simulated disk, with the shim or, in some scenarios, with parts of it linked to this
 * program. Exit code 0: all was as it must be. */
#include "transport.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

transport_request transport_ask;

HANDLE transport_open(int node, DWORD access, DWORD flags)
{
    char name[] = "\\\\.\\PhysicalDrive0";
    HANDLE disk;

    name[sizeof(name) - 2] = (char)('0' + node);
    disk = CreateFileA(name, access, FILE_SHARE_READ | FILE_SHARE_WRITE, NULL, OPEN_EXISTING, flags,
                       NULL);
    CHECK(disk != INVALID_HANDLE_VALUE);
    return disk;
}

/* arrival.h */
struct holdfast_status status_of(HMODULE shim)
{
    struct holdfast_status status = {.size = sizeof(status)};
    holdfast_get_status_function get_status =
        (holdfast_get_status_function)(void *)GetProcAddress(shim, "holdfast_get_status");

    CHECK(get_status && get_status(&status));
    return status;
}

static BOOL ask_windows(HANDLE disk, DWORD code, void *input, DWORD input_length, void *output,
                        DWORD output_length, DWORD *bytes, OVERLAPPED *overlapped)
{
    return DeviceIoControl(disk, code, input, input_length, output, output_length, bytes,
                           overlapped);
}

static DWORD ask_on_fresh(int node, DWORD code, const BYTE *input, DWORD length)
{
    HANDLE disk = transport_open(node, GENERIC_READ | GENERIC_WRITE, 0);
    DWORD bytes;
    const DWORD error = transport_ask(disk, code, (void *)input, length, NULL, 0, &bytes, NULL)
                            ? 0
                            : GetLastError();

    CloseHandle(disk);
    return error;
}

DWORD transport_plain(int node, DWORD code)
{
    static const BYTE break_request[8] = {8};

    return ask_on_fresh(node, code, code == BREAK_RESERVATION ? break_request : NULL,
                        code == BREAK_RESERVATION ? sizeof(break_request) : 0);
}

const BYTE *transport_pr_out_input(BYTE action, BYTE own_key, BYTE action_key)
{
    static BYTE input[PR_OUT_LENGTH];

    memset(input, 0, sizeof(input));
    input[0] = 12;
    input[4] = sizeof(input);
    input[8] = action;
    input[9] = action == PR_RESERVE ? 5 : 0;
    input[10 + 7] = own_key; /* behind 10 bytes, each is 8 bytes, big endian */
    input[10 + 15] = action_key;
    return input;
}

DWORD transport_pr_out(int node, BYTE action, BYTE own_key, BYTE action_key)
{
    return ask_on_fresh(node, PR_OUT, transport_pr_out_input(action, own_key, action_key),
                        PR_OUT_LENGTH);
}

DWORD transport_pr_in(int node, BYTE action)
{
    HANDLE disk = transport_open(node, GENERIC_READ, 0);
    BYTE input[PR_IN_LENGTH] = {12, [4] = 12, [8] = action, [10] = 200}, output[200];
    DWORD bytes = 0;

    if (!transport_ask(disk, PR_IN, input, sizeof(input), output, sizeof(output), &bytes, NULL))
        bytes = 0;
    CloseHandle(disk);
    return bytes;
}

void transport_inject(const char *orders)
{
    char path[MAX_PATH];
    FILE *file;

    snprintf(path, sizeof(path), "Z:%s/inject", getenv("HOLDFAST_SIMULATOR"));
    file = fopen(path, "wb");
    CHECK(file && fputs(orders, file) >= 0 && fclose(file) == 0);
}

/* Behind a DLL that is there by "holdfast run" or not at all. */
static void plain(const char *served)
{
    const DWORD expected = *served == 'n' ? ERROR_NOT_SUPPORTED : 0;

    CHECK_EQUAL(transport_pr_out(1, PR_IGNORE, 0, 0xa1), expected);
    CHECK_EQUAL(transport_pr_in(1, 0), expected ? 0 : 16);
    CHECK_EQUAL(transport_pr_out(1, PR_RESERVE, 0xa1, 0), expected);
    CHECK_EQUAL(transport_pr_in(2, 1), expected ? 0 : 24);
    CHECK_EQUAL(transport_pr_out(1, PR_CLEAR, 0xa1, 0), expected);
    CHECK_EQUAL(transport_plain(1, RESERVE), expected);
    CHECK_EQUAL(transport_plain(2, RESERVE), expected ? expected : ERROR_BUSY);
    CHECK_EQUAL(transport_plain(1, RELEASE), expected);
    if (!expected)
        CHECK_EQUAL(transport_plain(1, BREAK_RESERVATION), ERROR_INVALID_FUNCTION);
}

/* What Linux says by a host code, here DID_NO_CONNECT, Wine takes for done. The handle stays open,
 * so that nobody asks what it is while commands get lost. */
static DWORD ask_kept(HANDLE disk, DWORD code, BYTE action, BYTE own_key)
{
    BYTE *input = (BYTE *)transport_pr_out_input(action, own_key, 0);
    DWORD bytes;

    return DeviceIoControl(disk, code, input, PR_OUT_LENGTH, NULL, 0, &bytes, NULL)
               ? 0
               : GetLastError();
}

static void lost_reserve(HANDLE disk)
{
    CHECK_EQUAL(ask_kept(disk, RELEASE, 0, 0), 0);
    transport_inject("16 1 0 0 0 0 1\n");
    CHECK_EQUAL(ask_kept(disk, RESERVE, 0, 0), 0);
    CHECK_EQUAL(transport_plain(2, RESERVE), ERROR_BUSY);
    /* A reset that came between is told of by the next command: the lost one is sent again. */
    transport_inject("17 1 0 0 0 0 1\n00 1 2 6 29 0\n");
    CHECK_EQUAL(ask_kept(disk, RELEASE, 0, 0), 0);
    CHECK_EQUAL(transport_plain(2, RESERVE), 0);
    CHECK_EQUAL(transport_plain(2, RELEASE), 0);
}

/* One, which comes through at the second attempt; then all of its kind. */
static void lost_pr_out(HANDLE disk)
{
    CHECK_EQUAL(transport_pr_out(1, PR_IGNORE, 0, 0xa1), 0);
    transport_inject("5f 1 0 0 0 0 1\n");
    CHECK_EQUAL(ask_kept(disk, PR_OUT, PR_RESERVE, 0xa1), 0);
    CHECK_EQUAL(transport_pr_in(2, 1), 24);
    transport_inject("5f 1 0 0 0 0 1\n");
    CHECK_EQUAL(ask_kept(disk, PR_OUT, PR_CLEAR, 0xa1), 0);
    CHECK_EQUAL(transport_pr_in(2, 0), 8);
    transport_inject("5f 5 0 0 0 0 1\n");
    CHECK_EQUAL(transport_pr_out(1, PR_IGNORE, 0, 0xa1), ERROR_IO_DEVICE);
    CHECK_EQUAL(transport_pr_in(2, 0), 8);
}

/* This node is cut off. */
static void lost_disk(HANDLE disk)
{
    static const DWORD codes[] = {RESERVE, RELEASE, PR_OUT};

    for (size_t i = 0; i < ARRAYSIZE(codes); i++) {
        transport_inject("* 200 0 0 0 0 1\n");
        CHECK_EQUAL(ask_kept(disk, codes[i], PR_IGNORE, 0), ERROR_IO_DEVICE);
    }
}

static void lost(const char *unused)
{
    HANDLE disk = transport_open(1, GENERIC_READ | GENERIC_WRITE, 0);

    (void)unused;
    lost_reserve(disk);
    lost_pr_out(disk);
    lost_disk(disk);
    CloseHandle(disk);
}

/* The DLL comes into a process without wine_get_version: nothing is hooked but DeviceIoControl. */
static void off_wine(const char *dll)
{
    struct holdfast_status status;
    HMODULE shim;

    version_hide();
    taken_remember();
    shim = LoadLibraryA(dll);
    status = status_of(shim);
    CHECK(status.hook && strcmp(status.hook, "hot patch") == 0);
    CHECK(status.transport && strcmp(status.transport, "spti") == 0);
    CHECK(!status.wine && !status.problem);
    CHECK_EQUAL(status.follows_children, 0);
    CHECK_EQUAL(taken_changed(), 1);
    CHECK(taken_find("DeviceIoControl")->code[0] != 0);
    plain("served");
}

/* As above, where that cannot be: HOLDFAST_TRANSPORT is unix. */
static void off_wine_refused(const char *dll)
{
    struct holdfast_status status;
    HMODULE shim;

    version_hide();
    taken_remember();
    shim = LoadLibraryA(dll);
    status = status_of(shim);
    CHECK(status.hook && strcmp(status.hook, "none") == 0);
    CHECK(status.transport && strcmp(status.transport, "none") == 0);
    CHECK(status.problem && strstr(status.problem, "this is not Wine"));
    CHECK_EQUAL(taken_changed(), 0);
    plain("not served");
}

static const struct {
    const char *name;
    void (*run)(const char *argument);
} scenarios[] = {
    {"plain", plain},
    {"lost", lost},
    {"off_wine", off_wine},
    {"off_wine_refused", off_wine_refused},
    {"system", system_scenario},
    {"system_overlapped", system_overlapped_scenario},
    {"system_slow", system_slow_scenario},
};

int main(int argc, char **argv)
{
    setvbuf(stdout, NULL, _IONBF, 0);
    transport_ask = ask_windows;
    for (size_t i = 0; argc > 2 && i < sizeof(scenarios) / sizeof(scenarios[0]); i++) {
        if (strcmp(argv[1], scenarios[i].name) != 0)
            continue;
        scenarios[i].run(argv[2]);
        return test_failed();
    }
    return 2;
}
