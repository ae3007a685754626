#include "names.h"

#include <stddef.h>
#include <string.h>

struct name {
    uint16_t value;
    const char *name;
};

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

static const struct name opcodes[] = {
    {0x00, "TEST UNIT READY"},
    {0x16, "RESERVE(6)"},
    {0x17, "RELEASE(6)"},
    {0x28, "READ(10)"},
    {0x2a, "WRITE(10)"},
    {0x35, "SYNCHRONIZE CACHE(10)"},
    {0x56, "RESERVE(10)"},
    {0x57, "RELEASE(10)"},
    {0x5e, "PERSISTENT RESERVE IN"},
    {0x5f, "PERSISTENT RESERVE OUT"},
    {0x88, "READ(16)"},
    {0x8a, "WRITE(16)"},
};

/* SAM-5 5.3.1 */
static const struct name statuses[] = {
    {0x00, "GOOD"},       {0x02, "CHECK CONDITION"},      {0x04, "CONDITION MET"},
    {0x08, "BUSY"},       {0x18, "RESERVATION CONFLICT"}, {0x28, "TASK SET FULL"},
    {0x30, "ACA ACTIVE"}, {0x40, "TASK ABORTED"},
};

/* Linux include/scsi/scsi_status.h */
static const struct name hosts[] = {
    {0x00, "DID_OK"},
    {0x01, "DID_NO_CONNECT"},
    {0x02, "DID_BUS_BUSY"},
    {0x03, "DID_TIME_OUT"},
    {0x04, "DID_BAD_TARGET"},
    {0x05, "DID_ABORT"},
    {0x06, "DID_PARITY"},
    {0x07, "DID_ERROR"},
    {0x08, "DID_RESET"},
    {0x09, "DID_BAD_INTR"},
    {0x0a, "DID_PASSTHROUGH"},
    {0x0b, "DID_SOFT_ERROR"},
    {0x0c, "DID_IMM_RETRY"},
    {0x0d, "DID_REQUEUE"},
    {0x0e, "DID_TRANSPORT_DISRUPTED"},
    {0x0f, "DID_TRANSPORT_FAILFAST"},
    {0x10, "DID_TARGET_FAILURE"},
    {0x11, "DID_NEXUS_FAILURE"},
    {0x12, "DID_ALLOC_FAILURE"},
    {0x13, "DID_MEDIUM_ERROR"},
    {0x14, "DID_TRANSPORT_MARGINAL"},
};

/* SPC-4 table 43 */
static const struct name sense_keys[] = {
    {0x0, "NO SENSE"},        {0x1, "RECOVERED ERROR"}, {0x2, "NOT READY"},
    {0x3, "MEDIUM ERROR"},    {0x4, "HARDWARE ERROR"},  {0x5, "ILLEGAL REQUEST"},
    {0x6, "UNIT ATTENTION"},  {0x7, "DATA PROTECT"},    {0x8, "BLANK CHECK"},
    {0x9, "VENDOR SPECIFIC"}, {0xa, "COPY ABORTED"},    {0xb, "ABORTED COMMAND"},
    {0xd, "VOLUME OVERFLOW"}, {0xe, "MISCOMPARE"},      {0xf, "COMPLETED"},
};

/* SPC-4 annex F, what a disk says to our commands. ASC and ASCQ in one number. */
static const struct name additional_senses[] = {
    {0x0000, "no additional sense information"},
    {0x0400, "not ready, cause not reportable"},
    {0x0401, "in process of becoming ready"},
    {0x0402, "initializing command required"},
    {0x0403, "manual intervention required"},
    {0x0404, "format in progress"},
    {0x0407, "operation in progress"},
    {0x0408, "long write in progress"},
    {0x040a, "asymmetric access state transition"},
    {0x040b, "target port in standby state"},
    {0x040c, "target port in unavailable state"},
    {0x0414, "space allocation in progress"},
    {0x0803, "logical unit communication CRC error"},
    {0x0804, "unreachable copy target"},
    {0x0d04, "copy target device data underrun"},
    {0x1a00, "parameter list length error"},
    {0x2000, "invalid command operation code"},
    {0x2100, "logical block address out of range"},
    {0x2101, "invalid element address"},
    {0x2300, "invalid token operation, cause not reportable"},
    {0x2400, "invalid field in CDB"},
    {0x2500, "logical unit not supported"},
    {0x2600, "invalid field in parameter list"},
    {0x2604, "invalid release of persistent reservation"},
    {0x2608, "too many segment descriptors"},
    {0x2700, "write protected"},
    {0x2707, "space allocation failed write protect"},
    {0x2800, "medium may have changed"},
    {0x2900, "power on, reset, or bus device reset occurred"},
    {0x2901, "power on occurred"},
    {0x2902, "SCSI bus reset occurred"},
    {0x2903, "bus device reset function occurred"},
    {0x2904, "device internal reset"},
    {0x2907, "I_T nexus loss occurred"},
    {0x2a01, "mode parameters changed"},
    {0x2a03, "reservations preempted"},
    {0x2a04, "reservations released"},
    {0x2a05, "registrations preempted"},
    {0x2a06, "asymmetric access state changed"},
    {0x2a09, "capacity data has changed"},
    {0x2c00, "command sequence error"},
    {0x2f00, "commands cleared by another initiator"},
    {0x3001, "cannot read medium, unknown format"},
    {0x3003, "cleaning cartridge installed"},
    {0x3807, "thin provisioning soft threshold reached"},
    {0x3a00, "medium not present"},
    {0x3f01, "microcode has been changed"},
    {0x3f03, "inquiry data has changed"},
    {0x3f0e, "reported LUNs data has changed"},
    {0x5504, "insufficient registration resources"},
    {0x6f00, "copy protection key exchange failure, authentication failure"},
    {0x6f01, "copy protection key exchange failure, key not present"},
    {0x6f02, "copy protection key exchange failure, key not established"},
    {0x6f03, "read of scrambled sector without authentication"},
    {0x6f04, "media region code is mismatched to logical unit region"},
    {0x6f05, "drive region must be permanent, region reset count error"},
};

/* SPC-4 tables 213 and 221 */
static const struct name pr_in_actions[] = {
    {0, "READ KEYS"},
    {1, "READ RESERVATION"},
    {2, "REPORT CAPABILITIES"},
    {3, "READ FULL STATUS"},
};

static const struct name pr_out_actions[] = {
    {0, "REGISTER"},
    {1, "RESERVE"},
    {2, "RELEASE"},
    {3, "CLEAR"},
    {4, "PREEMPT"},
    {5, "PREEMPT AND ABORT"},
    {6, "REGISTER AND IGNORE EXISTING KEY"},
    {7, "REGISTER AND MOVE"},
    {8, "REPLACE LOST RESERVATION"},
};

static const struct name pr_types[] = {
    {1, "Write Exclusive"},
    {3, "Exclusive Access"},
    {5, "Write Exclusive - Registrants Only"},
    {6, "Exclusive Access - Registrants Only"},
    {7, "Write Exclusive - All Registrants"},
    {8, "Exclusive Access - All Registrants"},
};

static const char *find(const struct name *table, size_t count, uint16_t value)
{
    for (size_t i = 0; i < count; i++)
        if (table[i].value == value)
            return table[i].name;
    return "?";
}

static bool find_name(const struct name *table, size_t count, const char *name, uint8_t *value)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(table[i].name, name) == 0) {
            *value = (uint8_t)table[i].value;
            return true;
        }
    }
    return false;
}

bool scsi_status_from_name(const char *name, uint8_t *status)
{
    return find_name(statuses, COUNT(statuses), name, status);
}

bool scsi_host_from_name(const char *name, uint8_t *host_status)
{
    return find_name(hosts, COUNT(hosts), name, host_status);
}

const char *scsi_opcode_name(uint8_t opcode)
{
    return find(opcodes, COUNT(opcodes), opcode);
}

const char *scsi_status_name(uint8_t status)
{
    return find(statuses, COUNT(statuses), status);
}

const char *scsi_host_name(uint8_t host_status)
{
    return find(hosts, COUNT(hosts), host_status);
}

const char *scsi_sense_key_name(uint8_t key)
{
    return find(sense_keys, COUNT(sense_keys), key);
}

const char *scsi_additional_sense_name(uint8_t asc, uint8_t ascq)
{
    return find(additional_senses, COUNT(additional_senses), (uint16_t)(asc << 8 | ascq));
}

const char *scsi_pr_in_action_name(uint8_t service_action)
{
    return find(pr_in_actions, COUNT(pr_in_actions), service_action);
}

const char *scsi_pr_out_action_name(uint8_t service_action)
{
    return find(pr_out_actions, COUNT(pr_out_actions), service_action);
}

const char *scsi_pr_type_name(uint8_t type)
{
    return find(pr_types, COUNT(pr_types), type);
}
