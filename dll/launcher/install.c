/* `holdfast install` and `uninstall`, the half that is done under Wine: dll/linux/install.c has
 * looked at the prefix before. */
#include "../command/errors.h"
#include "../command/output.h"
#include "../service/carry.h"
#include "handlers.h"
#include "running_services.h"
#include "service_entry.h"
#include "shim.h"

static int fail(const char *what, DWORD error)
{
    output_message("%s (Windows error %u)", what, (unsigned)error);
    return EXIT_OTHER;
}

static int refuse_foreign(void)
{
    output_message("%s is the entry of a service that is not Holdfast's: remove or rename it first",
                   service_entry_key);
    return EXIT_OTHER;
}

/* Wine's version, the hook and the Unix side: without them there is nothing to install. */
static bool can_serve(void)
{
    static struct shim shim;

    if (shim_load(&shim))
        return true;
    output_message("nothing was installed: %s", shim.problem);
    return false;
}

static void add_changes(struct text *text, const struct service_entry *entry, const char *verb)
{
    char line[SERVICE_ENTRY_LINE];

    for (size_t i = 0; i < SERVICE_ENTRY_VALUES; i++) {
        if (entry->as_wanted[i])
            continue;
        service_entry_describe(entry, i, line);
        text_add(text, "%s %s: %s\n", verb, service_entry_key, line);
    }
}

/* Those in which it is too late for the shim. */
static void add_running(struct text *text, bool now)
{
    struct text names = {0};

    running_services_without_shim(&names);
    if (names.length && !names.failed)
        text_add(text,
                 now ? "running without the shim until they are started again: %s\n"
                     : "running without the shim until the prefix is started again: %s "
                       "('holdfast install --now' has them need a start of their own only)\n",
                 names.bytes);
    text_free(&names);
}

static int install(const struct service_entry *entry, bool now)
{
    struct text text = {0};
    const char *problem = NULL;
    DWORD error = service_entry_write(entry);

    if (error)
        return fail("the service could not be entered into the registry; nothing was installed",
                    error);
    if (now)
        problem = carry_into_services(&error);
    add_changes(&text, entry, "set");
    text_add(&text, "%s\n",
             service_entry_is_complete(entry)
                 ? "everything is in place: services of this prefix, and what they start, carry "
                   "the shim"
                 : "installed: services of this prefix, and what they start, carry the shim from "
                   "its next start on");
    if (now && !problem)
        text_add(&text, "so do those that are started from now on\n");
    add_running(&text, now && !problem);
    if (!output_write(&text))
        return EXIT_OTHER;
    if (!problem)
        return EXIT_DONE;
    output_message("--now could not be done: %s (Windows error %u)", problem, (unsigned)error);
    return EXIT_NO_SHIM;
}

static int show_install(const struct service_entry *entry, bool now)
{
    struct text text = {0};

    add_changes(&text, entry, "would set");
    if (now)
        text_add(&text, "would load holdfast.dll into the running services.exe\n");
    if (service_entry_is_complete(entry))
        text_add(&text, "everything is in place\n");
    return output_write(&text) ? EXIT_DONE : EXIT_OTHER;
}

int command_install(const struct arguments *arguments)
{
    struct service_entry entry;
    DWORD error;

    if (!can_serve())
        return EXIT_NO_SHIM;
    error = service_entry_read(&entry);
    if (error == ERROR_FILE_NOT_FOUND) {
        output_message("holdfast-service.exe is not beside holdfast.exe: install Holdfast again");
        return EXIT_NO_SHIM;
    }
    if (error)
        return fail("nothing was installed: the registry or Holdfast's folder could not be read",
                    error);
    if (entry.foreign)
        return refuse_foreign();
    return arguments->dry_run ? show_install(&entry, arguments->now)
                              : install(&entry, arguments->now);
}

static int uninstall(const struct service_entry *entry, bool dry_run)
{
    struct text text = {0};
    DWORD error = ERROR_SUCCESS;

    if (!entry->exists) {
        text_add(&text, "Holdfast is not installed in this prefix\n");
        return output_write(&text) ? EXIT_DONE : EXIT_OTHER;
    }
    if (!dry_run)
        error = service_entry_delete();
    if (error)
        return fail("the service could not be removed from the registry", error);
    text_add(&text, "%s %s\n", dry_run ? "would remove" : "removed", service_entry_key);
    if (!dry_run)
        text_add(&text, "uninstalled: what runs with the shim keeps it until it ends\n");
    return output_write(&text) ? EXIT_DONE : EXIT_OTHER;
}

int command_uninstall(const struct arguments *arguments)
{
    struct service_entry entry;
    const DWORD error = service_entry_read(&entry);

    /* What Holdfast has lost of its own files is no obstacle to leaving. */
    if (error && !entry.exists && error != ERROR_FILE_NOT_FOUND)
        return fail("the registry could not be read", error);
    if (entry.foreign)
        return refuse_foreign();
    return uninstall(&entry, arguments->dry_run);
}
