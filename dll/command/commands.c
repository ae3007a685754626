#include "commands.h"

#include "parameters.h"

#include <string.h>

static const char request_details[] =
    "Says nothing when it is done. --json: {\"ok\": true, \"command\", \"disk\"}.";

static const char disk_add_details[] =
    "The prefix is that of WINEPREFIX, ~/.wine without it. A number or a letter becomes a link in "
    "its folder dosdevices, an object name an entry in its registry, HKLM\\Software\\Holdfast\\"
    "Disks. A name in /dev/disk is kept as it is, so that it leads to the same disk whatever "
    "number Linux gives it.\n"
    "Refused without --force: a second name for the same unit, by another path too; a name that "
    "is taken; PhysicalDrive0, which is Wine's own; the letter of a drive with files; a disk that "
    "multipath, LVM or md holds. Refused always: what is no SCSI disk, a partition, and the disk "
    "of a mounted file system or of swap.";
static const char disk_list_details[] =
    "Sends only commands that change nothing, and waits six seconds at most. 'this user' is what "
    "you may do through the name; to reserve takes read and write access, and CAP_SYS_RAWIO unless "
    "the name leads to a /dev/sgN.\n"
    "--json: {\"ok\", \"command\", \"prefix\": path, \"raw_io\": whether you have CAP_SYS_RAWIO, "
    "\"disks\": [{\"name\": text, or null with --all for a disk without one, \"kind\": number, "
    "letter, object or null, \"path\": of the link, or of the best name to add, or null, "
    "\"state\": ok, gone, unreadable, not-a-node, partition, mapped, not-scsi, not-a-disk or "
    "no-disk-node, \"node\", \"sg\", \"address\": host:channel:target:unit, \"vendor\", "
    "\"model\", \"unit\": the unit's own name such as naa.6..., \"serial\", \"size\": bytes, "
    "\"access\" through the name and \"sg_access\" through sg: {\"read\", \"write\", "
    "\"reserve\", \"mode\", \"owner\", \"group\"} or null, \"reservations\": {\"answer\": yes, "
    "unsupported, conflict, not-ready, denied, gone, no-answer or failed; with yes also "
    "\"generation\", \"key_count\", \"keys\": the first 64, \"holder\": {\"key\", \"type\", "
    "\"type_number\", \"scope\", \"scope_number\"} or null, \"capabilities\": {\"power_loss\", "
    "\"types\": numbers} or null} or null}]}. What is not known is null.";
static const char disk_remove_details[] =
    "Programs that have the disk open keep it. A link that leads to something else than a SCSI "
    "disk is removed with --force only.";
static const char status_details[] =
    "Started from Linux it also tells the rights of this user, the disks, and the processes that "
    "carry the shim. --json: {\"ok\", \"holdfast\": version, \"wine\": version or null, \"dll\": "
    "path, \"hook\", \"unix_side\": {\"loaded\", \"status\"} or null, \"problem\": text or null}, "
    "and from Linux further \"wine_tested\": bool or null, \"rights\": [{\"name\", \"held\", "
    "\"forbids\", \"remedy\"}], \"processes\": [{\"pid\", \"windows_pid\", \"program\", "
    "\"prefix\", \"since\", \"hook\", \"unix_side\", \"trace\", \"trace_level\", \"came_by\", "
    "\"problem\"}], \"disk_list\": what 'disk list --json' says; what is not known is null. With "
    "--pid: {\"ok\", \"process\": one of these with "
    "\"shim\": bool, \"disks\": [paths]}. Exit code 0 or 125.";
static const char trace_details[] =
    "What rotation has made of FILE (FILE.1 and so on) is shown before it. Lines that Holdfast did "
    "not write are shown as such. --json: one object a line, {\"file\", \"time\", \"kind\": "
    "request, command, note or foreign, and the line's own fields as text}.";
static const char explain_details[] =
    "A number can mean several things, then all are listed; host=1, status=, scsi=, error= or "
    "sense= "
    "in front of it, as the trace writes them, picks one. Exit code 1 where a code is unknown. "
    "--json: {\"ok\", \"codes\": [{\"code\", \"readings\": [{\"kind\", \"value\", \"name\", "
    "\"meaning\", \"status\", \"error\", \"error_name\", \"retried\", \"delay_ms\", "
    "\"advice\"}], \"help\": text or null}]}.";

const struct command commands[] = {
    {
        .name = "run",
        .operands = {&parameter_program},
        .options = {&parameter_if_possible},
        .rest = "ARGS...",
        .summary = "start a 64-bit Windows program, and what it starts, with the shim in it",
        .details = "Everything from PROGRAM on is the program's own and is passed on as it is. Its "
                   "exit code is holdfast's, unless it could not be run (125 to 127). On Windows "
                   "itself there is no need for this command, and it refuses.",
        .id = COMMAND_RUN,
    },
    {
        .name = "status",
        .options = {&parameter_pid, &parameter_json},
        .summary =
            "say whether the shim can serve here, what it may do, and which processes have it",
        .details = status_details,
        .id = COMMAND_STATUS,
    },
    {
        .name = "trace",
        .operands = {&parameter_trace_file},
        .options = {&parameter_errors, &parameter_of_disk, &parameter_follow, &parameter_json},
        .summary = "show trace files as one table, merged by time",
        .details = trace_details,
        .id = COMMAND_TRACE,
    },
    {
        .name = "explain",
        .operands = {&parameter_code},
        .options = {&parameter_json},
        .summary = "say what an error code means here, and what to do about it",
        .details = explain_details,
        .id = COMMAND_EXPLAIN,
    },
    {
        .name = "keys",
        .operands = {&parameter_disk},
        .options = {&parameter_json},
        .summary = "list the keys registered with a disk",
        .details = "One key a line, as often as the disk reports it. --json: {\"ok\", \"command\", "
                   "\"disk\", \"generation\": number, \"keys\": [\"0x...\"], \"truncated\": "
                   "bool}.",
        .id = COMMAND_KEYS,
    },
    {
        .name = "show",
        .operands = {&parameter_disk},
        .options = {&parameter_json},
        .summary = "show a disk's registrations and who holds the persistent reservation",
        .details = "--json: as keys, and \"reservations\": [{\"key\", \"type\": name or null, "
                   "\"type_number\", \"scope\": name or null, \"scope_number\"}], \"stable\": "
                   "false if registrations kept changing while they were read. There is no "
                   "control code that reads a legacy reservation.",
        .id = COMMAND_SHOW,
    },
    {
        .name = "register",
        .operands = {&parameter_disk, &parameter_key},
        .options = {&parameter_old, &parameter_ignore, &parameter_aptpl, &parameter_json},
        .summary = "register this node's key",
        .details = request_details,
        .request = REQUEST_REGISTER,
        .id = COMMAND_REQUEST,
    },
    {
        .name = "unregister",
        .operands = {&parameter_disk, &parameter_own_key},
        .options = {&parameter_json},
        .summary = "remove this node's key, and its reservation with it",
        .details = request_details,
        .request = REQUEST_UNREGISTER,
        .id = COMMAND_REQUEST,
    },
    {
        .name = "reserve",
        .operands = {&parameter_disk, &parameter_own_key},
        .options = {&parameter_type, &parameter_json},
        .summary = "take the persistent reservation; register first",
        .details = request_details,
        .request = REQUEST_RESERVE,
        .id = COMMAND_REQUEST,
    },
    {
        .name = "release",
        .operands = {&parameter_disk, &parameter_own_key},
        .options = {&parameter_type, &parameter_json},
        .summary = "give up the persistent reservation; the type must be the one it has",
        .details = request_details,
        .request = REQUEST_RELEASE,
        .id = COMMAND_REQUEST,
    },
    {
        .name = "preempt",
        .operands = {&parameter_disk, &parameter_own_key, &parameter_victim},
        .options = {&parameter_type, &parameter_abort, &parameter_json},
        .summary = "remove another node's key, and take its reservation if it holds one",
        .details = request_details,
        .request = REQUEST_PREEMPT,
        .id = COMMAND_REQUEST,
    },
    {
        .name = "clear",
        .operands = {&parameter_disk, &parameter_own_key},
        .options = {&parameter_json},
        .summary = "remove every node's key and the persistent reservation",
        .details = request_details,
        .request = REQUEST_CLEAR,
        .id = COMMAND_REQUEST,
    },
    {
        .name = "legacy-reserve",
        .operands = {&parameter_disk},
        .options = {&parameter_json},
        .summary = "reserve the disk the old way (SCSI RESERVE); lasts until release or reset",
        .details = request_details,
        .request = REQUEST_LEGACY_RESERVE,
        .id = COMMAND_REQUEST,
    },
    {
        .name = "legacy-release",
        .operands = {&parameter_disk},
        .options = {&parameter_json},
        .summary = "give up a reservation made with legacy-reserve",
        .details = request_details,
        .request = REQUEST_LEGACY_RELEASE,
        .id = COMMAND_REQUEST,
    },
    {
        .name = "break",
        .operands = {&parameter_disk},
        .options = {&parameter_json},
        .summary = "break another node's legacy reservation by resetting the disk",
        .details = "Commands under way on the disk are lost and repeated. A persistent reservation "
                   "stays: see preempt. Says nothing when it is done. --json: {\"ok\": true, "
                   "\"command\", \"disk\"}.",
        .request = REQUEST_BREAK,
        .id = COMMAND_REQUEST,
    },
    {
        .name = "disk add",
        .operands = {&parameter_new_disk, &parameter_path},
        .options = {&parameter_as_given, &parameter_dry_run, &parameter_force},
        .summary = "give a SCSI disk of this machine a name in the prefix",
        .details = disk_add_details,
        .id = COMMAND_DISK_ADD,
    },
    {
        .name = "disk list",
        .options = {&parameter_all, &parameter_json},
        .summary = "list the prefix's disks, who may use them, their keys and holder",
        .details = disk_list_details,
        .id = COMMAND_DISK_LIST,
    },
    {
        .name = "disk remove",
        .operands = {&parameter_old_disk},
        .options = {&parameter_dry_run, &parameter_force},
        .summary = "take a disk's name out of the prefix; the disk stays as it is",
        .details = disk_remove_details,
        .id = COMMAND_DISK_REMOVE,
    },
    {
        .name = "install",
        .options = {&parameter_now, &parameter_dry_run},
        .summary = "have the services of this prefix, and what they start, carry the shim",
        .details =
            "Enters a service into the prefix's registry that puts the shim into services.exe "
            "before any other service starts, whoever starts the prefix. May be repeated: "
            "what is missing or of another place is put right. No file of Wine is changed. "
            "What is started otherwise carries the shim by 'holdfast run' or a wrapper.",
        .id = COMMAND_INSTALL,
    },
    {
        .name = "uninstall",
        .options = {&parameter_dry_run},
        .summary = "leave this prefix as it was before 'holdfast install'",
        .details = "The disks' names stay: 'holdfast disk remove' removes them. What runs with the "
                   "shim keeps it until it ends.",
        .id = COMMAND_UNINSTALL,
    },
    {
        .name = "wrapper",
        .operands = {&parameter_wrapped, &parameter_file},
        .summary = "make a shell script that runs a program with the shim in this prefix",
        .details =
            "The script hands its arguments on to PROGRAM, and can stand in the Exec line of "
            "a .desktop file. A FILE that exists is replaced only if it is such a script.",
        .id = COMMAND_WRAPPER,
    },
    {
        .name = "help",
        .operands = {&parameter_topic, &parameter_topic_rest},
        .summary = "list the commands, or explain one",
        .id = COMMAND_HELP,
    },
    {
        .name = "version",
        .summary = "say which version of Holdfast this is",
        .id = COMMAND_VERSION,
    },
    {0},
};

const struct command *command_from_name(const char *name)
{
    for (const struct command *command = commands; command->name; command++)
        if (!strcmp(command->name, name))
            return command;
    return NULL;
}

/* Where the second word of a name begins; NULL: it has one only. */
static const char *second_word(const char *name)
{
    const char *blank = strchr(name, ' ');
    return blank ? blank + 1 : NULL;
}

bool command_is_in_group(const struct command *command, const char *group)
{
    const char *second = second_word(command->name);
    const size_t length = strlen(group);
    return second && (size_t)(second - command->name) == length + 1 &&
           !memcmp(command->name, group, length);
}

bool command_group_exists(const char *group)
{
    for (const struct command *command = commands; command->name; command++)
        if (command_is_in_group(command, group))
            return true;
    return false;
}

const struct command *command_from_words(const char *first, const char *second)
{
    if (!second)
        return command_from_name(first);
    for (const struct command *command = commands; command->name; command++)
        if (command_is_in_group(command, first) && !strcmp(second_word(command->name), second))
            return command;
    return NULL;
}
