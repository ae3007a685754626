/* The fencing soak: unmodified Windows programs on two nodes, three writing threads and a reading
 * one each, write stamped sectors to one real disk by WriteFile (synchronous and overlapped, 512
 * bytes to 64 KiB, aligned buffers and odd ones) while the nodes preempt each other, in all four
 * types. In legs of some seconds; then the disk is freed and read from a third initiator, past
 * every cache.
 *
 * Each writer has a region of its own, one request at a time and increasing sequence numbers, so
 * what must be in a sector is its writer's last write there that was reported done, exactly:
 * - another means that a write reported done is missing, or that one which failed is on the disk.
 * None of up to 64 KiB may be there in part either: Linux sends it as one command (that the disk
 * takes so much is checked at the start), and a disk checks a reservation before a command
 * (SPC-4 5.9.1);
 * - no request may be done that began after the answer to the other node's PREEMPT and ended before
 * the own node's next REGISTER: it fails with ERROR_BUSY, and with nothing else. Of reads this
 * holds in the types that keep readers out. A request that met the change of hands may end either
 * way;
 * - no request of the holder may fail;
 * - a read that is done gives the last write that had been reported done on either node before it
 *   began, or one that was under way meanwhile.
 * Between the legs the nodes play by turns (coherence.c): each reads what the other wrote last.
 *
 * What it cannot see: a write that was done too late and overwritten by the same writer before the
 * disk is looked at, unless its own report gives it away; whether a request in a change of hands
 * was before it or after it; torn writes of more than 64 KiB; what other doors to the disk do.
 *
 * usage: fencing NODE_SCRIPT AGENT [--seconds N] [--seed HEX] [--without-shim]
 * --without-shim: the programs run under Wine alone, and only the turns are played.
 * Exit code: 0, 1 where something was found, 99 when it could not be set up. */
#include "coherence.h"
#include "history.h"

#include <fcntl.h>
#include <inttypes.h>
#include <ntddstor/reservation.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { EXIT_NO_BED = 99, PAUSE_MAX_US = 60 * 1000, TURNS_SECONDS = 3, LEG_SECONDS = 3 };

struct fencing {
    struct fencing_nodes nodes;
    struct history history;
    struct coherence coherence;
    struct soak_random random;
    uint64_t seed;
    long seconds;
    bool without_shim;
};

static double now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

static bool take(struct fencing *fencing, int node)
{
    static const uint8_t types[] = {RESERVATION_TYPE_WRITE_EXCLUSIVE, RESERVATION_TYPE_EXCLUSIVE,
                                    RESERVATION_TYPE_WRITE_EXCLUSIVE_REGISTRANTS,
                                    RESERVATION_TYPE_EXCLUSIVE_REGISTRANTS};
    struct history *history = &fencing->history;

    return fencing_take(&fencing->nodes, node, types[soak_random(&fencing->random, 4)],
                        &history->changes[history->change_count++]);
}

/* Linux' paths have forward slashes, and Z: is its root. */
static bool end_threads(struct fencing *fencing, int node)
{
    char path[64];
    const char *answer;

    snprintf(path, sizeof(path), "/run/bed/fencing.%d", node + 1);
    return fencing_order(&fencing->nodes, node, &answer, "stop Z:%s", path) &&
           history_load(&fencing->history, node, path);
}

static bool look_at_disk(struct fencing *fencing)
{
    static _Alignas(4096) uint64_t sectors[DISK_SECTORS * SECTOR_WORDS];

    if (!fencing_free(&fencing->nodes) || !fencing_read(&fencing->nodes, DISK_SECTORS, sectors))
        return false;
    for (uint32_t i = 0; i < DISK_SECTORS; i++)
        fencing->history.found[i] =
            stamp_sequence(sectors + (size_t)i * SECTOR_WORDS, i / REGION_SECTORS, i);
    return true;
}

/* The first change comes before the threads, so that there is always one that decides. */
static bool run_leg(struct fencing *fencing)
{
    const double end = now() + LEG_SECONDS;
    int node = (int)soak_random(&fencing->random, NODE_COUNT);
    const char *answer;

    fencing->history.change_count = 0;
    if (!take(fencing, node))
        return false;
    for (int i = 0; i < NODE_COUNT; i++)
        if (!fencing_order(&fencing->nodes, i, &answer, "start %x %" PRIx64, i,
                           fencing->seed + fencing->nodes.last_key))
            return false;
    while (now() < end && fencing->history.change_count < CHANGES_MAX) {
        usleep(soak_random(&fencing->random, PAUSE_MAX_US));
        node = !node;
        if (!take(fencing, node))
            return false;
    }
    for (int i = 0; i < NODE_COUNT; i++)
        if (!end_threads(fencing, i))
            return false;
    if (!look_at_disk(fencing))
        return false;
    history_judge(&fencing->history);
    return true;
}

static int run(struct fencing *fencing)
{
    const double end = now() + (double)fencing->seconds;
    bool good = fencing_free(&fencing->nodes) && look_at_disk(fencing);

    memcpy(fencing->history.before, fencing->history.found, sizeof(fencing->history.before));
    while (good && now() < end && !fencing->history.problems && !fencing->coherence.stale) {
        good = coherence_play(&fencing->nodes, &fencing->random, TURNS_SECONDS,
                              !fencing->without_shim, &fencing->coherence) &&
               (fencing->without_shim || run_leg(fencing));
    }
    history_print_counts(&fencing->history);
    printf("turns: without a change of hands %" PRIu64 ", with one before it %" PRIu64
           "; stale %" PRIu64 "\n",
           fencing->coherence.turns[0], fencing->coherence.turns[1], fencing->coherence.stale);
    return good && !fencing->history.problems && !fencing->coherence.stale ? 0 : 1;
}

/* What fencing.c's first rule rests on. */
static bool takes_whole_writes(const char *variable)
{
    const char *disk = getenv(variable);
    char path[64], text[32] = {0};
    int fd;

    snprintf(path, sizeof(path), "/sys/block/%.20s/queue/max_sectors_kb",
             disk && strrchr(disk, '/') ? strrchr(disk, '/') + 1 : "");
    fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd >= 0 && read(fd, text, sizeof(text) - 1) < 0)
        text[0] = 0;
    if (fd >= 0)
        close(fd);
    if (strtol(text, NULL, 10) * 1024 >= WRITE_SECTORS_MAX * SECTOR)
        return true;
    fprintf(stderr, "fencing: %s does not take 64 KiB in one command\n", variable);
    return false;
}

static bool parse(struct fencing *fencing, char **words)
{
    for (; *words; words++) {
        if (strcmp(*words, "--without-shim") == 0)
            fencing->without_shim = true;
        else if (strcmp(*words, "--seconds") == 0 && words[1])
            fencing->seconds = strtol(*++words, NULL, 10);
        else if (strcmp(*words, "--seed") == 0 && words[1])
            fencing->seed = strtoull(*++words, NULL, 16);
        else
            return false;
    }
    return true;
}

int main(int argc, char **argv)
{
    static struct fencing fencing = {.seconds = 20};
    struct timespec time;
    int code = EXIT_NO_BED;

    clock_gettime(CLOCK_REALTIME, &time);
    fencing.seed = (uint64_t)time.tv_sec << 20 ^ (uint64_t)time.tv_nsec;
    if (argc < 3 || !parse(&fencing, argv + 3)) {
        fprintf(stderr, "usage: fencing NODE_SCRIPT AGENT [--seconds N] [--seed HEX] "
                        "[--without-shim]\n");
        return EXIT_NO_BED;
    }
    signal(SIGPIPE, SIG_IGN);
    setvbuf(stdout, NULL, _IOLBF, 0);
    printf("fencing: seed %" PRIx64 ", %ld seconds\n", fencing.seed, fencing.seconds);
    fencing.random = soak_random_of(fencing.seed, 0);
    if (takes_whole_writes("NODE1") && takes_whole_writes("NODE2") &&
        fencing_nodes_start(&fencing.nodes, argv[1], argv[2],
                            fencing.without_shim ? NULL : getenv("HOLDFAST_WINE_DIR")))
        code = run(&fencing);
    fencing_nodes_stop(&fencing.nodes);
    return code;
}
