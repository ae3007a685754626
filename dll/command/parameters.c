#include "parameters.h"

#include "values.h"

static bool take_disk(struct arguments *arguments, const char *text, struct text *problem)
{
    (void)problem; /* what a disk may be called depends on the system: see disk_name.h */
    arguments->disk = text;
    return true;
}

static bool take_any_key(uint64_t *key, const char *text, struct text *problem)
{
    if (key_parse(text, key))
        return true;
    text_add(problem, "'%s' is not a reservation key: give 1 to 16 hexadecimal digits", text);
    return false;
}

static bool take_key(struct arguments *arguments, const char *text, struct text *problem)
{
    return take_any_key(&arguments->values.key, text, problem);
}

/* REGISTER with key 0 unregisters (SPC-4 5.13.7), which nobody should do by a slip. */
static bool take_new_key(struct arguments *arguments, const char *text, struct text *problem)
{
    if (!take_key(arguments, text, problem))
        return false;
    if (arguments->values.key)
        return true;
    text_add(problem, "key 0 means no registration: to remove one say 'holdfast unregister'");
    return false;
}

static bool take_victim(struct arguments *arguments, const char *text, struct text *problem)
{
    return take_any_key(&arguments->values.victim, text, problem);
}

static bool take_program(struct arguments *arguments, const char *text, struct text *problem)
{
    (void)arguments; /* its place in the command line counts, not its value */
    (void)text;
    (void)problem;
    return true;
}

static bool take_wrapped(struct arguments *arguments, const char *text, struct text *problem)
{
    arguments->wrapped = text;
    if (*text)
        return true;
    text_add(problem, "PROGRAM is empty: give its path or name");
    return false;
}

static bool take_file(struct arguments *arguments, const char *text, struct text *problem)
{
    arguments->file = text;
    if (*text)
        return true;
    text_add(problem, "FILE is empty: give its path");
    return false;
}

static bool take_topic(struct arguments *arguments, const char *text, struct text *problem)
{
    arguments->topic = text;
    if (command_from_words(text, NULL) || command_group_exists(text))
        return true;
    text_add(problem, "there is no command '%s': see 'holdfast --help'", text);
    return false;
}

static bool take_topic_rest(struct arguments *arguments, const char *text, struct text *problem)
{
    const struct command *command = command_from_words(arguments->topic, text);
    if (!command) {
        text_add(problem, "there is no command '%s %s': see 'holdfast --help'", arguments->topic,
                 text);
        return false;
    }
    arguments->topic = command->name;
    return true;
}

static bool take_path(struct arguments *arguments, const char *text, struct text *problem)
{
    (void)problem;
    arguments->path = text;
    return true;
}

static bool take_old(struct arguments *arguments, const char *text, struct text *problem)
{
    arguments->old_key_given = true;
    return take_any_key(&arguments->values.old_key, text, problem);
}

static bool take_type(struct arguments *arguments, const char *text, struct text *problem)
{
    const struct reservation_type *type = type_parse(text);
    if (type && type->settable) {
        arguments->values.type = type->number;
        return true;
    }
    if (type)
        text_add(problem, "Windows' control codes cannot carry type %s: give", type->name);
    else
        text_add(problem, "'%s' is not a type of reservation: give", text);
    for (type = reservation_types; type->number; type++)
        if (type->settable)
            text_add(problem, "%s %s (%s, %u)", type == reservation_types ? "" : ",", type->name,
                     type->short_name, type->number);
    return false;
}

static bool take_list(struct arguments *arguments, const char *text, struct text *problem)
{
    if (arguments->list_count == ARGUMENTS_LIST_MAX) {
        text_add(problem, "more than %u of them are too many", (unsigned)ARGUMENTS_LIST_MAX);
        return false;
    }
    arguments->list[arguments->list_count++] = text;
    return true;
}

static bool take_of_disk(struct arguments *arguments, const char *text, struct text *problem)
{
    (void)problem; /* any name that a trace may hold */
    arguments->of_disk = text;
    return true;
}

/* Windows' process ids are multiples of four in 32 bits; Linux' have 22. */
static bool take_pid(struct arguments *arguments, const char *text, struct text *problem)
{
    uint32_t pid = 0;
    const char *digit = text;
    while (*digit >= '0' && *digit <= '9' && pid < 100000000)
        pid = pid * 10 + (uint32_t)(*digit++ - '0');
    if (*digit || !pid) {
        text_add(problem, "'%s' is not a process id: give a decimal number", text);
        return false;
    }
    arguments->pid = pid;
    return true;
}

#define FLAG(member)                                                                               \
    static bool take_##member(struct arguments *arguments, const char *text, struct text *problem) \
    {                                                                                              \
        (void)text;                                                                                \
        (void)problem;                                                                             \
        arguments->member = true;                                                                  \
        return true;                                                                               \
    }
#define VALUE_FLAG(member)                                                                         \
    static bool take_##member(struct arguments *arguments, const char *text, struct text *problem) \
    {                                                                                              \
        (void)text;                                                                                \
        (void)problem;                                                                             \
        arguments->values.member = true;                                                           \
        return true;                                                                               \
    }
FLAG(json)
FLAG(if_possible)
FLAG(all)
FLAG(as_given)
FLAG(dry_run)
FLAG(force)
FLAG(now)
FLAG(errors)
FLAG(follow)
VALUE_FLAG(ignore)
VALUE_FLAG(aptpl)
VALUE_FLAG(abort)

const struct parameter parameter_disk = {
    .name = "DISK",
    .summary = "\\\\.\\PhysicalDrive1, PhysicalDrive1, 1, \\\\.\\E:, E:, or under Wine /dev/sdb",
    .take = take_disk,
};
const struct parameter parameter_key = {
    .name = "KEY",
    .summary = "the key to be registered: 1 to 16 hexadecimal digits, with or without 0x",
    .take = take_new_key,
};
const struct parameter parameter_own_key = {
    .name = "KEY",
    .summary = "the key that this node has registered, in hexadecimal digits",
    .take = take_key,
};
const struct parameter parameter_victim = {
    .name = "VICTIM",
    .summary = "the key to be removed, with the reservation it may hold",
    .take = take_victim,
};
const struct parameter parameter_program = {
    .name = "PROGRAM",
    .summary = "a path in Windows' or, under Wine, in Unix form, or a name found through PATH",
    .take = take_program,
};
const struct parameter parameter_topic = {
    .name = "COMMAND",
    .summary = "the command to explain; without it, all are listed",
    .optional = true,
    .take = take_topic,
};
/* Named like the first: "help disk add" explains one command, in two words. */
const struct parameter parameter_topic_rest = {
    .name = "WORD",
    .summary = "the second word of a command that has two",
    .optional = true,
    .take = take_topic_rest,
};
const struct parameter parameter_new_disk = {
    .name = "NAME",
    .summary =
        "a number N for \\\\.\\PhysicalDriveN, a letter such as E: for \\\\.\\E:, or the object "
        "name of one of Wine's own devices, such as \\Device\\HarddiskVolume2",
    .take = take_disk,
};
const struct parameter parameter_old_disk = {
    .name = "NAME",
    .summary = "the disk's name in the prefix, as 'holdfast disk list' shows it",
    .take = take_disk,
};
const struct parameter parameter_path = {
    .name = "PATH",
    .summary =
        "the Linux disk, best by a name that stays (/dev/disk/by-id/wwn-0x...); /dev/sdb and "
        "/dev/sg1 are turned into such a name",
    .take = take_path,
};

const struct parameter parameter_old = {
    .name = "--old",
    .value = "KEY",
    .summary = "the key that this node has registered so far (0: none; the default)",
    .take = take_old,
};
const struct parameter parameter_ignore = {
    .name = "--ignore",
    .summary = "register whatever this node has registered so far",
    .take = take_ignore,
};
const struct parameter parameter_aptpl = {
    .name = "--aptpl",
    .summary = "the disk is to keep registrations and reservation through power loss",
    .take = take_aptpl,
};
const struct parameter parameter_type = {
    .name = "--type",
    .value = "TYPE",
    .summary = "write-exclusive (we, 1), exclusive-access (ea, 3), write-exclusive-registrants "
               "(we-ro, 5; the default) or exclusive-access-registrants (ea-ro, 6)",
    .take = take_type,
};
const struct parameter parameter_abort = {
    .name = "--abort",
    .summary = "also abort the commands that the victim has under way",
    .take = take_abort,
};
const struct parameter parameter_json = {
    .name = "--json",
    .summary = "answer with one JSON object on standard output, after errors too",
    .take = take_json,
};
const struct parameter parameter_if_possible = {
    .name = "--if-possible",
    .summary = "run PROGRAM without the shim, with a warning, where the shim cannot serve",
    .take = take_if_possible,
};
const struct parameter parameter_all = {
    .name = "--all",
    .summary = "also list the machine's SCSI disks that have no name in this prefix",
    .take = take_all,
};
const struct parameter parameter_as_given = {
    .name = "--as-given",
    .summary = "link PATH as it is, though the kernel may give it to another disk",
    .take = take_as_given,
};
const struct parameter parameter_dry_run = {
    .name = "--dry-run",
    .summary = "make every check, say what would be done, and change nothing",
    .take = take_dry_run,
};
const struct parameter parameter_force = {
    .name = "--force",
    .summary = "do it in spite of the doubts that the answer without it names",
    .take = take_force,
};
const struct parameter parameter_now = {
    .name = "--now",
    .summary = "also have services that are started before then carry the shim",
    .take = take_now,
};
const struct parameter parameter_wrapped = {
    .name = "PROGRAM",
    .summary = "a path in Windows' or Unix form, or a name that 'holdfast run' would find",
    .take = take_wrapped,
};
const struct parameter parameter_file = {
    .name = "FILE",
    .summary = "the script to be written; without it, it is printed",
    .optional = true,
    .take = take_file,
};

const struct parameter parameter_trace_file = {
    .name = "FILE",
    .summary = "a file that HOLDFAST_TRACE named; several are merged",
    .repeated = true,
    .take = take_list,
};
const struct parameter parameter_code = {
    .name = "CODE",
    .summary = "an NTSTATUS (0xC00000BB, STATUS_NOT_SUPPORTED), a Windows error (170, ERROR_BUSY), "
               "sense (6/2a/03), a SCSI status (0x18, BUSY) or a host code (DID_NO_CONNECT)",
    .repeated = true,
    .take = take_list,
};
const struct parameter parameter_errors = {
    .name = "--errors",
    .summary = "only what failed, and what was noted",
    .take = take_errors,
};
const struct parameter parameter_of_disk = {
    .name = "--disk",
    .value = "NAME",
    .summary = "only lines about this disk, as the trace calls it (sda, sg1)",
    .take = take_of_disk,
};
const struct parameter parameter_follow = {
    .name = "--follow",
    .summary = "go on with what is added, over rotation, until interrupted",
    .take = take_follow,
};
const struct parameter parameter_pid = {
    .name = "--pid",
    .value = "PID",
    .summary = "of one process, by its Linux or its Windows process id",
    .take = take_pid,
};
