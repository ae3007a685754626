/* holdfast disk list: what the prefix's disks are and how they are. */
#include "../command/errors.h"
#include "../command/output.h"
#include "disk_commands.h"
#include "listing.h"

/* As the commands of holdfast.exe answer (launcher/show.c). */
static void write_failure(const struct arguments *arguments, const struct text *problem)
{
    const char *words = problem->bytes ? problem->bytes : "out of memory";
    struct text json = {0};

    output_message("disk list: %s", words);
    if (!arguments->json)
        return;
    text_add(&json, "{\"ok\": false, \"command\": \"disk list\", \"disk\": null, \"error\": "
                    "{\"code\": null, \"name\": null, \"message\": ");
    text_add_json(&json, words);
    text_add(&json, ", \"hint\": null, \"exit_code\": %d}}\n", EXIT_OTHER);
    output_write(&json);
}

int command_disk_list(const struct arguments *arguments)
{
    struct prefix prefix = PREFIX_NONE;
    struct listing listing = {0};
    struct text problem = {0}, text = {0};
    int code = EXIT_OTHER;

    if (prefix_find(&prefix, &problem) &&
        listing_gather(&this_host, &prefix, arguments->all, &listing, &problem)) {
        if (arguments->json)
            listing_add_json(&text, &listing);
        else
            listing_add_words(&text, &listing);
        code = output_write(&text) ? EXIT_DONE : EXIT_OTHER;
    } else {
        write_failure(arguments, &problem);
    }
    listing_free(&listing);
    text_free(&problem);
    prefix_close(&prefix);
    return code;
}
