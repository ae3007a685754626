#include "errors.h"

#include <string.h>

const struct exit_description exit_descriptions[] = {
    {EXIT_DONE, "done"},
    {EXIT_OTHER, "an error that has no code of its own"},
    {EXIT_USAGE, "wrong usage; nothing was sent"},
    {EXIT_NO_DISK, "no such disk, or it is gone"},
    {EXIT_NO_ACCESS, "access denied"},
    {EXIT_NO_RESERVATIONS, "not a disk that has reservations"},
    {EXIT_REFUSED, "the disk or its driver refused the request as wrong"},
    {EXIT_NOT_READY, "the disk is not ready, or did not answer in time"},
    {EXIT_IO, "input/output error"},
    {EXIT_CONFLICT, "reservation conflict (Windows error 170, ERROR_BUSY)"},
    {EXIT_NO_SHIM, "the shim is not active or could not be set up"},
    {EXIT_NOT_STARTED, "run: PROGRAM was found but could not be started"},
    {EXIT_NOT_FOUND, "run: PROGRAM was not found"},
    {EXIT_DONE, NULL},
};

static const char hint_name[] = "check the name; disks are numbered in Disk Management";
static const char hint_name_wine[] =
    "check the name: a Linux disk is /dev/sdb, or PhysicalDrive1 once 'holdfast disk add 1 "
    "/dev/disk/by-id/...' has given it that name; see 'holdfast disk list'";
static const char hint_access[] =
    "changing reservations needs a handle with read and write access: run as Administrator";
static const char hint_access_wine[] =
    "the Linux user needs read and write access to the node, and for /dev/sdX also CAP_SYS_RAWIO; "
    "/dev/sgN needs no capability";
static const char hint_unsupported[] =
    "this disk or its driver has no reservations of this kind; use a shared SCSI, SAS, iSCSI or "
    "Fibre Channel disk";
static const char hint_unsupported_wine[] =
    "this is not a SCSI disk that Holdfast can reach: name the Linux node of one (/dev/sdb or "
    "/dev/sg1), and see 'holdfast status'";
static const char hint_conflict[] =
    "another node holds a reservation, or the key given is not the one registered here: see "
    "'holdfast show'";
static const char hint_again[] = "try again; if it stays so, look at the disk and the path to it";
static const char hint_again_wine[] =
    "try again; if it stays so, look at the disk and the path to it (dmesg)";
static const char hint_release[] =
    "the reservation is of another type or scope: see 'holdfast show' and give that --type";
static const char hint_refused[] = "the driver knows the request and not these values; see 'show'";

static const struct error_description descriptions[] = {
    {1, "ERROR_INVALID_FUNCTION", EXIT_NO_RESERVATIONS,
     "the disk does not know this command, or refused a field of it", hint_unsupported,
     "use a disk with persistent reservations: 'sg_persist --in --report-capabilities' asks it"},
    {2, "ERROR_FILE_NOT_FOUND", EXIT_NO_DISK, "no such disk", hint_name, hint_name_wine},
    {3, "ERROR_PATH_NOT_FOUND", EXIT_NO_DISK, "no such disk", hint_name, hint_name_wine},
    {5, "ERROR_ACCESS_DENIED", EXIT_NO_ACCESS, "access denied", hint_access, hint_access_wine},
    {6, "ERROR_INVALID_HANDLE", EXIT_OTHER, "the handle is closed or no file's",
     "the program has a fault of its own", NULL},
    {8, "ERROR_NOT_ENOUGH_MEMORY", EXIT_OTHER, "out of memory", NULL, NULL},
    {13, "ERROR_INVALID_DATA", EXIT_IO, "the disk's answer makes no sense",
     "the disk or its driver is faulty", NULL},
    {19, "ERROR_WRITE_PROTECT", EXIT_REFUSED, "the disk is write-protected", NULL, NULL},
    {20, "ERROR_BAD_UNIT", EXIT_NO_DISK, "no such disk", hint_name, hint_name_wine},
    {21, "ERROR_NOT_READY", EXIT_NOT_READY, "the disk is not ready", hint_again, hint_again_wine},
    {23, "ERROR_CRC", EXIT_IO, "medium error", hint_again, hint_again_wine},
    {24, "ERROR_BAD_LENGTH", EXIT_REFUSED, "the driver refused the request's length", hint_refused,
     NULL},
    {27, "ERROR_SECTOR_NOT_FOUND", EXIT_REFUSED, "the disk refused an address", NULL, NULL},
    {31, "ERROR_GEN_FAILURE", EXIT_IO, "the device failed", hint_again, hint_again_wine},
    {32, "ERROR_SHARING_VIOLATION", EXIT_NO_ACCESS, "another program has the disk for itself",
     "close it there and try again", NULL},
    {38, "ERROR_HANDLE_EOF", EXIT_REFUSED, "the end of the disk", NULL, NULL},
    {50, "ERROR_NOT_SUPPORTED", EXIT_NO_RESERVATIONS,
     "reservations are not supported through this name", hint_unsupported, hint_unsupported_wine},
    {53, "ERROR_BAD_NETPATH", EXIT_NO_DISK, "no such disk", hint_name, hint_name_wine},
    {55, "ERROR_DEV_NOT_EXIST", EXIT_NO_DISK, "the disk is gone", hint_again, hint_again_wine},
    {87, "ERROR_INVALID_PARAMETER", EXIT_REFUSED, "the driver refused a value of the request",
     hint_refused, NULL},
    {112, "ERROR_DISK_FULL", EXIT_REFUSED, "the end of the disk", NULL, NULL},
    {121, "ERROR_SEM_TIMEOUT", EXIT_NOT_READY, "the disk did not answer in time", hint_again,
     hint_again_wine},
    {123, "ERROR_INVALID_NAME", EXIT_NO_DISK, "no such disk", hint_name, hint_name_wine},
    {126, "ERROR_MOD_NOT_FOUND", EXIT_NO_SHIM, "a DLL or its Unix side was not found",
     "start the program by 'holdfast run'", NULL},
    {161, "ERROR_BAD_PATHNAME", EXIT_NO_DISK, "no such disk", hint_name, hint_name_wine},
    {170, "ERROR_BUSY", EXIT_CONFLICT, "reservation conflict", hint_conflict, NULL},
    {314, "ERROR_DISK_RESOURCES_EXHAUSTED", EXIT_IO, "a thinly provisioned disk has no room left",
     "give it more room in the storage system", NULL},
    {315, "ERROR_INVALID_TOKEN", EXIT_REFUSED, "the disk refused a token of an offloaded copy",
     NULL, NULL},
    {317, "ERROR_MR_MID_NOT_FOUND", EXIT_OTHER, "a status for which Windows has no error",
     "look at the status in the trace and have that explained", NULL},
    {321, "ERROR_DEVICE_UNREACHABLE", EXIT_IO, "the disk cannot be reached", hint_again,
     hint_again_wine},
    {327, "ERROR_OFFSET_ALIGNMENT_VIOLATION", EXIT_REFUSED,
     "the disk refused to release this reservation", hint_release, NULL},
    {331, "ERROR_TOO_MANY_DESCRIPTORS", EXIT_REFUSED, "the disk refused the request", NULL, NULL},
    {433, "ERROR_NO_SUCH_DEVICE", EXIT_NO_DISK, "the disk is gone", hint_again, hint_again_wine},
    {483, "ERROR_DEVICE_HARDWARE_ERROR", EXIT_IO, "the disk has a hardware error", NULL, NULL},
    {997, "ERROR_IO_PENDING", EXIT_OTHER, "the request is under way; its end comes by OVERLAPPED",
     NULL, NULL},
    {998, "ERROR_NOACCESS", EXIT_OTHER, "a buffer could not be used", NULL, NULL},
    {1104, "ERROR_NO_DATA_DETECTED", EXIT_IO, "the medium is blank there", NULL, NULL},
    {1106, "ERROR_INVALID_BLOCK_LENGTH", EXIT_IO,
     "the disk moved another length than was asked for", hint_again, hint_again_wine},
    {1117, "ERROR_IO_DEVICE", EXIT_IO, "input/output error", hint_again, hint_again_wine},
    {1167, "ERROR_DEVICE_NOT_CONNECTED", EXIT_NO_DISK, "the disk is not connected", hint_again,
     hint_again_wine},
    {1237, "ERROR_RETRY", EXIT_NOT_READY, "the disk asks to try again", hint_again,
     hint_again_wine},
    {1306, "ERROR_REVISION_MISMATCH", EXIT_NO_SHIM,
     "holdfast.dll and holdfast.so are of different versions", "install both from one build", NULL},
    {1450, "ERROR_NO_SYSTEM_RESOURCES", EXIT_OTHER, "out of memory", NULL, NULL},
    {1784, "ERROR_INVALID_USER_BUFFER", EXIT_REFUSED, "the driver refused the buffer", NULL, NULL},
    {1785, "ERROR_UNRECOGNIZED_MEDIA", EXIT_IO, "the medium has an unknown format", NULL, NULL},
    {4340, "ERROR_CLEANER_CARTRIDGE_INSTALLED", EXIT_NOT_READY,
     "a cleaning cartridge is in the drive", "take it out", NULL},
};

static const struct error_description unknown = {
    0, NULL, EXIT_OTHER, "the request failed", NULL, NULL,
};

const struct error_description *error_describe(uint32_t error)
{
    for (size_t i = 0; i < sizeof(descriptions) / sizeof(descriptions[0]); i++)
        if (descriptions[i].error == error)
            return &descriptions[i];
    return &unknown;
}

const struct error_description *error_from_name(const char *name)
{
    for (size_t i = 0; i < sizeof(descriptions) / sizeof(descriptions[0]); i++)
        if (strcmp(descriptions[i].name, name) == 0)
            return &descriptions[i];
    return NULL;
}

const struct error_description *error_at(size_t index)
{
    return index < sizeof(descriptions) / sizeof(descriptions[0]) ? &descriptions[index] : NULL;
}

const char *error_hint(const struct error_description *description, bool wine)
{
    return wine && description->wine_hint ? description->wine_hint : description->hint;
}
