/* The simulator's folder: what is a node, the state that all processes share, and the media.
 *
 *     node1 node2 plain      stand for /dev/sda, sdb and sdc: two nexuses of one unit, and another
 * unit medium plain_medium    the units' blocks state                  struct folder_state lacks
 * inject           orders.h; inject is emptied when it has been read log                    where
 * it exists, a line is added for every command */
#ifndef SIMULATOR_FOLDER_H
#define SIMULATOR_FOLDER_H

#include "unit.h"

#include <signal.h>
#include <stdio.h>
#include <sys/stat.h>

enum folder_node { FOLDER_NODE_1, FOLDER_NODE_2, FOLDER_PLAIN, FOLDER_NODES, FOLDER_NO_NODE = -1 };

enum { FOLDER_UNITS = 2, FOLDER_MAGIC = 0x31464853, FOLDER_BLOCKS = 64 * 1024 * 1024 / UNIT_BLOCK };

struct folder_stamp {
    _Alignas(8) uint64_t inode, size;
    int64_t seconds, nanoseconds;
};

/* Of one layout for 64-bit and 32-bit processes, which share it. */
struct folder_state {
    uint32_t magic,
        size; /* size: of this structure, so that another build's is not taken for ours */
    struct folder_stamp lacks;
    uint8_t lost_writes[FOLDER_NODES]; /* of the page cache, for the next fsync to tell */
    struct unit units[FOLDER_UNITS];
};

/* Makes a folder, or makes one new in place: processes that have it open see the new one. False:
 * said why on stderr. */
bool folder_make(const char *path);

/* In a process where HOLDFAST_SIMULATOR names no folder there are no nodes. */
enum folder_node folder_node(const struct stat *status);
enum folder_node folder_node_of_fd(int fd);

/* A node, its unit and nexus, locked; no signal comes in between. Reads lacks and inject first. */
struct folder_access {
    enum folder_node node;
    unsigned int nexus;
    struct unit *unit;
    uint8_t *lost_writes;
    sigset_t signals;
    int error; /* errno before; the unlocking gives it back */
};
void folder_lock(enum folder_node node, struct folder_access *access);
void folder_unlock(const struct folder_access *access);

/* Runs one command, and logs it. */
struct unit_answer folder_execute(const struct folder_access *access,
                                  const struct unit_command *command);
void folder_log(const struct folder_access *access, const char *words);

int folder_medium(enum folder_node node);
extern const struct unit_medium folder_media[FOLDER_NODES];

#endif
