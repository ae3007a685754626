/* What every test is given: two Wine nodes and one disk that both see, and Linux' own way to it. */
#ifndef TESTS_BED_BED_H
#define TESTS_BED_BED_H

#include "windows_node.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

enum { NODES = 2, NOBODY = -1 };

struct bed {
    struct windows_node nodes[NODES];
    uint32_t disk[NODES];         /* the agents' handles of the shared disk, opened anew per test */
    int sg[NODES];                /* descriptors of SG1 and SG2 */
    const char *sg_path[NODES];   /* SG1, SG2 */
    const char *disk_path[NODES]; /* NODE1, NODE2 */
    const char *plain_path;       /* PLAIN; NULL without --disks debug */
    const char *node_script;      /* tests/bed/node */
    const char *agent;            /* bed_agent.exe, node 1's */
    const char *other_agent;      /* node 2's: the same, or one of another architecture */
    char holdfast[512];           /* holdfast.exe */
    const char *doing;            /* for messages, where one test does many things; or NULL */
};

/* Which key a node registers with where the test does not care. */
extern const uint64_t node_key[NODES];

/* Opens the disks and starts both agents; false after having said what is wrong. */
bool bed_start(struct bed *bed);
void bed_stop(struct bed *bed);

/* Closes every handle that the agents have. */
void bed_close_handles(struct bed *bed);

/* cmocka's set-up and tear-down of every test; *state is the bed. Each leaves an unreserved disk
 * without registrations or pending unit attentions, and says so by sg_persist. */
int bed_begin_test(void **state);
int bed_end_test(void **state);

/* The tests of one file. */
struct suite {
    const char *name;
    const struct CMUnitTest *tests;
    size_t count;
};

#define SUITE(name, tests)                            \
    {                                                 \
        name, tests, sizeof(tests) / sizeof(*(tests)) \
    }

#endif
