/* What this user may do with a disk's nodes. */
#ifndef HOLDFAST_LINUX_ACCESS_H
#define HOLDFAST_LINUX_ACCESS_H

#include "host.h"

struct node_access {
    bool exists, is_generic;
    bool may_read, may_write;
    bool may_reserve; /* sends the commands that change reservations */
    mode_t mode;
    char owner[32], group[32]; /* names, or numbers where these have none */
};

/* CAP_SYS_RAWIO, which SG_IO on /dev/sdX wants for these commands, and on /dev/sgN does not
 * (semantics 2). */
bool access_has_raw_io(const struct host *host);

struct node_access access_find(const struct host *host, const char *path);

#endif
