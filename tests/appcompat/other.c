#include "other.h"

#include "../../dll/appcompat/shim_engine.h"

typedef BOOL(WINAPI *io_function)(HANDLE, DWORD, void *, DWORD, void *, DWORD, DWORD *,
                                  OVERLAPPED *);

static struct other_state states[OTHER_SHIMS];
static struct hook_api rows[OTHER_SHIMS];

struct other_state *WINAPI other_state(int shim)
{
    return &states[shim];
}

static BOOL watched(int shim, const struct io_arguments *io)
{
    struct other_state *state = &states[shim];
    const io_function next = (io_function)rows[shim].original_function;

    InterlockedIncrement(&state->calls);
    state->last = *io;
    if (!state->answered_code || io->control_code != state->answered_code)
        return next(io->handle, io->control_code, io->input, io->input_length, io->output,
                    io->output_length, io->bytes_returned, io->overlapped);
    *io->bytes_returned = state->bytes;
    SetLastError(state->error);
    return state->result;
}

#define WATCH(name, shim)                                                                       \
    static BOOL WINAPI name(HANDLE handle, DWORD control_code, void *input, DWORD input_length, \
                            void *output, DWORD output_length, DWORD *bytes_returned,           \
                            OVERLAPPED *overlapped)                                             \
    {                                                                                           \
        struct io_arguments io = {.handle = handle,                                             \
                                  .control_code = control_code,                                 \
                                  .input = input,                                               \
                                  .input_length = input_length,                                 \
                                  .output = output,                                             \
                                  .output_length = output_length,                               \
                                  .overlapped = overlapped};                                    \
                                                                                                \
        io.bytes_returned = bytes_returned;                                                     \
        return watched(shim, &io);                                                              \
    }
WATCH(watched_by_first, OTHER_FIRST)
WATCH(watched_by_second, OTHER_SECOND)

struct hook_api *WINAPI GetHookAPIs(const char *command_line, const WCHAR *shim_name, DWORD *count)
{
    const int shim = lstrcmpW(shim_name, L"First") == 0 ? OTHER_FIRST : OTHER_SECOND;

    (void)command_line;
    rows[shim] = (struct hook_api){
        .library_name = "KERNEL32.DLL",
        .function_name = "DeviceIoControl",
        .replacement_function =
            shim == OTHER_FIRST ? (void *)watched_by_first : (void *)watched_by_second,
    };
    *count = 1;
    return &rows[shim];
}

BOOL WINAPI NotifyShims(DWORD reason, void *information)
{
    (void)reason;
    (void)information;
    return TRUE;
}
