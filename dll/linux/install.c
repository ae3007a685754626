/* `holdfast install` and `uninstall`: what can be refused without Wine is refused here, before Wine
 * makes a prefix where there is none; the rest is dll/launcher/install.c. */
#include "../command/errors.h"
#include "../command/output.h"
#include "prefix.h"
#include "prefix_commands.h"
#include "wine.h"

int command_install(const struct arguments *arguments)
{
    struct prefix prefix;
    struct text problem = {0};
    const bool found = prefix_find(&prefix, &problem);

    if (!found)
        output_message("%s", problem.failed ? "out of memory" : problem.bytes);
    text_free(&problem);
    if (!found)
        return EXIT_OTHER;
    prefix_close(&prefix);
    return wine_become(arguments->words, arguments->word_count);
}
