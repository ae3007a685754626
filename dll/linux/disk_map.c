#include "disk_map.h"

#include "wine_program.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

/* Both are reached from the folder dosdevices. */
static const char registry_file[] = "../system.reg";
static const char changed_file[] = "../.holdfast-map-changed";

static const char key[] = "HKLM\\Software\\Holdfast\\Disks";
static const char section[] = "[Software\\\\Holdfast\\\\Disks]"; /* as the file writes it */

static char *add_utf8(char *to, unsigned int code)
{
    if (code < 0x80) {
        *to++ = (char)code;
    } else if (code < 0x800) {
        *to++ = (char)(0xc0 | code >> 6);
        *to++ = (char)(0x80 | (code & 0x3f));
    } else {
        *to++ = (char)(0xe0 | code >> 12);
        *to++ = (char)(0x80 | (code >> 6 & 0x3f));
        *to++ = (char)(0x80 | (code & 0x3f));
    }
    return to;
}

/* At most four digits; returns how many. */
static size_t take_hex(const char *at, unsigned int *code)
{
    static const char digits[] = "0123456789abcdef";
    size_t length = 0;
    const char *digit;

    while (length < 4 && at[length] && (digit = strchr(digits, at[length] | 0x20))) {
        *code = *code << 4 | (unsigned int)(digit - digits);
        length++;
    }
    return length;
}

/* Takes a quoted string, in place, and returns what follows it; NULL where it has no end. Wine
 * writes what is not ASCII as \xNNNN (server/unicode.c dump_strW), which is longer than UTF-8. */
static char *take_string(char *at, const char **string)
{
    char *to = at + 1;

    if (*at != '"')
        return NULL;
    *string = to;
    for (at++; *at && *at != '"'; at++) {
        if (*at != '\\') {
            *to++ = *at;
        } else if (at[1] == 'x') {
            unsigned int code = 0;
            const size_t length = take_hex(at + 2, &code);
            to = add_utf8(to, code);
            at += 1 + length;
        } else if (at[1]) {
            *to++ = *++at;
        }
    }
    if (!*at)
        return NULL;
    *to = 0;
    return at + 1;
}

/* Values of other types are written as type:data without quotes. */
static void take_value(char *line, disk_map_visitor visit, void *context)
{
    const char *object, *path;
    char *after = take_string(line, &object);

    if (after && *after == '=' && take_string(after + 1, &path) && *object && *path)
        visit(context, object, path);
}

bool disk_map_read_file(const char *path, disk_map_visitor visit, void *context)
{
    FILE *file = fopen(path, "re");
    char *line = NULL;
    size_t size = 0;
    bool inside = false;

    if (!file)
        return false;
    while (getline(&line, &size, file) >= 0) {
        if (*line == '[')
            inside = strncasecmp(line, section, strlen(section)) == 0;
        else if (inside && *line == '"')
            take_value(line, visit, context);
    }
    free(line);
    fclose(file);
    return true;
}

/* A wineserver writes what was changed into the file half a minute later at most. Until then this
 * file in the prefix, younger than the registry's, says that only the server knows. */
static void note_change(const struct prefix *prefix)
{
    const int fd = openat(prefix->dosdevices, changed_file,
                          O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (fd < 0)
        return;
    futimens(fd, NULL);
    close(fd);
}

static bool is_younger(const struct timespec *one, const struct timespec *other)
{
    return one->tv_sec != other->tv_sec ? one->tv_sec > other->tv_sec
                                        : one->tv_nsec >= other->tv_nsec;
}

static bool only_server_knows(const struct prefix *prefix)
{
    struct stat change, registry;

    if (fstatat(prefix->dosdevices, changed_file, &change, 0) < 0)
        return false;
    if (fstatat(prefix->dosdevices, registry_file, &registry, 0) == 0 &&
        is_younger(&change.st_mtim, &registry.st_mtim) && wine_server_runs(prefix))
        return true;
    unlinkat(prefix->dosdevices, changed_file, 0);
    return false;
}

/* Lines of reg.exe: "    NAME    REG_SZ    DATA". */
static void take_answer(char *answer, disk_map_visitor visit, void *context)
{
    static const char between[] = "    REG_SZ    ";
    char *rest = answer;

    for (char *line; (line = strsep(&rest, "\n"));) {
        char *type = strstr(line, between);
        line[strcspn(line, "\r")] = 0;
        if (strncmp(line, "    ", 4) != 0 || !type || type <= line + 4)
            continue;
        *type = 0;
        visit(context, line + 4, type + strlen(between));
    }
}

/* reg.exe answers 1 where there is no such key. */
static bool read_from_server(disk_map_visitor visit, void *context, struct text *problem)
{
    const char *const query[] = {"reg.exe", "query", key, NULL};
    struct text answer = {0};
    const int code = wine_program_run(query, &answer, problem);

    if (code == 0 && answer.bytes)
        take_answer(answer.bytes, visit, context);
    text_free(&answer);
    return code == 0 || code == 1;
}

bool disk_map_read(const struct prefix *prefix, disk_map_visitor visit, void *context,
                   struct text *problem)
{
    struct text path = {0};

    if (only_server_knows(prefix))
        return read_from_server(visit, context, problem);
    text_add(&path, "%s/system.reg", prefix->path);
    const bool done = !path.failed && disk_map_read_file(path.bytes, visit, context);
    if (!done)
        text_add(problem, "%s/system.reg cannot be read", prefix->path);
    text_free(&path);
    return done;
}

bool disk_map_write(const struct prefix *prefix, const char *object, const char *path,
                    struct text *problem)
{
    const char *const add[] = {"reg.exe", "add", key,  "/v", object, "/t",
                               "REG_SZ",  "/d",  path, "/f", NULL};
    const char *const remove[] = {"reg.exe", "delete", key, "/v", object, "/f", NULL};
    struct text answer = {0};

    const int code = wine_program_run(path ? add : remove, &answer, problem);
    note_change(prefix);
    if (code > 0)
        text_add(problem, "the registry could not be changed: Wine's reg.exe ended with code %d%s",
                 code, answer.bytes && *answer.bytes ? " and said" : "");
    if (code > 0 && answer.bytes && *answer.bytes)
        text_add(problem, " '%.*s'", (int)strcspn(answer.bytes, "\r\n"), answer.bytes);
    text_free(&answer);
    return code == 0;
}
