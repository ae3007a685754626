/* Who holds the unit by RESERVE may say so again, by either name and on either handle; one RELEASE
 * ends it. RELEASE of what nobody holds is a success. What one handle has reserved another one of
 * the same node releases: the initiator holds it, not the handle. */
#include "../behaviour.h"

enum { STEPS = 4 };

static const struct {
    const char *name;
    struct {
        uint32_t code, access;
    } steps[STEPS];
} rows[] = {
    {"release_of_nothing", {{IOCTL_STORAGE_RELEASE, 0}}},
    {"release_of_nothing_disk", {{IOCTL_DISK_RELEASE, 0}}},
    {"release_twice",
     {{IOCTL_STORAGE_RESERVE, 0}, {IOCTL_STORAGE_RELEASE, 0}, {IOCTL_STORAGE_RELEASE, 0}}},
    {"reserve_twice",
     {{IOCTL_STORAGE_RESERVE, 0}, {IOCTL_STORAGE_RESERVE, 0}, {IOCTL_STORAGE_RELEASE, 0}}},
    {"by_both_names",
     {{IOCTL_STORAGE_RESERVE, 0},
      {IOCTL_DISK_RESERVE, 0},
      {IOCTL_DISK_RELEASE, 0},
      {IOCTL_STORAGE_RELEASE, 0}}},
    {"by_two_handles",
     {{IOCTL_STORAGE_RESERVE, OPEN_READ_WRITE},
      {IOCTL_STORAGE_RESERVE, OPEN_READ},
      {IOCTL_STORAGE_RELEASE, OPEN_READ}}},
};

static void run(struct test *test, unsigned row)
{
    for (unsigned i = 0; i < STEPS && rows[row].steps[i].code; i++) {
        struct request request = request_plain(rows[row].steps[i].code);

        request.access = rows[row].steps[i].access;
        if (!expect(test, NODE_1, &request, NT_STATUS_SUCCESS, 0, NULL))
            return;
    }
}

const struct behaviour reserve_by_the_holder = {
    .name = "reserve.by_the_holder",
    .source = "SPC-2 7.21, 7.16; classpnp class.c ClassDeviceControl",
    .needs = NEEDS_CODES | NEEDS_LEGACY | NEEDS_CONSENT,
    ROWS(rows),
    .run = run,
};
