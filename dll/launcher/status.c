#include "../command/commands.h"
#include "../command/errors.h"
#include "../command/output.h"
#include "handlers.h"
#include "shim.h"

static void add_json(struct text *text, const struct shim *shim, const char *wine, bool ok)
{
    text_add(text, "{\"ok\": %s, \"holdfast\": ", ok ? "true" : "false");
    text_add_json(text, HOLDFAST_VERSION);
    text_add(text, ", \"wine\": ");
    text_add_json(text, wine);
    text_add(text, ", \"dll\": ");
    text_add_json(text, shim->path);
    text_add(text, ", \"hook\": ");
    text_add_json(text, shim->loaded ? shim->status.hook : NULL);
    text_add(text, ", \"unix_side\": ");
    if (shim->loaded)
        text_add(text, "{\"loaded\": %s, \"status\": \"0x%08x\"}",
                 shim->status.unix_status ? "false" : "true", (unsigned)shim->status.unix_status);
    else
        text_add(text, "null");
    text_add(text, ", \"transport\": ");
    text_add_json(text, shim->loaded ? shim->status.transport : NULL);
    text_add(text, ", \"problem\": ");
    text_add_json(text, shim->problem[0] ? shim->problem : NULL);
    text_add(text, "}\n");
}

static void add_words(struct text *text, const struct shim *shim, const char *wine)
{
    text_add(text, "holdfast    %s\n", HOLDFAST_VERSION);
    text_add(text, "wine        %s\n", wine ? wine : "none: this is Windows itself");
    text_add(text, "dll         %s\n", shim->path ? shim->path : "?");
    if (shim->loaded) {
        text_add(text, "hook        %s\n", shim->status.hook);
        if (shim->status.unix_status)
            text_add(text, "unix side   not loaded (status 0x%08x)\n",
                     (unsigned)shim->status.unix_status);
        else
            text_add(text, "unix side   loaded\n");
        text_add(text, "transport   %s\n", shim->status.transport);
    }
    text_add(text, "shim        %s\n", shim->serves ? "active" : "not active");
    if (shim->problem[0])
        text_add(text, shim->serves ? "note        %s\n" : "because     %s\n", shim->problem);
}

int command_status(const struct arguments *arguments)
{
    static struct shim shim;
    const char *wine = shim_wine_version();
    /* On Windows nothing is amiss: there the codes are served without us. */
    const bool ok = shim_load(&shim) || !wine;
    struct text text = {0};

    if (arguments->pid) {
        output_message("--pid needs Linux: start bin/holdfast from a Linux shell");
        return EXIT_USAGE;
    }
    if (arguments->json)
        add_json(&text, &shim, wine, ok);
    else
        add_words(&text, &shim, wine);
    if (!output_write(&text))
        return EXIT_OTHER;
    return ok ? EXIT_DONE : EXIT_NO_SHIM;
}
