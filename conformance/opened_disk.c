#include "opened_disk.h"

#include "disk_identity.h"
#include "local_node.h"
#include "volumes.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum {
    ERROR_CODE_FILE_NOT_FOUND = 2,
    ERROR_CODE_PATH_NOT_FOUND = 3,
    ERROR_CODE_ACCESS_DENIED = 5,
    ERROR_CODE_WRITE_PROTECT = 19,
    ERROR_CODE_SHARING_VIOLATION = 32,
};

/* What CreateFile's errors mean of a disk. */
static const struct {
    uint32_t error;
    const char *words;
} advice[] = {
    {ERROR_CODE_FILE_NOT_FOUND, "there is no such disk"},
    {ERROR_CODE_PATH_NOT_FOUND, "there is no such disk"},
    {ERROR_CODE_ACCESS_DENIED,
     "access is denied: start it as administrator, or (Wine) as a user who may write to the disk"},
    {ERROR_CODE_WRITE_PROTECT, "the disk is write-protected"},
    {ERROR_CODE_SHARING_VIOLATION, "another program has it for itself"},
};

void complain(const char *format, ...)
{
    va_list arguments;

    fputs("holdfast-conformance: ", stderr);
    va_start(arguments, format);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    fputc('\n', stderr);
}

static bool complain_of_error(const char *name, uint32_t error)
{
    const char *words = "it cannot be opened";

    for (size_t i = 0; i < sizeof(advice) / sizeof(advice[0]); i++)
        if (advice[i].error == error)
            words = advice[i].words;
    complain("%s: %s (error %" PRIu32 ")", name, words, error);
    return false;
}

bool opened_disk_open(struct opened_disk *disk, const char *name)
{
    uint32_t error;

    memset(disk, 0, sizeof(*disk));
    if (!options_disk_name(name, disk->name, sizeof(disk->name)) ||
        !wide_from_utf8(disk->name, disk->wide)) {
        complain("'%.200s' is not the name of a whole disk; say \\\\.\\PhysicalDrive1, or 1", name);
        return false;
    }
    error = disk_open_error(disk->wide);
    if (error)
        return complain_of_error(disk->name, error);
    disk->node = local_node_create(disk->wide);
    if (!disk->node) {
        complain("%s: there is no memory for it", disk->name);
        return false;
    }
    if (disk_identity_read(disk->node, &disk->identity))
        return true;
    complain("%s does not say what it is, so it is left alone", disk->name);
    opened_disk_close(disk);
    return false;
}

bool opened_disk_is_meant(const struct opened_disk *disk, const struct options *options)
{
    const struct disk_identity *identity = &disk->identity;
    char text[IDENTITY_TEXT_MAX];

    if (disk_identity_is(identity, options->serial, options->naa))
        return true;
    disk_identity_text(identity, text);
    if (!identity->serial[0] && !identity->designator[0]) {
        complain("%s has neither a serial number nor a designator, so nothing can show that it "
                 "is the one that you mean; it is left alone\n    %s",
                 disk->name, text);
        return false;
    }
    if (options->serial || options->naa)
        complain("%s is another disk than --serial or --naa says. It is\n    %s", disk->name, text);
    else
        complain("%s is\n    %s", disk->name, text);
    fputs("If that is the disk that you mean, and nobody uses it, repeat what it says:\n    ",
          stderr);
    options_print_corrected(stderr, options, identity->serial[0] ? identity->serial : NULL,
                            identity->designator);
    return false;
}

bool opened_disk_is_safe(const struct opened_disk *disk, const struct options *options,
                         uint32_t platform, struct safety *safety)
{
    const bool changes = options->reserve || options->data_loss || options->bus_reset;

    memset(safety, 0, sizeof(*safety));
    safety_check_reservations(safety, disk->node, changes);
    if (!safety->refusal[0])
        safety_check_content(safety, disk->node, disk->wide, &disk->identity, platform, changes);
    if (!safety->refusal[0])
        return true;
    complain("%s is left alone: %s", disk->name, safety->refusal);
    return false;
}

void opened_disk_close(struct opened_disk *disk)
{
    node_close(disk->node);
    disk->node = NULL;
}
