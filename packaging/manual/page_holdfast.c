/* holdfast(1) */
#include "../../dll/command/commands.h"
#include "../../dll/command/errors.h"
#include "../../dll/command/usage.h"
#include "../../dll/command/values.h"
#include "pages.h"
#include "roff.h"

#include <string.h>

struct entry {
    const char *name, *meaning;
};

/* What is no command and no option; each has a section of docs/operations.md. */
static const struct entry environment[] = {
    {"WINEPREFIX", "the prefix whose disks and processes are meant; ~/.wine without it"},
    {"WINE", "the Wine to be used, a path or a name; without it /usr/lib/wine/wine64, or wine or "
             "wine64 of PATH"},
    {"WINEDLLPATH", "holdfast puts its own folder in front of what is there: by this Wine finds "
                    "holdfast.dll and the Unix side of it"},
    {"HOLDFAST_TRACE", "where each request is written down, with what was sent and what the disk "
                       "answered: stderr, or the path of a file"},
    {"HOLDFAST_TRANSPORT",
     "unix or spti: allows only that way to the disks, by holdfast.so or by SCSI "
     "pass-through"},
    {"HOLDFAST_HOOK", "\"hot patch\" or \"import slot\": allows only that way into the program"},
};

static const struct entry files[] = {
    {"$WINEPREFIX/dosdevices/physicaldriveN",
     "a symbolic link to the Linux disk that programs see as \\\\.\\PhysicalDriveN"},
    {"/usr/lib/udev/rules.d/60-holdfast.rules",
     "gives group holdfast the disks that the administrator has marked, and else nothing"},
    {"/usr/share/doc/holdfast/docs/operations.md",
     "the guide: set-up of two nodes, permissions, services, troubleshooting"},
};

static const struct entry examples[] = {
    {"holdfast show 1", "Who is registered with \\\\.\\PhysicalDrive1, and who holds it?"},
    {"holdfast register 1 a1", "Register this node with key a1."},
    {"holdfast reserve 1 a1 --type we", "Nobody but this node may write from now on."},
    {"holdfast preempt 1 b2 a1 --type we", "Node b2 takes over from a1."},
    {"holdfast run 'C:\\Program Files\\Cluster\\node.exe'",
     "Start a program; its own reservation requests reach the disk, and those of its children."},
};

#define ADD_ENTRIES(text, font, entries) \
    add_entries(text, font, entries, sizeof(entries) / sizeof((entries)[0]))

static void add_entries(struct text *text, char font, const struct entry *entry, size_t count)
{
    for (; count; count--, entry++)
        roff_add_entry(text, font, entry->name, NULL, entry->meaning);
}

/* The help's own line, without the word in front and the line's end. */
static void add_usage(struct text *text, const struct command *command)
{
    static const char before[] = "usage: ";
    struct text line = {0};

    usage_add_line(&line, command);
    text->failed |= line.failed;
    if (!line.failed) {
        line.bytes[strcspn(line.bytes, "\n")] = 0;
        roff_add_words(text, line.bytes + strlen(before));
        text_add(text, "\n");
    }
    text_free(&line);
}

static void add_parameters(struct text *text, char font, const struct parameter *const *parameters)
{
    for (; *parameters; parameters++)
        roff_add_entry(text, font, (*parameters)->name, (*parameters)->value,
                       (*parameters)->summary);
}

static void add_command(struct text *text, const struct command *command)
{
    text_add(text, ".SS ");
    add_usage(text, command);
    roff_add_words(text, command->summary);
    text_add(text, "\n");
    add_parameters(text, 'I', command->operands);
    add_parameters(text, 'B', command->options);
    if (command->details) {
        text_add(text, ".PP\n");
        roff_add_paragraphs(text, command->details);
    }
}

static void add_types(struct text *text)
{
    roff_add_section(text, "TYPES OF PERSISTENT RESERVATIONS");
    for (const struct reservation_type *type = reservation_types; type->number; type++)
        if (type->settable)
            roff_add_entry(text, 'B', type->short_name, NULL, type->name);
}

static void add_exit_codes(struct text *text)
{
    roff_add_section(text, "EXIT STATUS");
    for (const struct exit_description *exit = exit_descriptions; exit->words; exit++) {
        struct text code = {0};
        text_add(&code, "%d", exit->code);
        roff_add_entry(text, 'B', code.failed ? "?" : code.bytes, NULL, exit->words);
        text_free(&code);
    }
}

static void add_introduction(struct text *text)
{
    roff_add_section(text, "NAME");
    text_add(text, "holdfast \\- SCSI reservations of shared disks for Windows programs under "
                   "Wine\n");
    roff_add_section(text, "SYNOPSIS");
    text_add(text, "\\fBholdfast\\fR \\fICOMMAND\\fR [\\fIARGUMENTS\\fR...]\n.br\n"
                   "\\fBholdfast help\\fR [\\fICOMMAND\\fR]\n");
    roff_add_section(text, "DESCRIPTION");
    roff_add_paragraphs(
        text,
        "Windows cluster software fences shared disks through five control codes of "
        "DeviceIoControl, which Wine answers with \"not supported\". Holdfast answers them for "
        "real: it turns them into SCSI commands to the Linux disk behind a Windows name, and "
        "gives back every status, error and byte as Windows would.\n"
        "A reservation shuts out every other node at once. Look twice which disk you name.");
}

void page_add_holdfast(struct text *text, const struct release *release)
{
    roff_add_title(text, "holdfast", release->date, release->version);
    add_introduction(text);
    roff_add_section(text, "COMMANDS");
    for (const struct command *command = commands; command->name; command++)
        add_command(text, command);
    add_types(text);
    add_exit_codes(text);
    roff_add_section(text, "ENVIRONMENT");
    ADD_ENTRIES(text, 'B', environment);
    roff_add_section(text, "FILES");
    ADD_ENTRIES(text, 'I', files);
    roff_add_section(text, "EXAMPLES");
    ADD_ENTRIES(text, 'B', examples);
    roff_add_section(text, "SEE ALSO");
    text_add(text, ".BR holdfast\\-conformance (1),\n.BR wine (1),\n.BR sg_persist (8),\n"
                   ".BR udev (7)\n");
}
