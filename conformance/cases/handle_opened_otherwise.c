/* However the disk is opened, the codes work: names in other letters, rights that are not generic,
 * other flags and share modes. */
#include "../direct.h"

#include "../behaviour.h"

#include <wchar.h>
#include <wctype.h>

enum spelling { AS_IT_IS, LOWER_CASE, UPPER_CASE, QUESTION_MARK };

static const struct {
    const char *name;
    enum spelling spelling;
    DWORD access, share, flags;
} rows[] = {
    {"lower_case", LOWER_CASE, GENERIC_READ, 3, 0},
    {"upper_case", UPPER_CASE, GENERIC_READ, 3, 0},
    {"question_mark", QUESTION_MARK, GENERIC_READ, 3, 0},
    {"file_read_data", AS_IT_IS, FILE_READ_DATA, 3, 0},
    {"file_read_and_write_data", AS_IT_IS, FILE_READ_DATA | FILE_WRITE_DATA, 3, 0},
    {"generic_all", AS_IT_IS, GENERIC_ALL, 3, 0},
    {"maximum_allowed", AS_IT_IS, MAXIMUM_ALLOWED, 3, 0},
    {"share_delete", AS_IT_IS, GENERIC_READ, 7, 0},
    {"no_buffering", AS_IT_IS, GENERIC_READ, 3, FILE_FLAG_NO_BUFFERING},
    {"write_through", AS_IT_IS, GENERIC_READ | GENERIC_WRITE, 3,
     FILE_FLAG_WRITE_THROUGH | FILE_FLAG_NO_BUFFERING},
    {"random_access", AS_IT_IS, GENERIC_READ, 3, FILE_FLAG_RANDOM_ACCESS},
    {"attribute_normal", AS_IT_IS, GENERIC_READ, 3, FILE_ATTRIBUTE_NORMAL},
};

/* False where the name is not of the kind that can be spelled so: \\.\ and a name. */
static bool spell(enum spelling spelling, wchar_t *name)
{
    if (spelling == AS_IT_IS)
        return true;
    if (wcsncmp(name, L"\\\\.\\", 4) != 0)
        return false;
    for (wchar_t *letter = name; *letter; letter++) {
        if (spelling == LOWER_CASE)
            *letter = towlower(*letter);
        if (spelling == UPPER_CASE)
            *letter = towupper(*letter);
    }
    if (spelling == QUESTION_MARK)
        name[2] = L'?';
    return true;
}

static void run(struct test *test, unsigned row)
{
    struct request request = request_pr_in(RESERVATION_ACTION_READ_KEYS, 8);
    uint8_t output[8];
    wchar_t name[300];
    HANDLE handle;

    direct_disk_name(test, name, COUNT(name));
    if (!spell(rows[row].spelling, name)) {
        skip(test, "the disk's name does not begin with \\\\.\\");
        return;
    }
    handle = CreateFileW(name, rows[row].access, rows[row].share, NULL, OPEN_EXISTING,
                         rows[row].flags, NULL);
    if (check(test, handle != INVALID_HANDLE_VALUE, "opening the disk", "a handle", "error %lu",
              GetLastError())) {
        const struct direct direct = {
            .handle = handle, .request = &request, .input = request.input, .output = output};

        direct_expect(test, &direct, NT_STATUS_SUCCESS, 8);
        CloseHandle(handle);
    }
}

const struct behaviour handle_opened_otherwise = {
    .name = "handle.opened_otherwise",
    .source = "CreateFile's page: physical disks; names of devices are not case sensitive",
    .needs = NEEDS_CODES | NEEDS_PR,
    ROWS(rows),
    .run = run,
};
