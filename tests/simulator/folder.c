#include "folder.h"

#include "orders.h"
#include "real.h"
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/uio.h>

enum { PATH_SIZE = 4096, TEXT_SIZE = 4096 };

static const struct {
    const char *name, *medium;
    unsigned int unit, nexus;
} nodes[FOLDER_NODES] = {
    [FOLDER_NODE_1] = {"node1", "medium", 0, 0},
    [FOLDER_NODE_2] = {"node2", "medium", 0, 1},
    [FOLDER_PLAIN] = {"plain", "plain_medium", 1, 0},
};

static struct {
    const char *path;
    struct folder_state *state; /* NULL: no simulator here */
    int state_file;             /* open, for the lock */
    dev_t device;
    ino_t inodes[FOLDER_NODES];
    int media[FOLDER_NODES];
} folder;

static void full_path(const char *name, char path[PATH_SIZE])
{
    snprintf(path, PATH_SIZE, "%s/%s", folder.path, name);
}

static int open_file(const char *name, int flags)
{
    char path[PATH_SIZE];

    full_path(name, path);
    return open(path, flags | O_CLOEXEC);
}

static bool stat_file(const char *name, struct stat *status)
{
    char path[PATH_SIZE];

    full_path(name, path);
    return real_fstatat(AT_FDCWD, path, status, 0) == 0;
}

static struct folder_state *map_state(void)
{
    struct folder_state *state;

    folder.state_file = open_file("state", O_RDWR);
    if (folder.state_file < 0)
        return NULL;
    state = mmap(NULL, sizeof(*state), PROT_READ | PROT_WRITE, MAP_SHARED, folder.state_file, 0);
    return state == MAP_FAILED ? NULL : state;
}

static void say_not_ours(void)
{
    fprintf(stderr,
            "sg_simulator: HOLDFAST_SIMULATOR=%s is no folder of this simulator; make it with "
            "make_simulator\n",
            folder.path);
}

__attribute__((constructor)) static void open_folder(void)
{
    struct folder_state *state;
    struct stat status;

    folder.path = getenv("HOLDFAST_SIMULATOR");
    if (!folder.path || !*folder.path)
        return;
    for (unsigned int i = 0; i < FOLDER_NODES; i++) {
        folder.media[i] = -1;
        if (!stat_file(nodes[i].name, &status)) {
            say_not_ours();
            return;
        }
        folder.device = status.st_dev;
        folder.inodes[i] = status.st_ino;
    }
    if (!stat_file("state", &status) || status.st_size != (off_t)sizeof(*state)) {
        say_not_ours();
        return;
    }
    state = map_state();
    if (!state || state->magic != FOLDER_MAGIC || state->size != sizeof(*state)) {
        say_not_ours();
        return;
    }
    folder.state = state;
}

enum folder_node folder_node(const struct stat *status)
{
    if (!folder.state || !S_ISREG(status->st_mode) || status->st_dev != folder.device)
        return FOLDER_NO_NODE;
    for (unsigned int i = 0; i < FOLDER_NODES; i++)
        if (status->st_ino == folder.inodes[i])
            return (enum folder_node)i;
    return FOLDER_NO_NODE;
}

/* errno stays as it is. */
enum folder_node folder_node_of_fd(int fd)
{
    const int before = errno;
    struct stat status;
    bool is_open;

    if (!folder.state)
        return FOLDER_NO_NODE;
    is_open = real_fstat(fd, &status) == 0;
    errno = before;
    return is_open ? folder_node(&status) : FOLDER_NO_NODE;
}

static bool read_text(int fd, char text[TEXT_SIZE])
{
    ssize_t length = real_pread(fd, text, TEXT_SIZE - 1, 0);

    if (length < 0)
        return false;
    text[length] = '\0';
    return true;
}

static void report(const char *name, unsigned int wrong)
{
    if (wrong)
        fprintf(stderr,
                "sg_simulator: %u lines of %s/%s mean nothing; orders.h says what may be there\n",
                wrong, folder.path, name);
}

static void read_lacks(void)
{
    struct folder_stamp stamp = {0};
    char text[TEXT_SIZE] = "";
    struct stat status;
    int fd;

    if (stat_file("lacks", &status))
        stamp = (struct folder_stamp){status.st_ino, (uint64_t)status.st_size,
                                      status.st_mtim.tv_sec, status.st_mtim.tv_nsec};
    if (memcmp(&stamp, &folder.state->lacks, sizeof(stamp)) == 0)
        return;
    fd = open_file("lacks", O_RDONLY);
    if (fd >= 0) {
        read_text(fd, text);
        close(fd);
    }
    report("lacks", orders_lacks(&folder.state->units[0], text));
    folder.state->lacks = stamp;
}

/* Emptied once read, so no time stamp has to tell one order from the next. */
static void read_inject(void)
{
    char text[TEXT_SIZE];
    struct stat status;
    int fd;

    if (!stat_file("inject", &status) || status.st_size == 0)
        return;
    fd = open_file("inject", O_RDWR);
    if (fd < 0)
        return;
    if (read_text(fd, text) && real_ftruncate(fd, 0) == 0)
        report("inject", orders_inject(&folder.state->units[0], text));
    close(fd);
}

/* Between the threads of a process, and then between processes by a lock on the file, which ends
 * with its owner: one that is killed leaves at worst one command half done. (A mutex in shared
 * memory would have to be the same thing to 64-bit and 32-bit processes, and is not.) A thread that
 * Wine suspends must not have it: hence the signals. */
static pthread_mutex_t in_process = PTHREAD_MUTEX_INITIALIZER;

void folder_lock(enum folder_node node, struct folder_access *access)
{
    sigset_t all;

    *access = (struct folder_access){
        .node = node,
        .nexus = nodes[node].nexus,
        .unit = &folder.state->units[nodes[node].unit],
        .lost_writes = &folder.state->lost_writes[node],
        .error = errno,
    };
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, &access->signals);
    pthread_mutex_lock(&in_process);
    while (flock(folder.state_file, LOCK_EX) < 0 && errno == EINTR)
        ;
    read_lacks();
    read_inject();
}

void folder_unlock(const struct folder_access *access)
{
    flock(folder.state_file, LOCK_UN);
    pthread_mutex_unlock(&in_process);
    pthread_sigmask(SIG_SETMASK, &access->signals, NULL);
    errno = access->error;
}

void folder_log(const struct folder_access *access, const char *words)
{
    int fd = open_file("log", O_WRONLY | O_APPEND);
    char line[256];
    int length;

    if (fd < 0)
        return;
    length =
        snprintf(line, sizeof(line), "%s %d %s\n", nodes[access->node].name, (int)getpid(), words);
    if (length > 0 && length < (int)sizeof(line))
        syscall(SYS_write, fd, line, (size_t)length);
    close(fd);
}

struct unit_answer folder_execute(const struct folder_access *access,
                                  const struct unit_command *command)
{
    const struct unit_answer answer = unit_execute(access->unit, access->nexus, command);
    char words[160];
    int at = 0;

    for (unsigned int i = 0; i < UNIT_CDB; i++)
        at += snprintf(words + at, sizeof(words) - (size_t)at, "%02x", command->cdb[i]);
    snprintf(words + at, sizeof(words) - (size_t)at,
             " length=%u status=%02x sense=%x/%02x/%02x host=%x transferred=%u", command->length,
             answer.status, answer.sense.key, answer.sense.asc, answer.sense.ascq,
             answer.host_status, answer.transferred);
    folder_log(access, words);
    return answer;
}

/* Kept open; two threads that open it at once may leave one descriptor over. */
int folder_medium(enum folder_node node)
{
    if (folder.media[node] < 0)
        folder.media[node] = open_file(nodes[node].medium, O_RDWR);
    return folder.media[node];
}

static bool move(void *context, bool is_write, uint64_t offset, void *data, uint32_t length)
{
    const int fd = folder_medium((enum folder_node)(intptr_t)context);
    const ssize_t moved = is_write ? real_pwrite(fd, data, length, (off_t)offset)
                                   : real_pread(fd, data, length, (off_t)offset);

    return moved == (ssize_t)length;
}

const struct unit_medium folder_media[FOLDER_NODES] = {
    {move, (void *)FOLDER_NODE_1}, {move, (void *)FOLDER_NODE_2}, {move, (void *)FOLDER_PLAIN}};
