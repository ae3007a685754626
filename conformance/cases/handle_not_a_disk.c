/* The same request on what is no disk: it fails, and nobody's disk hears of it. What is no file at
 * all is an invalid handle (6); what a file of another kind says is its driver's own matter. */
#include "../direct.h"

#include "../behaviour.h"

enum kind {
    TEMPORARY_FILE,
    DIRECTORY,
    NUL_DEVICE,
    PIPE,
    EVENT,
    MUTEX,
    PROCESS,
    INVALID,
    NOTHING,
    CLOSED,
    NOT_ALIGNED
};

static const struct {
    const char *name;
    enum kind kind;
    uint32_t error; /* 0: any */
} rows[] = {
    {"temporary_file", TEMPORARY_FILE, 0},
    {"directory", DIRECTORY, 0},
    {"nul_device", NUL_DEVICE, 0},
    {"pipe", PIPE, 0},
    {"event", EVENT, ERROR_INVALID_HANDLE},
    {"mutex", MUTEX, ERROR_INVALID_HANDLE},
    {"process", PROCESS, ERROR_INVALID_HANDLE},
    {"invalid_handle_value", INVALID, ERROR_INVALID_HANDLE},
    {"null", NOTHING, ERROR_INVALID_HANDLE},
    {"closed_disk", CLOSED, ERROR_INVALID_HANDLE},
    {"number_of_nothing", NOT_ALIGNED, ERROR_INVALID_HANDLE},
};

static HANDLE open_file(const wchar_t *name, DWORD disposition, DWORD flags)
{
    return CreateFileW(name, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE, NULL, disposition,
                       flags, NULL);
}

static HANDLE temporary_file(void)
{
    wchar_t folder[MAX_PATH], name[MAX_PATH];

    if (!GetTempPathW(MAX_PATH - 14, folder) || !GetTempFileNameW(folder, L"hf", 0, name))
        return INVALID_HANDLE_VALUE;
    return CreateFileW(name, GENERIC_READ | GENERIC_WRITE, 0, NULL, OPEN_EXISTING,
                       FILE_FLAG_DELETE_ON_CLOSE, NULL);
}

static HANDLE directory(void)
{
    wchar_t folder[MAX_PATH];

    return GetTempPathW(MAX_PATH, folder)
               ? open_file(folder, OPEN_EXISTING, FILE_FLAG_BACKUP_SEMANTICS)
               : INVALID_HANDLE_VALUE;
}

static HANDLE pipe(void)
{
    HANDLE read_end, write_end;

    if (!CreatePipe(&read_end, &write_end, NULL, 0))
        return INVALID_HANDLE_VALUE;
    CloseHandle(write_end);
    return read_end;
}

static HANDLE closed_disk(struct test *test)
{
    HANDLE handle = direct_open(test, GENERIC_READ, 0);

    if (handle != INVALID_HANDLE_VALUE)
        CloseHandle(handle);
    return handle;
}

static HANDLE make(struct test *test, enum kind kind)
{
    switch (kind) {
    case TEMPORARY_FILE:
        return temporary_file();
    case DIRECTORY:
        return directory();
    case NUL_DEVICE:
        return open_file(L"NUL", OPEN_EXISTING, 0);
    case PIPE:
        return pipe();
    case EVENT:
        return CreateEventW(NULL, TRUE, FALSE, NULL);
    case MUTEX:
        return CreateMutexW(NULL, FALSE, NULL);
    case PROCESS:
        return OpenProcess(PROCESS_QUERY_INFORMATION, FALSE, GetCurrentProcessId());
    case CLOSED:
        return closed_disk(test);
    case NOT_ALIGNED:
        return (HANDLE)(ULONG_PTR)0x7ffffff0;
    case NOTHING:
        return NULL;
    case INVALID:
        break;
    }
    return INVALID_HANDLE_VALUE;
}

static void run(struct test *test, unsigned row)
{
    const struct request request = request_pr_in(RESERVATION_ACTION_READ_KEYS, 64);
    struct request input = request;
    uint8_t output[64] = {0};
    HANDLE handle = make(test, rows[row].kind);
    const struct direct direct = {
        .handle = handle, .request = &request, .input = input.input, .output = output};
    struct answer answer;

    if (rows[row].kind < INVALID && !check(test, handle && handle != INVALID_HANDLE_VALUE,
                                           rows[row].name, "a handle", "error %lu", GetLastError()))
        return;
    direct_send(test, &direct, &answer);
    check(test,
          !answer.returned && answer.error != ERROR_SENTINEL && answer.error &&
              (!rows[row].error || answer.error == rows[row].error),
          "the answer", rows[row].error ? "FALSE, error 6" : "FALSE and an error", "%s, error %lu",
          answer.returned ? "TRUE" : "FALSE", (unsigned long)answer.error);
    for (unsigned i = 0; i < sizeof(output); i++)
        if (!check(test, output[i] == 0, "the output buffer", "left alone", "written to"))
            break;
    if (rows[row].kind < INVALID)
        CloseHandle(handle);
}

const struct behaviour handle_not_a_disk = {
    .name = "handle.not_a_disk",
    .source = "DeviceIoControl's page; the I/O manager, as in ReactOS iofunc.c",
    .needs = NEEDS_CODES,
    ROWS(rows),
    .run = run,
};
