/* Requests that Windows refuses before the disk hears of them: windows-behaviour 2.1 and 2.4
 * to 2.6, semantics 4. Each row is a proper request but for one thing, and ranges of what that may
 * be. */
#include "soak_generator.h"

#include <string.h>

struct range {
    uint32_t first, last;
};

/* Short names, so that a row is a line. */
enum {
    IN = IOCTL_STORAGE_PERSISTENT_RESERVE_IN,
    OUT = IOCTL_STORAGE_PERSISTENT_RESERVE_OUT,
    RESERVE = IOCTL_STORAGE_RESERVE,
    RELEASE = IOCTL_STORAGE_RELEASE,
    DISK_RELEASE = IOCTL_DISK_RELEASE,
    BREAK = IOCTL_STORAGE_BREAK_RESERVATION,
    RESET_BUS = IOCTL_STORAGE_RESET_BUS,
    RESET_DEVICE = IOCTL_STORAGE_RESET_DEVICE,
    OLD_RESET_BUS = OBSOLETE_IOCTL_STORAGE_RESET_BUS,
    OLD_RESET_DEVICE = OBSOLETE_IOCTL_STORAGE_RESET_DEVICE,
};
enum { RW = HANDLE_DISK_A, RO = HANDLE_READ_ONLY, WO = HANDLE_WRITE_ONLY, NONE = HANDLE_NO_ACCESS };
enum {
    FUNCTION = ERROR_INVALID_FUNCTION,
    DENIED = ERROR_ACCESS_DENIED,
    LENGTH = ERROR_BAD_LENGTH,
    PARAMETER = ERROR_INVALID_PARAMETER,
    NOACCESS = 998,
};

/* RW stands for any handle with both rights. Of the places, '-' is NULL, 'n' NULL with a length,
 * 'u' memory that is not there, 'h' only its beginning. */
static const struct refusal {
    uint32_t code;
    int handle; /* enum soak_handle */
    uint8_t action, scope_and_type;
    char in_place, out_place;
    struct range in_length, size, allocation, out_length;
    uint32_t error;
} refusals[] = {
    /* PERSISTENT RESERVE IN */
    {IN, RW, 0, 0, '-', 'b', {0, 0}, {12, 12}, {8, 64}, {64, 64}, LENGTH},
    {IN, RW, 1, 0, 'n', 'b', {12, 99}, {12, 12}, {8, 64}, {64, 64}, LENGTH},
    {IN, RW, 0, 0, 'b', 'b', {1, 11}, {12, 12}, {8, 64}, {64, 64}, LENGTH},
    {IN, RW, 1, 0, 'b', 'b', {12, 36}, {0, 11}, {8, 64}, {64, 64}, LENGTH},
    {IN, RW, 0, 0, 'b', 'b', {12, 36}, {12, 12}, {0, 7}, {64, 64}, PARAMETER},
    {IN, RW, 1, 0, 'b', 'b', {12, 36}, {12, 12}, {64, 65535}, {8, 63}, PARAMETER},
    {IN, RW, 0, 0, 'b', '-', {12, 12}, {12, 12}, {8, 64}, {0, 0}, PARAMETER},
    {IN, RW, 0, 0, 'b', 'n', {12, 12}, {12, 12}, {8, 64}, {64, 99}, PARAMETER},
    {IN, RW, 2, 0, 'b', 'b', {12, 12}, {12, 12}, {8, 64}, {64, 64}, PARAMETER},
    {IN, RW, 3, 0, 'b', 'b', {12, 12}, {12, 12}, {8, 64}, {64, 64}, PARAMETER},
    {IN, RW, 31, 0, 'b', 'b', {12, 12}, {12, 12}, {8, 64}, {64, 64}, PARAMETER},
    {IN, RW, 0, 0, 'u', 'b', {12, 36}, {12, 12}, {8, 64}, {64, 64}, NOACCESS},
    {IN, RW, 0, 0, 'h', 'b', {12, 36}, {12, 12}, {8, 64}, {64, 64}, NOACCESS},
    {IN, RW, 0, 0, 'b', 'u', {12, 12}, {12, 12}, {8, 64}, {64, 99}, NOACCESS},
    {IN, RW, 1, 0, 'b', 'h', {12, 12}, {12, 12}, {8, 64}, {64, 99}, NOACCESS},
    {IN, WO, 0, 0, 'b', 'b', {12, 12}, {12, 12}, {8, 64}, {64, 64}, DENIED},
    {IN, NONE, 1, 0, 'b', 'b', {0, 12}, {12, 12}, {8, 64}, {64, 64}, DENIED},
    /* PERSISTENT RESERVE OUT */
    {OUT, RW, 6, 0, '-', '-', {0, 0}, {36, 36}, {0, 0}, {0, 0}, LENGTH},
    {OUT, RW, 6, 0, 'n', '-', {36, 64}, {36, 36}, {0, 0}, {0, 0}, LENGTH},
    {OUT, RW, 6, 0, 'b', '-', {1, 11}, {36, 36}, {0, 0}, {0, 0}, LENGTH},
    {OUT, RW, 3, 0, 'b', '-', {36, 63}, {0, 11}, {0, 0}, {0, 0}, LENGTH},
    {OUT, RW, 6, 0, 'b', '-', {12, 35}, {36, 99}, {0, 0}, {0, 0}, PARAMETER},
    {OUT, RW, 6, 0, 'b', '-', {36, 63}, {12, 35}, {0, 0}, {0, 0}, PARAMETER},
    {OUT, RW, 6, 0, 'b', '-', {50, 63}, {36, 49}, {0, 0}, {0, 0}, PARAMETER},
    {OUT, RW, 1, 0x00, 'b', '-', {36, 36}, {36, 99}, {0, 0}, {0, 0}, PARAMETER},
    {OUT, RW, 1, 0x02, 'b', '-', {36, 36}, {36, 99}, {0, 0}, {0, 0}, PARAMETER},
    {OUT, RW, 1, 0x07, 'b', '-', {36, 36}, {36, 99}, {0, 0}, {0, 0}, PARAMETER},
    {OUT, RW, 2, 0x08, 'b', '-', {36, 36}, {36, 99}, {0, 0}, {0, 0}, PARAMETER},
    {OUT, RW, 4, 0x0f, 'b', '-', {36, 36}, {36, 99}, {0, 0}, {0, 0}, PARAMETER},
    {OUT, RW, 5, 0x04, 'b', '-', {36, 36}, {36, 99}, {0, 0}, {0, 0}, PARAMETER},
    {OUT, RW, 1, 0x11, 'b', '-', {36, 36}, {36, 99}, {0, 0}, {0, 0}, PARAMETER},
    {OUT, RW, 4, 0xf3, 'b', '-', {36, 36}, {36, 99}, {0, 0}, {0, 0}, PARAMETER},
    {OUT, RW, 7, 0x01, 'b', '-', {36, 63}, {63, 99}, {0, 0}, {0, 0}, PARAMETER},
    {OUT, RW, 8, 0x01, 'b', '-', {36, 63}, {63, 99}, {0, 0}, {0, 0}, PARAMETER},
    {OUT, RW, 31, 0x03, 'b', '-', {36, 63}, {63, 99}, {0, 0}, {0, 0}, PARAMETER},
    {OUT, RW, 6, 0, 'u', '-', {36, 36}, {36, 99}, {0, 0}, {0, 0}, NOACCESS},
    {OUT, RW, 6, 0, 'h', '-', {36, 36}, {36, 99}, {0, 0}, {0, 0}, NOACCESS},
    {OUT, RW, 3, 0, 'b', 'u', {36, 36}, {36, 99}, {0, 0}, {1, 99}, NOACCESS},
    {OUT, RO, 6, 0, 'b', '-', {36, 36}, {36, 99}, {0, 0}, {0, 0}, DENIED},
    {OUT, WO, 3, 0, 'b', '-', {36, 36}, {36, 99}, {0, 0}, {0, 0}, DENIED},
    {OUT, NONE, 6, 0, 'b', '-', {0, 36}, {36, 99}, {0, 0}, {0, 0}, DENIED},
    /* The others */
    {RESERVE, NONE, 0, 0, '-', '-', {0, 0}, {0, 0}, {0, 0}, {0, 0}, DENIED},
    {DISK_RELEASE, WO, 0, 0, '-', '-', {0, 0}, {0, 0}, {0, 0}, {0, 0}, DENIED},
    {RESERVE, RW, 0, 0, 'u', '-', {1, 99}, {0, 0}, {0, 0}, {0, 0}, NOACCESS},
    {RELEASE, RW, 0, 0, '-', 'h', {0, 0}, {0, 0}, {0, 0}, {5, 99}, NOACCESS},
    {BREAK, RW, 0, 0, 'b', '-', {1, 7}, {0, 0}, {0, 0}, {0, 0}, PARAMETER},
    {BREAK, NONE, 0, 0, 'b', '-', {8, 8}, {0, 0}, {0, 0}, {0, 0}, DENIED},
    {RESET_BUS, RW, 0, 0, '-', '-', {0, 0}, {0, 0}, {0, 0}, {0, 0}, PARAMETER},
    {RESET_DEVICE, RW, 0, 0, 'b', '-', {1, 8}, {0, 0}, {0, 0}, {0, 0}, FUNCTION},
    {OLD_RESET_BUS, RW, 0, 0, 'b', '-', {1, 8}, {0, 0}, {0, 0}, {0, 0}, FUNCTION},
    {OLD_RESET_DEVICE, RW, 0, 0, '-', '-', {0, 0}, {0, 0}, {0, 0}, {0, 0}, FUNCTION},
};

static uint32_t within(struct soak_random *random, const struct range *range)
{
    return range->first + soak_random(random, range->last - range->first + 1);
}

static void write_le(uint8_t *bytes, int count, uint32_t value)
{
    for (int i = 0; i < count; i++, value >>= 8)
        bytes[i] = (uint8_t)value;
}

void soak_generate_refusal(struct soak_random *random, struct soak_request *request)
{
    const uint32_t rows = sizeof(refusals) / sizeof(refusals[0]);
    const struct refusal *row = &refusals[soak_random(random, rows)];

    request->code = row->code;
    request->refusal = row->error;
    request->pr_out = (struct pr_out){.action = row->action,
                                      .type = row->scope_and_type,
                                      .service_action_key = soak_random_key(random)};
    soak_fill_pr_out(request);
    write_le(request->input + 4, 4, within(random, &row->size));
    if (row->code == IOCTL_STORAGE_PERSISTENT_RESERVE_IN)
        write_le(request->input + 10, 2, within(random, &row->allocation));
    request->in = (struct soak_buffer){row->in_place, within(random, &row->in_length)};
    request->out = (struct soak_buffer){row->out_place, within(random, &row->out_length)};
    if (request->in.place == 'b' && request->in.length == 0)
        request->in.place = '-';
    if (row->handle != RW) {
        request->handle = (enum soak_handle)row->handle;
        if (request->way == 'p')
            request->way = 'e';
    } else if (request->handle == HANDLE_READ_ONLY) {
        request->handle = HANDLE_DISK_A;
    } else if (request->handle == HANDLE_READ_ONLY_OVERLAPPED) {
        request->handle = HANDLE_DISK_OVERLAPPED;
    }
}
