/* Pointers that look odd and are right: a buffer at an odd address, one that ends where its page
 * does, an input that is read-only, input and output in the same place or overlapping. */
#include "../direct.h"
#include "../unit_state.h"

#include "../behaviour.h"

#include <inttypes.h>
#include <string.h>

enum { PAGE = 4096, LENGTH = 16 };

/* Offsets from the start of a page; behind it nothing is mapped. */
static const struct {
    const char *name;
    size_t input, output;
    bool read_only; /* the input's page */
} rows[] = {
    {"input_at_1", 1, 512, false},
    {"input_at_3", 3, 512, false},
    {"input_at_7", 7, 512, false},
    {"output_at_1", 512, 1, false},
    {"output_at_5", 512, 5, false},
    {"both_at_odd_places", 513, 1027, false},
    {"input_to_the_end_of_its_page", PAGE - PR_COMMAND_LENGTH, 0, false},
    {"output_to_the_end_of_its_page", 0, PAGE - LENGTH, false},
    {"same_place", 64, 64, false},
    {"output_overlaps_end_of_input", 64, 68, false},
    {"output_overlaps_start_of_input", 68, 64, false},
    {"read_only_input", 0, 0, true},
};

static uint8_t *make_page(DWORD protection)
{
    uint8_t *pages = VirtualAlloc(NULL, 2 * (size_t)PAGE, MEM_RESERVE, PAGE_NOACCESS);

    return pages ? VirtualAlloc(pages, PAGE, MEM_COMMIT, protection) : NULL;
}

static void send(struct test *test, unsigned row, HANDLE handle, uint8_t *page, uint8_t *frozen)
{
    const struct request request = request_pr_in(RESERVATION_ACTION_READ_KEYS, LENGTH);
    uint8_t *input = (rows[row].read_only ? frozen : page) + rows[row].input;
    uint8_t *output = page + rows[row].output;
    const struct direct direct = {
        .handle = handle, .request = &request, .input = input, .output = output};
    DWORD old;

    memcpy(input, request.input, PR_COMMAND_LENGTH);
    VirtualProtect(frozen, PAGE, PAGE_READONLY, &old);
    if (direct_expect(test, &direct, NT_STATUS_SUCCESS, LENGTH))
        check(test, get_be64(output + 8) == unit_key(test, 1), "the list in the output buffer",
              "the key", "%016" PRIx64, get_be64(output + 8));
}

static void run(struct test *test, unsigned row)
{
    const struct unit_state registered = {{unit_key(test, 1), 0}, NOBODY, 0, NOBODY};
    HANDLE handle = direct_open(test, GENERIC_READ, 0);
    uint8_t *page = make_page(PAGE_READWRITE), *frozen = make_page(PAGE_READWRITE);

    if (handle != INVALID_HANDLE_VALUE && page && frozen && arrange(test, &registered))
        send(test, row, handle, page, frozen);
    if (page)
        VirtualFree(page, 0, MEM_RELEASE);
    if (frozen)
        VirtualFree(frozen, 0, MEM_RELEASE);
    if (handle != INVALID_HANDLE_VALUE)
        CloseHandle(handle);
}

const struct behaviour io_pointer_good = {
    .name = "io.pointer.good",
    .source = "METHOD_BUFFERED: the I/O manager copies to and from a buffer of its own",
    .needs = NEEDS_CODES | NEEDS_PR | NEEDS_CONSENT,
    ROWS(rows),
    .run = run,
};
