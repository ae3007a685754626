#include "bed.h"

#include "disk_state.h"
#include "windows_request.h"
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Without the byte that the agent fills its buffers with. */
const uint64_t node_key[NODES] = {0x1122334455667788, 0x8877665544332211};

static const char *from_environment(const char *name)
{
    const char *value = getenv(name);

    if (!value || !*value) {
        fprintf(stderr, "bed_tests: %s is not set: run it inside tests/bed/machine\n", name);
        return NULL;
    }
    return value;
}

static bool open_shared_disk(struct bed *bed)
{
    static const char *const sg_names[NODES] = {"SG1", "SG2"};
    static const char *const disk_names[NODES] = {"NODE1", "NODE2"};

    for (int i = 0; i < NODES; i++) {
        bed->sg_path[i] = from_environment(sg_names[i]);
        bed->disk_path[i] = from_environment(disk_names[i]);
        if (!bed->sg_path[i] || !bed->disk_path[i])
            return false;
        bed->sg[i] = open(bed->sg_path[i], O_RDWR | O_CLOEXEC);
        if (bed->sg[i] < 0) {
            perror(bed->sg_path[i]);
            return false;
        }
    }
    bed->plain_path = getenv("PLAIN");
    return true;
}

/* Both at once: each first has to start its Wine. */
static bool start_agents(struct bed *bed)
{
    const char *const agents[NODES] = {bed->agent, bed->other_agent};
    bool good = true;

    for (int i = 0; i < NODES; i++) {
        const char *const command[] = {bed->holdfast, "run", agents[i], NULL};

        good = good && windows_node_start(&bed->nodes[i], i + 1, bed->node_script, command);
    }
    for (int i = 0; i < NODES; i++)
        good = good && windows_node_wait_until_ready(&bed->nodes[i]);
    for (int i = 0; i < NODES && !good; i++)
        if (*bed->nodes[i].problem)
            fprintf(stderr, "bed_tests: %s\n", bed->nodes[i].problem);
    return good;
}

bool bed_start(struct bed *bed)
{
    const char *wine_dir = from_environment("HOLDFAST_WINE_DIR");

    if (!wine_dir || !open_shared_disk(bed))
        return false;
    snprintf(bed->holdfast, sizeof(bed->holdfast), "%s/x86_64-windows/holdfast.exe", wine_dir);
    return start_agents(bed);
}

void bed_stop(struct bed *bed)
{
    for (int i = 0; i < NODES; i++)
        windows_node_stop(&bed->nodes[i]);
}

void bed_close_handles(struct bed *bed)
{
    for (int i = 0; i < NODES; i++)
        if (windows_node_send(&bed->nodes[i], "closeall"))
            windows_node_receive(&bed->nodes[i]);
}

int bed_begin_test(void **state)
{
    struct bed *bed = *state;

    bed->doing = NULL;
    assert_true(free_disk(bed));
    assert_disk_is(bed, &disk_free, "before the test");
    for (int i = 0; i < NODES; i++)
        bed->disk[i] = open_on(bed, i, ACCESS_BOTH, FLAGS_NONE, SHARED_DISK);
    return 0;
}

int bed_end_test(void **state)
{
    struct bed *bed = *state;

    bed_close_handles(bed);
    assert_true(free_disk(bed));
    assert_disk_is(bed, &disk_free, "at the end of the test");
    return 0;
}
