/* A pointer with the length 0 is not looked at, wherever it leads. */
#include "../direct.h"
#include "../unit_state.h"

#include "../behaviour.h"

static void run(struct test *test, unsigned row)
{
    const struct unit_state registered = {{unit_key(test, 1), 0}, NOBODY, 0, NOBODY};
    const struct pr_out enter = {.service_action_key = unit_key(test, 1)};
    struct request request = request_pr_out(&enter);
    HANDLE handle = direct_open(test, GENERIC_READ | GENERIC_WRITE, 0);
    void *nothing = VirtualAlloc(NULL, 64, MEM_RESERVE, PAGE_NOACCESS);
    const struct direct direct = {
        .handle = handle, .request = &request, .input = request.input, .output = nothing};

    (void)row;
    if (handle != INVALID_HANDLE_VALUE && nothing &&
        direct_expect(test, &direct, NT_STATUS_SUCCESS, 0))
        expect_unit(test, &registered);
    if (nothing)
        VirtualFree(nothing, 0, MEM_RELEASE);
    if (handle != INVALID_HANDLE_VALUE)
        CloseHandle(handle);
}

const struct behaviour io_pointer_unused = {
    .name = "io.pointer.unused",
    .source = "the I/O manager's probes, as in ReactOS iofunc.c",
    .needs = NEEDS_CODES | NEEDS_PR | NEEDS_CONSENT,
    .run = run,
};
