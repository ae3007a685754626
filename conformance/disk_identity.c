#include "disk_identity.h"

#include "unit_access.h"

#include <stdio.h>
#include <string.h>

enum {
    OPCODE_MODE_SENSE_6 = 0x1a,
    OPCODE_READ_CAPACITY_10 = 0x25,
    OPCODE_SERVICE_ACTION_IN_16 = 0x9e,
    READ_CAPACITY_16 = 0x10,
    ALL_PAGES = 0x3f,
    WRITE_PROTECTED = 0x80, /* of the device-specific parameter, SBC-3 6.4.1 */
    PAGE_SERIAL = 0x80,
    PAGE_DESIGNATORS = 0x83,
    INQUIRY_LENGTH = 36,
    PAGE_LENGTH = 252,
    PAGE_HEADER = 4,
    DESIGNATOR_HEADER = 4,
    DESIGNATOR_EUI_64 = 2,
    DESIGNATOR_NAA = 3,
    CODE_SET_BINARY = 1,
    /* winioctl.h's, which is not included: this file is tested natively. */
    QUERY_PROPERTY = 0x002d1400,
    GET_LENGTH_INFO = 0x0007405c,
    GET_DRIVE_GEOMETRY = 0x00070000,
    IS_WRITABLE = 0x00070024,
    PROPERTY_DEVICE = 0,
    PROPERTY_DEVICE_ID = 2,
    PROPERTY_QUERY_LENGTH = 12,
    ERROR_CODE_WRITE_PROTECT = 19,
};

static uint32_t get_le32(const uint8_t *bytes)
{
    return (uint32_t)bytes[3] << 24 | (uint32_t)bytes[2] << 16 | (uint32_t)bytes[1] << 8 | bytes[0];
}

/* Text of a disk: without blanks around it, and without what is not printable ASCII. */
static void keep_text(char *text, size_t size, const uint8_t *bytes, size_t length)
{
    size_t kept = 0;

    for (size_t i = 0; i < length && bytes[i] && kept + 1 < size; i++)
        if (bytes[i] > ' ' && bytes[i] < 0x7f)
            text[kept++] = (char)bytes[i];
        else if (kept)
            text[kept++] = ' ';
    while (kept && text[kept - 1] == ' ')
        kept--;
    text[kept] = 0;
}

static void keep_hexadecimal(char *text, size_t size, const uint8_t *bytes, size_t length)
{
    if (!length || length * 2 >= size)
        return;
    for (size_t i = 0; i < length; i++)
        snprintf(text + i * 2, 3, "%02x", bytes[i]);
}

static uint32_t inquiry(struct node *node, uint8_t page, uint8_t length, struct scsi_answer *answer)
{
    const struct scsi_request request = scsi_inquiry(page, length);

    if (unit_command(node, &request, answer) != REPLY_DONE)
        return 0;
    return answer->transferred < length ? answer->transferred : length;
}

/* SPC-4 7.8.5: a designator of the logical unit, NAA before EUI-64. `bytes` may be hostile. */
static void keep_designator(struct disk_identity *identity, const uint8_t *list, uint32_t bytes)
{
    bool naa = false;

    for (uint32_t at = 0; at + DESIGNATOR_HEADER <= bytes;) {
        const uint8_t *designator = list + at;
        const unsigned type = designator[1] & 15, association = designator[1] >> 4 & 3;
        const uint32_t length = designator[3];

        at += DESIGNATOR_HEADER + length;
        if (at > bytes)
            return;
        if (association != 0 || (designator[0] & 15) != CODE_SET_BINARY || naa ||
            (type != DESIGNATOR_NAA && type != DESIGNATOR_EUI_64))
            continue;
        naa = type == DESIGNATOR_NAA;
        if (naa || !identity->designator[0])
            keep_hexadecimal(identity->designator, sizeof(identity->designator),
                             designator + DESIGNATOR_HEADER, length);
    }
}

static void read_capacity(struct node *node, struct disk_identity *identity)
{
    struct scsi_request request = scsi_plain(OPCODE_READ_CAPACITY_10);
    struct scsi_answer answer;

    request.direction = SCSI_DATA_IN;
    request.cdb_length = 10;
    request.length = 8;
    if (unit_command(node, &request, &answer) != REPLY_DONE || answer.transferred < 8)
        return;
    identity->blocks = (uint64_t)get_be32(answer.data) + 1;
    identity->block_size = get_be32(answer.data + 4);
    if (get_be32(answer.data) != UINT32_MAX)
        return;
    request = scsi_plain(OPCODE_SERVICE_ACTION_IN_16);
    request.direction = SCSI_DATA_IN;
    request.cdb_length = 16;
    request.length = 32;
    request.cdb[1] = READ_CAPACITY_16;
    put_be32(request.cdb + 10, request.length);
    if (unit_command(node, &request, &answer) == REPLY_DONE && answer.transferred >= 12)
        identity->blocks = get_be64(answer.data) + 1;
}

static bool by_pass_through(struct node *node, struct disk_identity *identity)
{
    struct scsi_answer answer;
    uint32_t bytes;

    if (inquiry(node, 0, INQUIRY_LENGTH, &answer) < INQUIRY_LENGTH)
        return false;
    keep_text(identity->vendor, sizeof(identity->vendor), answer.data + 8, 8);
    keep_text(identity->product, sizeof(identity->product), answer.data + 16, 16);
    keep_text(identity->revision, sizeof(identity->revision), answer.data + 32, 4);
    bytes = inquiry(node, PAGE_SERIAL, PAGE_LENGTH, &answer);
    if (bytes > PAGE_HEADER && answer.data[1] == PAGE_SERIAL) {
        const uint32_t length = answer.data[3], room = bytes - PAGE_HEADER;
        keep_text(identity->serial, sizeof(identity->serial), answer.data + PAGE_HEADER,
                  length < room ? length : room);
    }
    bytes = inquiry(node, PAGE_DESIGNATORS, PAGE_LENGTH, &answer);
    if (bytes > PAGE_HEADER && answer.data[1] == PAGE_DESIGNATORS) {
        const uint32_t length = (uint32_t)answer.data[2] << 8 | answer.data[3];
        const uint32_t room = bytes - PAGE_HEADER;
        keep_designator(identity, answer.data + PAGE_HEADER, length < room ? length : room);
    }
    read_capacity(node, identity);
    return true;
}

static uint32_t ask_code(struct node *node, uint32_t code, uint32_t access, uint32_t length,
                         struct answer *answer)
{
    struct request request = request_plain(code);

    request.access = access;
    request.output_flags = 0;
    request.output_length = length;
    if (!node_request(node, &request, answer) || !answer->returned)
        return 0;
    return answer->bytes < length ? answer->bytes : length;
}

static uint32_t query_property(struct node *node, uint32_t property, struct answer *answer)
{
    struct request request = request_plain(QUERY_PROPERTY);

    request.access = OPEN_READ;
    request.input_flags = request.output_flags = 0;
    request.input_length = PROPERTY_QUERY_LENGTH;
    request.input[0] = (uint8_t)property;
    request.output_length = 1024;
    if (!node_request(node, &request, answer) || !answer->returned)
        return 0;
    return answer->bytes < request.output_length ? answer->bytes : request.output_length;
}

/* STORAGE_DEVICE_DESCRIPTOR has offsets of texts; 0 and all ones stand for none. */
static void keep_property(char *text, size_t size, const struct answer *answer, uint32_t bytes,
                          uint32_t field)
{
    const uint32_t offset = bytes >= field + 4 ? get_le32(answer->output + field) : 0;

    if (offset && offset < bytes)
        keep_text(text, size, answer->output + offset, bytes - offset);
}

/* STORAGE_DEVICE_ID_DESCRIPTOR: version, size, count, and for each STORAGE_IDENTIFIER code set,
 * type, length (16 bits), offset of the next (16 bits), association, and the bytes at 16. */
static void keep_storage_identifiers(struct disk_identity *identity, const struct answer *answer,
                                     uint32_t bytes)
{
    enum { LIST = 12, CODE_SET = 0, TYPE = 4, LENGTH = 8, NEXT = 10, ASSOCIATION = 12, BYTES = 16 };
    const uint32_t count = bytes >= LIST ? get_le32(answer->output + 8) : 0;
    bool naa = false;

    for (uint32_t i = 0, at = LIST; i < count && at + BYTES <= bytes && !naa; i++) {
        const uint8_t *one = answer->output + at;
        const uint32_t type = get_le32(one + TYPE), length = one[LENGTH] | one[LENGTH + 1] << 8;
        const uint32_t next = one[NEXT] | one[NEXT + 1] << 8;
        const bool fits = at + BYTES + length <= bytes;

        if (fits && get_le32(one + CODE_SET) == CODE_SET_BINARY &&
            get_le32(one + ASSOCIATION) == 0 &&
            (type == DESIGNATOR_NAA || (type == DESIGNATOR_EUI_64 && !identity->designator[0]))) {
            naa = type == DESIGNATOR_NAA;
            keep_hexadecimal(identity->designator, sizeof(identity->designator), one + BYTES,
                             length);
        }
        if (!next)
            return;
        at += next;
    }
}

static bool by_properties(struct node *node, struct disk_identity *identity)
{
    enum { VENDOR = 12, PRODUCT = 16, REVISION = 20, SERIAL = 24, LENGTH = 8, SECTOR_SIZE = 20 };
    struct answer answer;
    uint32_t bytes = query_property(node, PROPERTY_DEVICE, &answer);
    const bool answered = bytes != 0;

    keep_property(identity->vendor, sizeof(identity->vendor), &answer, bytes, VENDOR);
    keep_property(identity->product, sizeof(identity->product), &answer, bytes, PRODUCT);
    keep_property(identity->revision, sizeof(identity->revision), &answer, bytes, REVISION);
    keep_property(identity->serial, sizeof(identity->serial), &answer, bytes, SERIAL);
    bytes = query_property(node, PROPERTY_DEVICE_ID, &answer);
    keep_storage_identifiers(identity, &answer, bytes);
    if (ask_code(node, GET_DRIVE_GEOMETRY, OPEN_READ, 24, &answer) >= SECTOR_SIZE + 4)
        identity->block_size = get_le32(answer.output + SECTOR_SIZE);
    if (identity->block_size &&
        ask_code(node, GET_LENGTH_INFO, OPEN_READ, LENGTH, &answer) >= LENGTH)
        identity->blocks = (get_le32(answer.output) | (uint64_t)get_le32(answer.output + 4) << 32) /
                           identity->block_size;
    return answered;
}

bool disk_identity_read(struct node *node, struct disk_identity *identity)
{
    memset(identity, 0, sizeof(*identity));
    return by_pass_through(node, identity) || by_properties(node, identity);
}

bool disk_is_read_only(struct node *node)
{
    struct scsi_request request = scsi_plain(OPCODE_MODE_SENSE_6);
    struct request question = request_plain(IS_WRITABLE);
    struct scsi_answer scsi;
    struct answer answer;

    request.direction = SCSI_DATA_IN;
    request.length = PAGE_LENGTH;
    request.cdb[2] = ALL_PAGES;
    request.cdb[4] = PAGE_LENGTH;
    if (unit_command(node, &request, &scsi) == REPLY_DONE && scsi.transferred >= 3)
        return (scsi.data[2] & WRITE_PROTECTED) != 0;
    question.access = OPEN_READ;
    return node_request(node, &question, &answer) && !answer.returned &&
           answer.error == ERROR_CODE_WRITE_PROTECT;
}

static char lower(char c)
{
    return (char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
}

static bool same_hexadecimal(const char *given, const char *ours)
{
    if (given[0] == '0' && lower(given[1]) == 'x')
        given += 2;
    else if (lower(given[0]) == 'n' && lower(given[1]) == 'a' && lower(given[2]) == 'a' &&
             given[3] == '.')
        given += 4;
    while (*given && lower(*given) == *ours) {
        given++;
        ours++;
    }
    return !*given && !*ours;
}

bool disk_identity_is(const struct disk_identity *identity, const char *serial, const char *naa)
{
    if (serial && (!identity->serial[0] || strcmp(serial, identity->serial) != 0))
        return false;
    if (naa && (!identity->designator[0] || !same_hexadecimal(naa, identity->designator)))
        return false;
    return serial || naa;
}

bool disk_identity_same_unit(const struct disk_identity *a, const struct disk_identity *b)
{
    return a->designator[0] && strcmp(a->designator, b->designator) == 0;
}

void disk_identity_text(const struct disk_identity *identity, char text[IDENTITY_TEXT_MAX])
{
    const double mib = (double)identity->blocks * identity->block_size / (1024.0 * 1024.0);

    snprintf(text, IDENTITY_TEXT_MAX, "%s%s%s%s%s, serial %s, NAA %s, %.1f MiB", identity->vendor,
             identity->vendor[0] ? " " : "", identity->product, identity->revision[0] ? " " : "",
             identity->revision, identity->serial[0] ? identity->serial : "(none)",
             identity->designator[0] ? identity->designator : "(none)", mib);
}

/* STORAGE_ADAPTER_DESCRIPTOR has the bus type at 24; STORAGE_BUS_TYPE's order. */
void disk_adapter(struct node *node, char *text, size_t size)
{
    static const char *const buses[] = {
        "unknown bus", "SCSI", "ATAPI", "ATA", "1394", "SSA",     "Fibre Channel", "USB",    "RAID",
        "iSCSI",       "SAS",  "SATA",  "SD",  "MMC",  "virtual", "file-backed",   "spaces", "NVMe",
    };
    enum { ADAPTER = 1, BUS_TYPE = 24 };
    struct answer answer;
    const uint32_t bytes = query_property(node, ADAPTER, &answer);
    const unsigned bus = bytes > BUS_TYPE ? answer.output[BUS_TYPE] : 0;

    if (!bytes)
        snprintf(text, size, "not told by the system");
    else
        snprintf(text, size, "%s",
                 bus < sizeof(buses) / sizeof(buses[0]) ? buses[bus] : "unknown bus");
}
