#include "errors.h"

#include <stddef.h>

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
    "check the name: a Linux disk is /dev/sdb, or PhysicalDrive1 once the prefix has a link "
    "dosdevices/physicaldrive1 to it";
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
    {50, "ERROR_NOT_SUPPORTED", EXIT_NO_RESERVATIONS,
     "reservations are not supported through this name", hint_unsupported, hint_unsupported_wine},
    {53, "ERROR_BAD_NETPATH", EXIT_NO_DISK, "no such disk", hint_name, hint_name_wine},
    {55, "ERROR_DEV_NOT_EXIST", EXIT_NO_DISK, "the disk is gone", hint_again, hint_again_wine},
    {87, "ERROR_INVALID_PARAMETER", EXIT_REFUSED, "the driver refused a value of the request",
     hint_refused, NULL},
    {121, "ERROR_SEM_TIMEOUT", EXIT_NOT_READY, "the disk did not answer in time", hint_again,
     hint_again_wine},
    {123, "ERROR_INVALID_NAME", EXIT_NO_DISK, "no such disk", hint_name, hint_name_wine},
    {161, "ERROR_BAD_PATHNAME", EXIT_NO_DISK, "no such disk", hint_name, hint_name_wine},
    {170, "ERROR_BUSY", EXIT_CONFLICT, "reservation conflict", hint_conflict, NULL},
    {321, "ERROR_DEVICE_UNREACHABLE", EXIT_IO, "the disk cannot be reached", hint_again,
     hint_again_wine},
    {327, "ERROR_OFFSET_ALIGNMENT_VIOLATION", EXIT_REFUSED,
     "the disk refused to release this reservation", hint_release, NULL},
    {331, "ERROR_TOO_MANY_DESCRIPTORS", EXIT_REFUSED, "the disk refused the request", NULL, NULL},
    {433, "ERROR_NO_SUCH_DEVICE", EXIT_NO_DISK, "the disk is gone", hint_again, hint_again_wine},
    {483, "ERROR_DEVICE_HARDWARE_ERROR", EXIT_IO, "the disk has a hardware error", NULL, NULL},
    {998, "ERROR_NOACCESS", EXIT_OTHER, "a buffer could not be used", NULL, NULL},
    {1117, "ERROR_IO_DEVICE", EXIT_IO, "input/output error", hint_again, hint_again_wine},
    {1167, "ERROR_DEVICE_NOT_CONNECTED", EXIT_NO_DISK, "the disk is not connected", hint_again,
     hint_again_wine},
    {1237, "ERROR_RETRY", EXIT_NOT_READY, "the disk asks to try again", hint_again,
     hint_again_wine},
    {1450, "ERROR_NO_SYSTEM_RESOURCES", EXIT_OTHER, "out of memory", NULL, NULL},
    {1784, "ERROR_INVALID_USER_BUFFER", EXIT_REFUSED, "the driver refused the buffer", NULL, NULL},
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

const char *error_hint(const struct error_description *description, bool wine)
{
    return wine && description->wine_hint ? description->wine_hint : description->hint;
}
