/* Linux' own view of the disk, past Wine, and from a third initiator, so that looking takes nothing
 * from the nodes: their unit attentions stay for them to meet. */
#ifndef TESTS_SOAK_SOAK_DISK_H
#define TESTS_SOAK_SOAK_DISK_H

#include "soak_search.h"

struct soak_disk {
    int observer; /* descriptor of OBSERVER_SG */
    const char *observer_path;
    int sg[NODES];
    const char *request_count[NODES]; /* sysfs files */
};

struct soak_view {
    bool is_legacy_reserved; /* nothing else can be seen then */
    uint32_t generation;
    int key_count;
    uint64_t keys[NODES];
    bool is_held;
    uint64_t holder_key;
    uint8_t type;
};

bool soak_disk_open(struct soak_disk *disk);

/* No reservation, no registration; *state is then known. False where the disk does not obey. */
bool soak_disk_free(struct soak_disk *disk, struct soak_state *state);

/* READ KEYS and READ RESERVATION; false where neither they nor a conflict came back. */
bool soak_disk_look(const struct soak_disk *disk, struct soak_view *view);

/* The same by sg_persist, a program that shares nothing with us. */
bool soak_disk_ask_sg_persist(const struct soak_disk *disk, struct soak_view *view);

/* Leaves those of the states that look so. */
void soak_keep_what_shows(struct soak_states *states, const struct soak_view *view);

/* Commands that Linux has sent to the disk for this node since it started. */
uint64_t soak_disk_commands(const struct soak_disk *disk, int node);

void soak_describe_view(const struct soak_view *view, char *line, size_t size);

#endif
