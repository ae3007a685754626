#include "soak_disk.h"

#include "../bed/big_endian.h"
#include "../bed/hex.h"
#include "../bed/scsi_direct.h"
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { LIST_MAX = 512, RESERVATION_CONFLICT = 0x18, TRIES = 8, OUTPUT_MAX = 4096 };

static const char *variable(const char *name)
{
    const char *value = getenv(name);

    if (!value || !*value)
        fprintf(stderr, "soak: %s is not set: run it inside machine --disks loop,observer\n", name);
    return value && *value ? value : NULL;
}

static int open_node(const char *path)
{
    const int fd = path ? open(path, O_RDWR | O_CLOEXEC) : -1;

    if (path && fd < 0)
        perror(path);
    return fd;
}

/* /dev/sda: the file that counts its requests. Its sg node is the same SCSI device. */
static const char *request_count_of(const char *disk_path)
{
    char *path = malloc(64);

    if (path && disk_path)
        snprintf(path, 64, "/sys/block/%.20s/device/iorequest_cnt", strrchr(disk_path, '/') + 1);
    return path;
}

bool soak_disk_open(struct soak_disk *disk)
{
    const char *const disks[NODES] = {variable("NODE1"), variable("NODE2")};
    const char *const nodes[NODES] = {variable("SG1"), variable("SG2")};

    disk->observer_path = variable("OBSERVER_SG");
    disk->observer = open_node(disk->observer_path);
    if (disk->observer < 0)
        return false;
    for (int i = 0; i < NODES; i++) {
        disk->sg[i] = open_node(nodes[i]);
        disk->request_count[i] = request_count_of(disks[i]);
        if (disk->sg[i] < 0 || !disk->request_count[i])
            return false;
    }
    return true;
}

bool soak_disk_free(struct soak_disk *disk, struct soak_state *state)
{
    struct soak_view view;

    for (int i = 0; i < NODES; i++) {
        scsi_direct_take_unit_attentions(disk->sg[i]);
        scsi_direct_plain(disk->sg[i], DIRECT_RELEASE);
    }
    scsi_direct_pr_out(disk->sg[0], RESERVATION_ACTION_REGISTER_IGNORE_EXISTING, 0, 0, 1);
    scsi_direct_pr_out(disk->sg[0], RESERVATION_ACTION_CLEAR, 0, 1, 0);
    if (!soak_disk_look(disk, &view) || view.is_legacy_reserved || view.key_count)
        return false;
    *state = (struct soak_state){disk_free, view.generation, NOBODY};
    return true;
}

/* Unit attentions are taken: they are the observer's own. */
static bool read_list(int fd, uint8_t action, uint8_t *list, bool *conflict)
{
    for (int i = 0; i < TRIES; i++) {
        const struct scsi_direct result = scsi_direct_pr_in(fd, action, list, LIST_MAX);

        *conflict = result.status == RESERVATION_CONFLICT;
        if (*conflict || scsi_direct_is_good(&result))
            return true;
    }
    return false;
}

bool soak_disk_look(const struct soak_disk *disk, struct soak_view *view)
{
    uint8_t list[LIST_MAX] = {0};

    memset(view, 0, sizeof(*view));
    if (!read_list(disk->observer, RESERVATION_ACTION_READ_KEYS, list, &view->is_legacy_reserved))
        return false;
    if (view->is_legacy_reserved)
        return true;
    view->generation = (uint32_t)big_endian_read(list, 4);
    view->key_count = (int)(big_endian_read(list + 4, 4) / 8);
    for (int i = 0; i < view->key_count && i < NODES; i++)
        view->keys[i] = big_endian_read(list + 8 + 8 * (ptrdiff_t)i, 8);
    memset(list, 0, sizeof(list));
    if (!read_list(disk->observer, RESERVATION_ACTION_READ_RESERVATIONS, list,
                   &view->is_legacy_reserved))
        return false;
    view->is_held = big_endian_read(list + 4, 4) != 0;
    view->holder_key = big_endian_read(list + 8, 8);
    view->type = list[21];
    return true;
}

static bool same_keys(const struct soak_view *view, const struct disk_state *pr)
{
    uint64_t keys[NODES] = {0};
    int count = 0;

    for (int i = 0; i < NODES; i++)
        if (pr->key[i])
            keys[count++] = pr->key[i];
    if (count != view->key_count)
        return false;
    return (view->keys[0] == keys[0] && view->keys[1] == keys[1]) ||
           (count == NODES && view->keys[0] == keys[1] && view->keys[1] == keys[0]);
}

static bool looks_so(const struct soak_state *state, const struct soak_view *view)
{
    const struct disk_state *pr = &state->pr;

    if (view->is_legacy_reserved || state->legacy != NOBODY)
        return view->is_legacy_reserved == (state->legacy != NOBODY);
    if (state->generation != view->generation || !same_keys(view, pr) ||
        view->is_held != (pr->holder != NOBODY))
        return false;
    return !view->is_held || (view->holder_key == pr->key[pr->holder] && view->type == pr->type);
}

void soak_keep_what_shows(struct soak_states *states, const struct soak_view *view)
{
    int kept = 0;

    for (int i = 0; i < states->count; i++)
        if (looks_so(&states->states[i], view))
            states->states[kept++] = states->states[i];
    states->count = kept;
}

uint64_t soak_disk_commands(const struct soak_disk *disk, int node)
{
    char text[32] = {0};
    const int fd = open(disk->request_count[node], O_RDONLY | O_CLOEXEC);

    if (fd < 0 || read(fd, text, sizeof(text) - 1) <= 0)
        text[0] = 0;
    if (fd >= 0)
        close(fd);
    return strtoull(text, NULL, 16);
}

/* What follows `words` in the output, as a number. */
static bool number_after(const char *output, const char *words, uint64_t *number)
{
    const char *at = strstr(output, words);

    if (!at)
        return false;
    at += strlen(words);
    return hex_read(&at, number);
}

static void parse_keys(char *output, struct soak_view *view)
{
    for (char *rest = output, *line; (line = strsep(&rest, "\n"));) {
        const char *at = line + strspn(line, " ");
        uint64_t key;

        if (strncmp(at, "0x", 2) == 0 && view->key_count < NODES && hex_read(&at, &key))
            view->keys[view->key_count++] = key;
    }
}

bool soak_disk_ask_sg_persist(const struct soak_disk *disk, struct soak_view *view)
{
    char output[OUTPUT_MAX];
    uint64_t number;
    int code = run_sg_persist("-r", disk->observer_path, output, sizeof(output));

    memset(view, 0, sizeof(*view));
    view->is_legacy_reserved = code == 24;
    if (code)
        return view->is_legacy_reserved;
    view->is_held = number_after(output, "Key=", &view->holder_key);
    view->type = sg_persist_type(output);
    code = run_sg_persist("-k", disk->observer_path, output, sizeof(output));
    if (code || !number_after(output, "PR generation=", &number))
        return false;
    view->generation = (uint32_t)number;
    parse_keys(output, view);
    return true;
}

void soak_describe_view(const struct soak_view *view, char *line, size_t size)
{
    if (view->is_legacy_reserved)
        snprintf(line, size, "an SPC-2 reservation (nothing else can be seen then)");
    else
        snprintf(line, size,
                 "%d keys: %" PRIx64 " %" PRIx64 ", %s by key %" PRIx64
                 " (type %x), PRgeneration %" PRIx32,
                 view->key_count, view->keys[0], view->keys[1], view->is_held ? "held" : "not held",
                 view->holder_key, view->type, view->generation);
}
