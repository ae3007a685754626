/* What this user may do with disks, as far as Linux decides it. */
#ifndef HOLDFAST_LINUX_RIGHTS_H
#define HOLDFAST_LINUX_RIGHTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct right {
    const char *name;
    bool held;
    const char *forbids; /* what cannot be done without it */
    const char *remedy;  /* how to get it; NULL where it is held */
};

enum { RIGHTS_COUNT = 3 };

/* What decides about it. Sets of capabilities are bit masks by number. */
struct rights_facts {
    uint64_t effective, bounding; /* capabilities */
    bool is_namespace;            /* a user namespace, whose capabilities do not count for disks */
    unsigned generic_nodes;       /* /dev/sgN */
    unsigned usable_nodes;        /* of these, open for reading and writing */
};

void rights_read(struct rights_facts *facts);
void rights_judge(const struct rights_facts *facts, struct right rights[RIGHTS_COUNT]);

/* Of the text of /proc/self/status and /proc/self/uid_map. */
void rights_parse_status(const char *text, struct rights_facts *facts);
bool rights_is_namespace(const char *uid_map);

#endif
