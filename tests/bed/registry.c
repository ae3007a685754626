#include "registry.h"

#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#define KEY "HKLM\\Software\\Holdfast\\Disks"

void registry_map(const struct bed *bed, const char *object, const char *path)
{
    const char *const add[] = {bed->node_script, "1",  "reg", "add", KEY, "/v",
                               object,           "/d", path,  "/f",  NULL};
    const char *const delete[] = {bed->node_script, "1",  "reg", "delete", KEY, "/v",
                                  object,           "/f", NULL};
    const char *const *words = path ? add : delete;
    posix_spawn_file_actions_t quiet;
    int status = -1;
    pid_t pid;

    posix_spawn_file_actions_init(&quiet);
    posix_spawn_file_actions_addopen(&quiet, STDOUT_FILENO, "/dev/null", 1, 0);
    if (posix_spawn(&pid, words[0], &quiet, NULL, (char *const *)words, environ) == 0)
        waitpid(pid, &status, 0);
    posix_spawn_file_actions_destroy(&quiet);
    if (status != 0)
        fail_msg("the registry does not take '%s' for %s", path ? path : "nothing", object);
}
