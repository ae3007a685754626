/* A pointer behind which there is not what its length says: the I/O manager refuses the request
 * (998), whether or not the code has a use for the buffer, and nothing is sent. */
#include "../direct.h"
#include "../unit_state.h"

#include "../behaviour.h"

#include <string.h>

enum { PAGE = 4096, OUTPUT = 64 };

/* Of a long input all that the code has a use for is there. */
enum place { UNMAPPED, TAIL_UNMAPPED, LONG_TAIL_UNMAPPED, NO_ACCESS, READ_ONLY, TOP, WRAPS };
enum { INPUT_SIDE, OUTPUT_SIDE };

#define PR_IN         IOCTL_STORAGE_PERSISTENT_RESERVE_IN
#define PR_OUT        IOCTL_STORAGE_PERSISTENT_RESERVE_OUT
#define RESERVE       IOCTL_STORAGE_RESERVE
#define BREAK         IOCTL_STORAGE_BREAK_RESERVATION
#define PR_OUT_NEEDS  (NEEDS_PR | NEEDS_CONSENT)
#define RESERVE_NEEDS (NEEDS_LEGACY | NEEDS_CONSENT)
#define BREAK_NEEDS   (NEEDS_BREAK | NEEDS_CONSENT)

static const struct {
    const char *name;
    uint32_t code, needs;
    int side;
    enum place place;
} rows[] = {
    {"pr_in_input_unmapped", PR_IN, 0, INPUT_SIDE, UNMAPPED},
    {"pr_in_input_tail_unmapped", PR_IN, 0, INPUT_SIDE, TAIL_UNMAPPED},
    {"pr_in_input_long_tail_unmapped", PR_IN, 0, INPUT_SIDE, LONG_TAIL_UNMAPPED},
    {"pr_in_input_no_access", PR_IN, 0, INPUT_SIDE, NO_ACCESS},
    {"pr_in_input_top", PR_IN, 0, INPUT_SIDE, TOP},
    {"pr_in_input_wraps", PR_IN, 0, INPUT_SIDE, WRAPS},
    {"pr_in_output_unmapped", PR_IN, 0, OUTPUT_SIDE, UNMAPPED},
    {"pr_in_output_tail_unmapped", PR_IN, 0, OUTPUT_SIDE, TAIL_UNMAPPED},
    {"pr_in_output_no_access", PR_IN, 0, OUTPUT_SIDE, NO_ACCESS},
    {"pr_in_output_read_only", PR_IN, 0, OUTPUT_SIDE, READ_ONLY},
    {"pr_in_output_top", PR_IN, 0, OUTPUT_SIDE, TOP},
    {"pr_in_output_wraps", PR_IN, 0, OUTPUT_SIDE, WRAPS},
    {"pr_out_input_unmapped", PR_OUT, PR_OUT_NEEDS, INPUT_SIDE, UNMAPPED},
    {"pr_out_input_tail_unmapped", PR_OUT, PR_OUT_NEEDS, INPUT_SIDE, TAIL_UNMAPPED},
    {"pr_out_input_long_tail_unmapped", PR_OUT, PR_OUT_NEEDS, INPUT_SIDE, LONG_TAIL_UNMAPPED},
    {"pr_out_input_no_access", PR_OUT, PR_OUT_NEEDS, INPUT_SIDE, NO_ACCESS},
    {"pr_out_input_top", PR_OUT, PR_OUT_NEEDS, INPUT_SIDE, TOP},
    {"pr_out_output_unmapped", PR_OUT, PR_OUT_NEEDS, OUTPUT_SIDE, UNMAPPED},
    {"pr_out_output_read_only", PR_OUT, PR_OUT_NEEDS, OUTPUT_SIDE, READ_ONLY},
    {"reserve_input_unmapped", RESERVE, RESERVE_NEEDS, INPUT_SIDE, UNMAPPED},
    {"reserve_input_tail_unmapped", RESERVE, RESERVE_NEEDS, INPUT_SIDE, TAIL_UNMAPPED},
    {"reserve_output_unmapped", RESERVE, RESERVE_NEEDS, OUTPUT_SIDE, UNMAPPED},
    {"reserve_output_read_only", RESERVE, RESERVE_NEEDS, OUTPUT_SIDE, READ_ONLY},
    {"break_input_unmapped", BREAK, BREAK_NEEDS, INPUT_SIDE, UNMAPPED},
    {"break_input_tail_unmapped", BREAK, BREAK_NEEDS, INPUT_SIDE, TAIL_UNMAPPED},
};

/* Two pages of which only the first can be written to. */
static uint8_t *make_pages(enum place place)
{
    uint8_t *pages = VirtualAlloc(NULL, 2 * (size_t)PAGE, MEM_RESERVE, PAGE_NOACCESS);

    if (!pages)
        return NULL;
    VirtualAlloc(pages, PAGE, MEM_COMMIT, PAGE_READWRITE);
    if (place == NO_ACCESS || place == READ_ONLY)
        VirtualAlloc(pages + PAGE, PAGE, MEM_COMMIT,
                     place == NO_ACCESS ? PAGE_NOACCESS : PAGE_READONLY);
    return pages;
}

static void *pointer_to(enum place place, uint8_t *pages, size_t length)
{
    switch (place) {
    case TAIL_UNMAPPED:
    case LONG_TAIL_UNMAPPED:
        return pages + PAGE - (length - 1);
    case TOP:
        return (void *)~(uintptr_t)0xffff;
    case WRAPS:
        return (void *)~(uintptr_t)3;
    default:
        return pages + PAGE;
    }
}

static struct request proper_request(const struct test *test, uint32_t code, enum place place)
{
    const struct pr_out enter = {.service_action_key = unit_key(test, 1)};
    struct request request = request_break();

    if (code == PR_IN)
        request = request_pr_in(RESERVATION_ACTION_READ_KEYS, OUTPUT);
    if (code == PR_OUT)
        request = request_pr_out(&enter);
    request.code = code;
    request.output_length = OUTPUT;
    if (place == LONG_TAIL_UNMAPPED) {
        request.input_length = REQUEST_INPUT_MAX;
        request_set_size(&request, REQUEST_INPUT_MAX);
    }
    return request;
}

static void run(struct test *test, unsigned row)
{
    struct request request = proper_request(test, rows[row].code, rows[row].place);
    HANDLE handle = direct_open(test, GENERIC_READ | GENERIC_WRITE, 0);
    uint8_t output[OUTPUT];
    uint8_t *pages = make_pages(rows[row].place);
    struct direct direct = {
        .handle = handle, .request = &request, .input = request.input, .output = output};

    if (handle != INVALID_HANDLE_VALUE && pages) {
        if (rows[row].side == OUTPUT_SIDE)
            direct.output = pointer_to(rows[row].place, pages, request.output_length);
        else
            direct.input = pointer_to(rows[row].place, pages, request.input_length);
        if (rows[row].place == LONG_TAIL_UNMAPPED)
            memcpy(direct.input, request.input, request.input_length - 1);
        direct_expect(test, &direct, NT_STATUS_ACCESS_VIOLATION, 0);
    }
    if (rows[row].code == PR_OUT)
        expect_unit(test, &unit_free);
    if (pages)
        VirtualFree(pages, 0, MEM_RELEASE);
    if (handle != INVALID_HANDLE_VALUE)
        CloseHandle(handle);
}

static uint32_t row_needs(unsigned row)
{
    return rows[row].needs;
}

const struct behaviour io_pointer_bad = {
    .name = "io.pointer.bad",
    .source = "the I/O manager's probes, as in ReactOS iofunc.c",
    .needs = NEEDS_CODES,
    ROWS(rows),
    .run = run,
    .row_needs = row_needs,
};
