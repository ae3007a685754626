#include "folder.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/falloc.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static bool said(const char *path, const char *name)
{
    fprintf(stderr, "simulator: %s/%s: %s\n", path, name, strerror(errno));
    return false;
}

/* Of the given size and all zero, and the same file as before where there was one. */
static int make_file(const char *path, const char *name, off_t size)
{
    char full[4096];
    int fd;

    if (snprintf(full, sizeof(full), "%s/%s", path, name) >= (int)sizeof(full)) {
        errno = ENAMETOOLONG;
        return -1;
    }
    fd = open(full, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (fd < 0)
        return -1;
    if (ftruncate(fd, size) < 0 ||
        fallocate(fd, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, 0, size) < 0) {
        close(fd);
        return -1;
    }
    return fd;
}

static bool make_state(int fd)
{
    struct folder_state *state =
        mmap(NULL, sizeof(*state), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);

    if (state == MAP_FAILED)
        return false;
    for (unsigned int i = 0; i < FOLDER_UNITS; i++)
        unit_init(&state->units[i], i + 1, FOLDER_BLOCKS);
    state->size = sizeof(*state);
    state->magic = FOLDER_MAGIC;
    munmap(state, sizeof(*state));
    return true;
}

bool folder_make(const char *path)
{
    static const char *const blocks[] = {"node1", "node2", "plain", "medium", "plain_medium"};
    static const char *const texts[] = {"inject", "lacks", "log"};
    bool made;
    int fd;

    if (mkdir(path, 0777) < 0 && errno != EEXIST)
        return said(path, ".");
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        char full[4096];

        snprintf(full, sizeof(full), "%s/%s", path, texts[i]);
        unlink(full);
    }
    for (size_t i = 0; i < sizeof(blocks) / sizeof(blocks[0]); i++) {
        fd = make_file(path, blocks[i], (off_t)FOLDER_BLOCKS * UNIT_BLOCK);
        if (fd < 0)
            return said(path, blocks[i]);
        close(fd);
    }
    fd = make_file(path, "state", sizeof(struct folder_state));
    if (fd < 0)
        return said(path, "state");
    made = make_state(fd);
    close(fd);
    return made || said(path, "state");
}
