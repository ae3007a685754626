/* A bad pointer on a handle without the access: whether the pointers are probed first (998) or the
 * access is checked first (5) is not known for every system. Nothing is sent either way. */
#include "../direct.h"

#include "../behaviour.h"

static void run(struct test *test, unsigned row)
{
    struct request request = request_pr_in(RESERVATION_ACTION_READ_KEYS, 64);
    HANDLE handle = direct_open(test, 0, 0);
    void *nothing = VirtualAlloc(NULL, 64, MEM_RESERVE, PAGE_NOACCESS);
    const struct direct direct = {
        .handle = handle, .request = &request, .input = request.input, .output = nothing};
    struct answer answer;

    (void)row;
    if (handle != INVALID_HANDLE_VALUE && nothing) {
        direct_send(test, &direct, &answer);
        check(test,
              !answer.returned && answer.bytes == BYTES_SENTINEL &&
                  (answer.error == ERROR_NOACCESS || answer.error == ERROR_ACCESS_DENIED),
              "a bad pointer without access", "FALSE, error 998 or 5", "%s, error %lu",
              answer.returned ? "TRUE" : "FALSE", (unsigned long)answer.error);
        observe(test, QUESTION_PROBE_ORDER, "error %lu", (unsigned long)answer.error);
    }
    if (nothing)
        VirtualFree(nothing, 0, MEM_RELEASE);
    if (handle != INVALID_HANDLE_VALUE)
        CloseHandle(handle);
}

const struct behaviour access_probe_order = {
    .name = "access.probe_order",
    .source = "the I/O manager, as in ReactOS iofunc.c",
    .needs = NEEDS_CODES,
    .run = run,
};
