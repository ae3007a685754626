#include "explain_advice.h"

#include "../command/errors.h"

#include <stddef.h>

enum { ANY = -1 };

/* The first row that fits counts; for all else see `general`. */
static const struct sense_advice {
    uint8_t key;
    int16_t asc, ascq;
    const char *words;
} sense_advices[] = {
    {0x2, 0x04, 0x0a, "the storage system moves its paths: wait for it"},
    {0x2, 0x04, 0x0b, "this path is in standby: use the active one (multipath -ll)"},
    {0x2, 0x04, 0x0c, "this path is unavailable: use another one (multipath -ll)"},
    {0x2, 0x04, 0x02, "the disk has to be started: sg_start DISK"},
    {0x2, 0x04, ANY, "wait until the disk is ready; sg_turs DISK asks it"},
    {0x2, 0x3a, ANY, "there is no medium: put one in, or use another disk"},
    {0x5, 0x20, ANY,
     "the disk has no such command, so no reservations of this kind: use one that has "
     "('sg_persist --in --report-capabilities DISK' asks it)"},
    {0x5, 0x24, ANY,
     "the disk refuses a field of the command, often a service action or type that it "
     "does not have: 'sg_persist --in --report-capabilities DISK' lists its own"},
    {0x5, 0x25, ANY, "the logical unit is no longer there: see the storage system's mapping"},
    {0x5, 0x26, 0x04,
     "the reservation is of another type or scope: see 'holdfast show' and give that "
     "--type"},
    {0x5, 0x26, ANY, "the disk refuses a key or a flag of the parameter list; try without --aptpl"},
    {0x5, 0x55, 0x04,
     "the disk has no room for one more key: remove old ones ('holdfast keys', "
     "'holdfast preempt')"},
    {0x6, 0x29, ANY,
     "the disk was reset or a path lost; legacy reservations are gone then, and "
     "registered keys only where the disk did not keep them (--aptpl)"},
    {0x6, 0x2a, 0x03, "another node has preempted or cleared the reservation: see 'holdfast show'"},
    {0x6, 0x2a, 0x04,
     "a reservation that this node was subject to has been released; nothing to do"},
    {0x6, 0x2a, 0x05,
     "another node has removed this node's key: register again before anything else "
     "('holdfast register')"},
    {0x6, 0x2a, 0x06, "the storage system has moved its paths; nothing to do"},
    {0x6, 0x2a, 0x09, "the disk has another size now: have Linux read it again (rescan)"},
    {0x6, 0x2f, ANY, "another node has aborted this one's commands, as by 'preempt --abort'"},
    {0x6, 0x3f, 0x0e,
     "the storage system maps other units now: see whether this is still the disk "
     "that was meant"},
    {0x7, 0x27, 0x07,
     "a thinly provisioned disk has no room left: give it more in the storage system"},
    {0x7, 0x27, ANY,
     "the disk is write-protected: in the storage system, or because another node "
     "holds it"},
    {0x3, ANY, ANY, "the medium is damaged: save what can be read and replace the disk"},
    {0x4, ANY, ANY, "the disk or its controller is faulty: see its own log (smartctl -a DISK)"},
};

static const struct code_advice {
    uint8_t code;
    const char *meaning;
    const char *advice; /* or NULL */
} scsi_statuses[] = {
    {0x00, "the disk has done the command", "nothing is to be done"},
    {0x02, "the disk tells by sense data why it did not do the command",
     "have the sense data explained, which stands behind sense= in the trace"},
    {0x04, "the condition that was asked for is met", NULL},
    {0x08, "the disk is busy with another command", "try again; if it stays so, look at the load"},
    {0x18, "another node's reservation forbids this command to this node",
     "see 'holdfast show' for the holder and for whether this node's key is registered"},
    {0x28, "the disk's queue is full", "try again; if it stays so, lower the queue depth"},
    {0x30, "an earlier command's failure has to be cleared first", NULL},
    {0x40, "another node or a reset has aborted the command",
     "see whether another node has preempted this one: 'holdfast show'"},
};

static const struct code_advice hosts[] = {
    {0x00, "Linux has nothing to add to the disk's own answer", "nothing is to be done"},
    {0x01, "Linux has no connection to the disk",
     "look at the path: cable, iSCSI session ('iscsiadm -m session'), dmesg"},
    {0x02, "the bus was busy until the time was over", NULL},
    {0x03, "the disk did not answer in time",
     "look at the path and the load; TimeOutValue in the registry makes the time longer"},
    {0x04, "no disk answers to this address", "see the storage system's mapping, and rescan"},
    {0x05, "Linux has aborted the command", NULL},
    {0x06, "the transport has garbled the data", "look at cable and adapter (dmesg)"},
    {0x07, "the adapter reports an error that it does not name", NULL},
    {0x08, "the bus or the disk was reset under the command", NULL},
    {0x09, "the adapter sent an interrupt that nothing waited for", NULL},
    {0x0a, "the command was passed on past the middle layer", NULL},
    {0x0b, "the adapter's driver wants the command again", NULL},
    {0x0c, "the adapter's driver wants the command again at once", NULL},
    {0x0d, "the adapter's driver had no room for the command", NULL},
    {0x0e, "the path was lost while the command was under way",
     "look at the path (dmesg); it is tried again, in case the path comes back"},
    {0x0f, "the path has been lost for longer than Linux waits for it",
     "look at the path: cable, iSCSI session ('iscsiadm -m session'), dmesg"},
    {0x10, "the disk has failed for good, by any path", "see the storage system's own log"},
    {0x11, "another node's reservation forbids this command to this path",
     "see 'holdfast show' for the holder and for whether this node's key is registered"},
    {0x12, "the storage system has no room for the data", "give it more room"},
    {0x13, "the medium is damaged", "save what can be read and replace the disk"},
    {0x14, "the path works badly and is being avoided", "look at the path (multipath -ll, dmesg)"},
};

static const struct code_advice *find(const struct code_advice *rows, size_t count, uint8_t code)
{
    for (size_t i = 0; i < count; i++)
        if (rows[i].code == code)
            return &rows[i];
    return NULL;
}

#define FIND(rows, code) find(rows, sizeof(rows) / sizeof((rows)[0]), code)

const char *advice_for_error(uint32_t error)
{
    const char *hint = error_hint(error_describe(error), true);

    return hint ? hint : "look at the disk and the path to it (dmesg)";
}

static const char *general(const struct reservation_verdict *verdict)
{
    if (verdict->status == NT_STATUS_SUCCESS)
        return "nothing is to be done";
    return advice_for_error(nt_status_windows_error(verdict->status));
}

static bool fits(int wanted, int value)
{
    return wanted == ANY || wanted == value;
}

const char *advice_for_sense(uint8_t key, uint8_t asc, uint8_t ascq,
                             const struct reservation_verdict *verdict)
{
    for (size_t i = 0; i < sizeof(sense_advices) / sizeof(sense_advices[0]); i++) {
        const struct sense_advice *row = &sense_advices[i];

        if (row->key == key && fits(row->asc, asc) && fits(row->ascq, ascq))
            return row->words;
    }
    return general(verdict);
}

static const char *advice_in(const struct code_advice *row,
                             const struct reservation_verdict *verdict)
{
    return row && row->advice ? row->advice : general(verdict);
}

const char *advice_for_scsi_status(uint8_t status, const struct reservation_verdict *verdict)
{
    return advice_in(FIND(scsi_statuses, status), verdict);
}

const char *advice_for_host(uint8_t host_status, const struct reservation_verdict *verdict)
{
    return advice_in(FIND(hosts, host_status), verdict);
}

const char *host_meaning(uint8_t host_status)
{
    const struct code_advice *row = FIND(hosts, host_status);

    return row ? row->meaning : "a host code that this version does not know";
}

const char *scsi_status_meaning(uint8_t status)
{
    const struct code_advice *row = FIND(scsi_statuses, status);

    return row ? row->meaning : "a SCSI status that no standard has";
}
