/* bin/holdfast, a Linux program: does itself what concerns Linux and the prefix, and becomes
 * holdfast.exe under Wine for all else. It is a program and not a script because it stands before
 * every start: a shell, and the tools that the script needs, took 3 ms; docs/performance.md. */
#include "../command/dispatch.h"
#include "disk_commands.h"
#include "handlers.h"
#include "prefix_commands.h"
#include "wine.h"

/* Wrong command lines were told by the shared parser before this: Wine is not started for them. */
static int under_wine(const struct arguments *arguments)
{
    return wine_become(arguments->words, arguments->word_count);
}

static const struct command_handlers handlers = {
    .of =
        {
            [COMMAND_DISK_ADD] = command_disk_add,
            [COMMAND_DISK_LIST] = command_disk_list,
            [COMMAND_DISK_REMOVE] = command_disk_remove,
            [COMMAND_INSTALL] = command_install,
            [COMMAND_UNINSTALL] = command_install,
            [COMMAND_WRAPPER] = command_wrapper,
            [COMMAND_STATUS] = command_status,
            [COMMAND_TRACE] = command_trace,
            [COMMAND_EXPLAIN] = command_explain,
        },
    .elsewhere = under_wine,
};

int main(int argc, char **argv)
{
    return command_dispatch(argc ? (size_t)argc - 1 : 0, (const char *const *)argv + 1, &handlers);
}
