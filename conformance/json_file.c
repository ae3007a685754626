/* Reading a whole file for json_reader.c. */
#include "json_reader.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static bool complain(FILE *errors, const char *path, const char *text)
{
    fprintf(errors, "%s: %s\n", path, text);
    return false;
}

/* By reading, not by asking for its length, so that a pipe will do too. The caller frees *bytes. */
static bool read_all(FILE *file, const char *path, char **bytes, size_t *length, FILE *errors)
{
    size_t room = 0;

    *bytes = NULL;
    *length = 0;
    do {
        char *more;
        size_t got;

        room = room ? 2 * room : 64 * 1024;
        if (room > 2u * JSON_BYTES_MAX)
            return complain(errors, path, "the file is larger than any report");
        more = realloc(*bytes, room);
        if (!more)
            return complain(errors, path, "there is no memory for the file");
        *bytes = more;
        got = fread(*bytes + *length, 1, room - *length - 1, file);
        *length += got;
        (*bytes)[*length] = '\0';
    } while (*length == room - 1);
    if (ferror(file))
        return complain(errors, path, strerror(errno));
    return true;
}

static bool is_utf16(const char *bytes)
{
    return !strncmp(bytes, "\xff\xfe", 2) || !strncmp(bytes, "\xfe\xff", 2);
}

static bool parse(struct json_document *document, const char *path, char *bytes, size_t length,
                  FILE *errors)
{
    struct json_problem problem;

    if (json_parse(document, bytes, length, &problem))
        return true;
    fprintf(errors, "%s:%lu:%lu: %s\n", path, (unsigned long)problem.line,
            (unsigned long)problem.column, problem.text);
    return false;
}

bool json_read_file(struct json_document *document, const char *path, FILE *errors)
{
    FILE *file = fopen(path, "rb");
    char *bytes = NULL;
    size_t length;
    bool read;

    if (!file)
        return complain(errors, path, strerror(errno));
    read = read_all(file, path, &bytes, &length, errors);
    fclose(file);
    if (read && is_utf16(bytes))
        read = complain(errors, path,
                        "the file is UTF-16 text: something has changed it on its way, for the "
                        "suite writes UTF-8. Ask for the file as --json wrote it");
    if (!read) {
        free(bytes);
        return false;
    }
    return parse(document, path, bytes, length, errors);
}
