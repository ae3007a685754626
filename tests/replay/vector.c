#include "vector.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum column {
    ID,
    CONTROL_CODE,
    INPUT,
    OUTPUT_LENGTH,
    ACCESS,
    LATCHED,
    REPLIES,
    CDBS,
    DIRECTION,
    TRANSFER_LENGTH,
    DELAYS_MS,
    NTSTATUS,
    INFORMATION,
    LATCHED_AFTER,
    COLUMN_COUNT
};

static const char *const column_names[COLUMN_COUNT] = {
    "id",        "control_code", "input",       "output_length", "access",
    "latched",   "replies",      "cdbs",        "direction",     "transfer_length",
    "delays_ms", "ntstatus",     "information", "latched_after",
};

_Static_assert(COLUMN_COUNT <= 16, "vector_file.columns holds them all");

static bool is_empty(const char *text)
{
    return text[0] == 0 || strcmp(text, "-") == 0;
}

static bool parse_number(const char *text, int base, unsigned long most, uint32_t *value)
{
    char *end;
    unsigned long number = strtoul(text, &end, base);

    if (!isxdigit((unsigned char)text[0]) || *end || number > most)
        return false;
    *value = (uint32_t)number;
    return true;
}

static bool parse_byte(const char *text, int base, uint8_t *value)
{
    uint32_t number;

    if (!parse_number(text, base, 0xff, &number))
        return false;
    *value = (uint8_t)number;
    return true;
}

/* Hex digits to at most `most` bytes. */
static bool parse_bytes(const char *text, uint8_t *bytes, size_t most, uint32_t *length)
{
    size_t digits = strlen(text);

    if (digits % 2 || digits / 2 > most)
        return false;
    for (size_t i = 0; i < digits / 2; i++) {
        char pair[3] = {text[2 * i], text[2 * i + 1], 0};

        if (!isxdigit((unsigned char)pair[1]) || !parse_byte(pair, 16, &bytes[i]))
            return false;
    }
    *length = (uint32_t)(digits / 2);
    return true;
}

static bool parse_input(const char *text, struct vector *vector)
{
    size_t size = strlen(text) / 2;

    if (is_empty(text))
        return true;
    vector->input = malloc(size + 1);
    return vector->input && parse_bytes(text, vector->input, size, &vector->input_length);
}

static bool parse_access(const char *text, uint32_t *access)
{
    *access = (strchr(text, 'r') ? 1 : 0) | (strchr(text, 'w') ? 2 : 0);
    return is_empty(text) || strspn(text, "rw") == strlen(text);
}

static bool parse_reply_field(char *field, struct scsi_result *reply)
{
    char *value = strchr(field, '=');
    uint32_t length;

    if (!value)
        return false;
    *value++ = 0;
    if (strcmp(field, "status") == 0)
        return parse_byte(value, 16, &reply->status);
    if (strcmp(field, "host") == 0)
        return parse_byte(value, 16, &reply->host_status);
    if (strcmp(field, "transferred") == 0)
        return parse_number(value, 10, UINT32_MAX, &reply->transferred);
    if (strcmp(field, "sense") != 0 || !parse_bytes(value, reply->sense, SCSI_SENSE_MAX, &length))
        return false;
    reply->sense_length = (uint8_t)length;
    return true;
}

static bool parse_reply(char *text, struct vector *vector)
{
    struct scsi_result *reply = &vector->replies[vector->reply_count++];
    char *rest = NULL;

    for (char *field = strtok_r(text, ",", &rest); field; field = strtok_r(NULL, ",", &rest))
        if (!parse_reply_field(field, reply))
            return false;
    return true;
}

static bool parse_cdb(char *text, struct vector *vector)
{
    struct vector_cdb *cdb = &vector->cdbs[vector->cdb_count++];
    uint32_t length;

    if (!parse_bytes(text, cdb->bytes, SCSI_CDB_MAX, &length))
        return false;
    cdb->length = (uint8_t)length;
    return true;
}

static bool parse_delay(char *text, struct vector *vector)
{
    return parse_number(text, 10, UINT32_MAX, &vector->delays_ms[vector->delay_count++]);
}

static bool parse_list(char *text, const char *separator, uint32_t most,
                       bool (*parse)(char *, struct vector *), struct vector *vector)
{
    char *rest = NULL;
    uint32_t count = 0;

    if (is_empty(text))
        return true;
    for (char *item = strtok_r(text, separator, &rest); item;
         item = strtok_r(NULL, separator, &rest))
        if (count++ == most || !parse(item, vector))
            return false;
    return true;
}

static bool parse_direction(const char *text, enum scsi_direction *direction)
{
    *direction = strcmp(text, "in") == 0    ? SCSI_DATA_IN
                 : strcmp(text, "out") == 0 ? SCSI_DATA_OUT
                                            : SCSI_NO_DATA;
    return *direction != SCSI_NO_DATA || strcmp(text, "none") == 0 || is_empty(text);
}

/* The first column that cannot be read, or -1. */
static int parse_fields(char *const *text, struct vector *vector)
{
    if (snprintf(vector->id, sizeof(vector->id), "%s", text[ID]) >= (int)sizeof(vector->id))
        return ID;
    if (!parse_number(text[CONTROL_CODE], 16, UINT32_MAX, &vector->control_code))
        return CONTROL_CODE;
    if (!parse_input(text[INPUT], vector))
        return INPUT;
    if (!parse_number(text[OUTPUT_LENGTH], 10, UINT32_MAX, &vector->output_length))
        return OUTPUT_LENGTH;
    if (!parse_access(text[ACCESS], &vector->access))
        return ACCESS;
    if (!parse_byte(text[LATCHED], 10, &vector->latched))
        return LATCHED;
    if (!parse_list(text[REPLIES], ";", VECTOR_REPLIES_MAX, parse_reply, vector))
        return REPLIES;
    if (!parse_list(text[CDBS], " ", VECTOR_ATTEMPTS_MAX, parse_cdb, vector))
        return CDBS;
    if (!parse_direction(text[DIRECTION], &vector->direction))
        return DIRECTION;
    if (!parse_number(text[TRANSFER_LENGTH], 10, UINT32_MAX, &vector->transfer_length))
        return TRANSFER_LENGTH;
    if (!parse_list(text[DELAYS_MS], ",", VECTOR_ATTEMPTS_MAX, parse_delay, vector))
        return DELAYS_MS;
    if (!nt_status_from_name(text[NTSTATUS], &vector->status))
        return NTSTATUS;
    if (!parse_number(text[INFORMATION], 10, UINT32_MAX, &vector->information))
        return INFORMATION;
    if (!parse_byte(text[LATCHED_AFTER], 10, &vector->latched_after))
        return LATCHED_AFTER;
    return -1;
}

/* The next line without its end, or NULL. */
static char *next_line(struct vector_file *file)
{
    ssize_t length = getline(&file->line, &file->line_size, file->stream);

    if (length < 0)
        return NULL;
    file->line_number++;
    while (length > 0 && strchr("\r\n", file->line[length - 1]))
        file->line[--length] = 0;
    return file->line;
}

bool vector_open(struct vector_file *file, const char *path)
{
    char *line, *name;
    int index = 0;

    memset(file, 0, sizeof(*file));
    memset(file->columns, -1, sizeof(file->columns));
    file->stream = fopen(path, "r");
    if (!file->stream || !(line = next_line(file))) {
        snprintf(file->problem, sizeof(file->problem), "cannot be read");
        return false;
    }
    while ((name = strsep(&line, "\t"))) {
        for (int column = 0; column < COLUMN_COUNT; column++)
            if (strcmp(name, column_names[column]) == 0)
                file->columns[column] = index;
        index++;
    }
    for (int column = 0; column < COLUMN_COUNT; column++) {
        if (file->columns[column] < 0) {
            snprintf(file->problem, sizeof(file->problem), "the header names no column '%s'",
                     column_names[column]);
            return false;
        }
    }
    return true;
}

int vector_read(struct vector_file *file, struct vector *vector)
{
    static char nothing[] = "-";
    char *text[COLUMN_COUNT];
    char *line = next_line(file), *field;
    int bad;

    if (!line)
        return 0;
    for (int column = 0; column < COLUMN_COUNT; column++)
        text[column] = nothing;
    for (int index = 0; (field = strsep(&line, "\t")); index++)
        for (int column = 0; column < COLUMN_COUNT; column++)
            if (file->columns[column] == index)
                text[column] = field;
    memset(vector, 0, sizeof(*vector));
    bad = parse_fields(text, vector);
    if (bad < 0)
        return 1;
    snprintf(file->problem, sizeof(file->problem), "line %u: column '%s' cannot be read",
             file->line_number, column_names[bad]);
    vector_free(vector);
    return -1;
}

void vector_free(struct vector *vector)
{
    free(vector->input);
    vector->input = NULL;
}

void vector_close(struct vector_file *file)
{
    if (file->stream)
        fclose(file->stream);
    free(file->line);
    memset(file, 0, sizeof(*file));
}
