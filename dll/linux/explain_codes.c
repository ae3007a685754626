#include "explain_codes.h"

#include "../command/errors.h"
#include "../scsi/names.h"
#include "../scsi/sense.h"
#include "explain_advice.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum {
    NAME_MAX_LENGTH = 63,
    FACILITY_WIN32 = 7, /* of an HRESULT, winerror.h */
    NT_STATUS_FROM = 0x40000000,
};

static const struct {
    const char *words;
    const char *key; /* as the trace and --json write it */
} kinds[READING_KINDS] = {
    [READING_STATUS] = {"NTSTATUS", "status"},
    [READING_ERROR] = {"Windows error", "error"},
    [READING_SENSE] = {"sense", "sense"},
    [READING_SCSI_STATUS] = {"SCSI status", "scsi"},
    [READING_HOST] = {"Linux host code", "host"},
    [READING_EXIT] = {"exit code of holdfast", "exit"},
};

const char *reading_kind_words(enum reading_kind kind)
{
    return kinds[kind].words;
}

const char *reading_kind_key(enum reading_kind kind)
{
    return kinds[kind].key;
}

/* What a code is being read as. */
struct reader {
    struct reading *readings;
    size_t count;
    int only; /* an enum reading_kind, or -1 */
};

static void add(struct reader *reader, struct reading reading)
{
    if ((reader->only < 0 || reader->only == (int)reading.kind) && reader->count < READINGS_MAX)
        reader->readings[reader->count++] = reading;
}

static struct reading explain_error(uint32_t error)
{
    const struct error_description *description = error_describe(error);

    return (struct reading){
        .kind = READING_ERROR,
        .value = error,
        .name = description->name,
        .meaning = description->words,
        .advice = advice_for_error(error),
        .error = error,
    };
}

struct reading explain_status(int32_t status)
{
    struct reading reading = explain_error(nt_status_windows_error(status));

    reading.kind = READING_STATUS;
    reading.value = (uint32_t)status;
    reading.name = nt_status_name(status);
    reading.status = status;
    if (nt_success(status)) {
        reading.meaning = status ? "the request is under way" : "the request is done";
        reading.advice = "nothing is to be done";
    }
    return reading;
}

static struct reading of_answer(enum reading_kind kind, const struct scsi_result *result)
{
    const struct reservation_verdict verdict = reservation_judge(result);

    return (struct reading){
        .kind = kind,
        .is_answer = true,
        .verdict = verdict,
        .status = verdict.status,
        .error = nt_status_windows_error(verdict.status),
    };
}

struct reading explain_sense(uint8_t key, uint8_t asc, uint8_t ascq)
{
    const struct scsi_result result = {
        .status = SCSI_STATUS_CHECK_CONDITION,
        .sense_length = 18,
        .sense = {[0] = 0x70, [2] = key & 0x0f, [7] = 10, [12] = asc, [13] = ascq},
    };
    struct reading reading = of_answer(READING_SENSE, &result);

    reading.value = (uint32_t)key << 16 | (uint32_t)asc << 8 | ascq;
    reading.name = scsi_sense_key_name(key);
    reading.meaning = scsi_additional_sense_name(asc, ascq);
    if (!strcmp(reading.meaning, "?"))
        reading.meaning = "an additional sense code that Holdfast has no name for";
    reading.advice = advice_for_sense(key, asc, ascq, &reading.verdict);
    return reading;
}

struct reading explain_scsi_status(uint8_t status)
{
    const struct scsi_result result = {.status = status};
    struct reading reading = of_answer(READING_SCSI_STATUS, &result);

    reading.value = status;
    reading.name = scsi_status_name(status);
    reading.meaning = scsi_status_meaning(status);
    reading.advice = advice_for_scsi_status(status, &reading.verdict);
    return reading;
}

struct reading explain_host(uint8_t host_status)
{
    const struct scsi_result result = {.host_status = host_status};
    struct reading reading = of_answer(READING_HOST, &result);

    reading.value = host_status;
    reading.name = scsi_host_name(host_status);
    reading.meaning = host_meaning(host_status);
    reading.advice = advice_for_host(host_status, &reading.verdict);
    return reading;
}

static bool is_named(const char *name)
{
    return strcmp(name, "?") != 0;
}

static void add_exit(struct reader *reader, uint32_t code)
{
    for (const struct exit_description *exit = exit_descriptions; exit->words; exit++)
        if ((uint32_t)exit->code == code)
            add(reader, (struct reading){.kind = READING_EXIT,
                                         .value = code,
                                         .name = "exit code",
                                         .meaning = exit->words,
                                         .advice = code ? "see what the command said"
                                                        : "nothing is to be done"});
}

static void read_number(struct reader *reader, uint32_t value)
{
    if (value >> 16 == (0x80000000u >> 16 | FACILITY_WIN32)) /* HRESULT_FROM_WIN32 */
        value &= 0xffff;
    if (is_named(nt_status_name((int32_t)value)))
        add(reader, explain_status((int32_t)value));
    if (error_describe(value)->name)
        add(reader, explain_error(value));
    if (value > UINT8_MAX)
        return;
    if (is_named(scsi_status_name((uint8_t)value)))
        add(reader, explain_scsi_status((uint8_t)value));
    if (is_named(scsi_host_name((uint8_t)value)))
        add(reader, explain_host((uint8_t)value));
    add_exit(reader, value);
}

/* 170, 0xC00000BB, C00000BB, -1073741637. */
static bool parse_number(const char *text, uint32_t *value)
{
    const bool negative = text[0] == '-';
    const bool hex = text[0] == '0' && (text[1] == 'x' || text[1] == 'X');
    const size_t length = strlen(text);
    const bool bare_hex = length == 8 && strspn(text, "0123456789abcdefABCDEF") == 8 &&
                          strspn(text, "0123456789") != 8;
    char *end;
    unsigned long long number;

    if (!isdigit((unsigned char)text[negative]) && !bare_hex)
        return false;
    number = strtoull(text + negative, &end, hex || bare_hex ? 16 : 10);
    if (*end || number > UINT32_MAX || (negative && number > 0x80000000u))
        return false;
    *value = negative ? 0u - (uint32_t)number : (uint32_t)number;
    return true;
}

/* One or two hexadecimal digits and what has to follow them. */
static const char *parse_byte(const char *text, char after, uint8_t *value)
{
    const size_t digits = strspn(text, "0123456789abcdefABCDEF");

    if (digits < 1 || digits > 2 || text[digits] != after)
        return NULL;
    *value = (uint8_t)strtoul(text, NULL, 16);
    return text + digits + 1;
}

/* 6/2a/03. */
static void read_sense(struct reader *reader, const char *text)
{
    uint8_t key, asc, ascq;

    if ((text = parse_byte(text, '/', &key)) && (text = parse_byte(text, '/', &asc)) &&
        parse_byte(text, 0, &ascq) && key <= 0xf)
        add(reader, explain_sense(key, asc, ascq));
}

/* In capitals; `between` for everything between two words. */
static void spell(char result[NAME_MAX_LENGTH + 1], const char *prefix, const char *text,
                  char between)
{
    size_t length = strlen(prefix);

    memcpy(result, prefix, length);
    for (; *text && length < NAME_MAX_LENGTH; text++)
        result[length++] = (char)(strchr("_- ", *text) ? between : toupper((unsigned char)*text));
    result[length] = 0;
}

static void read_name(struct reader *reader, const char *text)
{
    static const char *const status_prefixes[] = {"", "STATUS_"};
    static const char *const error_prefixes[] = {"", "ERROR_"};
    static const char *const host_prefixes[] = {"", "DID_"};
    char name[NAME_MAX_LENGTH + 1];
    int32_t status;
    uint8_t code;

    if (strlen(text) > NAME_MAX_LENGTH - strlen("STATUS_"))
        return;
    for (size_t i = 0; i < 2; i++) {
        const struct error_description *error;

        spell(name, status_prefixes[i], text, '_');
        if (nt_status_from_name(name, &status))
            add(reader, explain_status(status));
        spell(name, error_prefixes[i], text, '_');
        if ((error = error_from_name(name)))
            add(reader, explain_error(error->error));
        spell(name, host_prefixes[i], text, '_');
        if (scsi_host_from_name(name, &code))
            add(reader, explain_host(code));
    }
    spell(name, "", text, ' ');
    if (scsi_status_from_name(name, &code))
        add(reader, explain_scsi_status(code));
}

/* "host=1" as the trace writes it: what stands behind, to be read as that kind alone. */
static const char *skip_selector(struct reader *reader, const char *code)
{
    const char *equals = strchr(code, '=');

    reader->only = -1;
    if (!equals)
        return code;
    for (int kind = 0; kind < READING_KINDS; kind++)
        if (strlen(kinds[kind].key) == (size_t)(equals - code) &&
            !strncmp(kinds[kind].key, code, (size_t)(equals - code)))
            reader->only = kind;
    return reader->only < 0 ? code : equals + 1;
}

size_t explain_code(const char *code, struct reading readings[READINGS_MAX])
{
    struct reader reader = {.readings = readings};
    const char *text = skip_selector(&reader, code);
    uint32_t value;

    if (strchr(text, '/'))
        read_sense(&reader, text);
    else if (parse_number(text, &value))
        read_number(&reader, value);
    else
        read_name(&reader, text);
    return reader.count;
}

/* Levenshtein's distance, of the first NAME_MAX_LENGTH characters. */
static unsigned distance(const char *a, const char *b)
{
    unsigned row[NAME_MAX_LENGTH + 1];
    const size_t length = strnlen(b, NAME_MAX_LENGTH);

    for (size_t j = 0; j <= length; j++)
        row[j] = (unsigned)j;
    for (size_t i = 1; i <= NAME_MAX_LENGTH && a[i - 1]; i++) {
        unsigned corner = row[0];

        row[0] = (unsigned)i;
        for (size_t j = 1; j <= length; j++) {
            const unsigned above = row[j];
            unsigned least = corner + (a[i - 1] != b[j - 1]);

            if (above + 1 < least)
                least = above + 1;
            if (row[j - 1] + 1 < least)
                least = row[j - 1] + 1;
            row[j] = least;
            corner = above;
        }
    }
    return row[length];
}

struct nearest {
    char wanted[NAME_MAX_LENGTH + 1];
    const char *name;
    unsigned distance;
};

static void consider(struct nearest *nearest, const char *name)
{
    const char *bare = strchr(name, '_');
    unsigned far = distance(nearest->wanted, name);
    const unsigned bare_far = bare ? distance(nearest->wanted, bare + 1) : far;

    if (bare_far < far)
        far = bare_far;
    if (far >= nearest->distance)
        return;
    nearest->distance = far;
    nearest->name = name;
}

static const char *find_nearest(const char *code)
{
    /* More than a third of it wrong is another word. */
    struct nearest nearest = {.distance = (unsigned)strnlen(code, NAME_MAX_LENGTH) / 3 + 1};
    const struct error_description *error;
    int32_t status;

    spell(nearest.wanted, "", code, '_');
    for (size_t i = 0; nt_status_at(i, &status); i++)
        consider(&nearest, nt_status_name(status));
    for (size_t i = 0; (error = error_at(i)); i++)
        consider(&nearest, error->name);
    for (unsigned code_value = 0; code_value <= UINT8_MAX; code_value++)
        consider(&nearest, scsi_host_name((uint8_t)code_value));
    return nearest.name;
}

void explain_nearest(const char *code, struct text *help)
{
    struct reader none = {0};
    const char *text = skip_selector(&none, code), *name;
    uint32_t value;

    if (strchr(text, '/'))
        text_add(help, "sense is key/ASC/ASCQ in hexadecimal digits, as in 6/2a/03");
    else if (!parse_number(text, &value) && (name = find_nearest(text)))
        text_add(help, "did you mean %s?", name);
    else if (!parse_number(text, &value))
        text_add(help, "give a number, a name such as STATUS_DEVICE_BUSY, ERROR_BUSY or "
                       "DID_NO_CONNECT, or sense as 6/2a/03");
    else if (value >= NT_STATUS_FROM)
        text_add(
            help,
            "as an NTSTATUS it would be %s of facility %u; Holdfast itself never returns it, so "
            "it comes from Wine: look in Wine's ntstatus.h",
            value >> 30 == 3   ? "an error"
            : value >> 30 == 2 ? "a warning"
                               : "a message",
            (unsigned)(value >> 16 & 0xfff));
    else
        text_add(
            help,
            "Holdfast itself never returns it; as a Windows error look it up with 'net helpmsg "
            "%u' or in Wine's winerror.h",
            (unsigned)value);
}
