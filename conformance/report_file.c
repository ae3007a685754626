#include "report_file.h"

#include "report.h"

#include <stdlib.h>
#include <string.h>

static bool complain(const struct report_file *file, FILE *errors, const char *text)
{
    fprintf(errors, "%s: %s\n", file->path, text);
    return false;
}

static bool complain_of_case(const struct report_file *file, FILE *errors, size_t number,
                             const char *text)
{
    fprintf(errors, "%s: case %lu %s\n", file->path, (unsigned long)number, text);
    return false;
}

static bool check_format(const struct report_file *file, FILE *errors)
{
    const struct json *format = json_member(file->document.root, "format", JSON_NUMBER);

    if (!format)
        return complain(file, errors,
                        "this is no report: it has no member \"format\". --json makes one");
    if (format->number == REPORT_JSON_FORMAT)
        return true;
    fprintf(errors, "%s: the report has another format than %d: take the program that made it\n",
            file->path, REPORT_JSON_FORMAT);
    return false;
}

static int by_name(const void *first, const void *second)
{
    const struct file_case *a = first, *b = second;

    return strcmp(a->name, b->name);
}

static bool read_case(struct report_file *file, const struct json *json, FILE *errors)
{
    struct file_case *result = &file->cases[file->case_count];

    result->json = json;
    result->name = json_member_text(json, "name");
    result->verdict = json_member_text(json, "verdict");
    result->reason = json_member_text(json, "reason");
    file->case_count++;
    if (!result->name[0])
        return complain_of_case(file, errors, file->case_count, "has no name");
    if (!result->verdict[0])
        return complain_of_case(file, errors, file->case_count, "has no verdict");
    return true;
}

static bool read_cases(struct report_file *file, const struct json *list, FILE *errors)
{
    size_t count = 0;

    for (const struct json *json = list->first; json; json = json->next)
        count++;
    file->cases = calloc(count ? count : 1, sizeof(*file->cases));
    if (!file->cases)
        return complain(file, errors, "there is no memory for its cases");
    for (const struct json *json = list->first; json; json = json->next)
        if (!read_case(file, json, errors))
            return false;
    qsort(file->cases, file->case_count, sizeof(*file->cases), by_name);
    for (size_t i = 1; i < file->case_count; i++)
        if (!by_name(&file->cases[i - 1], &file->cases[i]))
            return complain(file, errors, "the report is broken: it has two cases of one name");
    return true;
}

bool report_file_read(struct report_file *file, const char *path, FILE *errors)
{
    const struct json *cases;

    memset(file, 0, sizeof(*file));
    file->path = path;
    if (!json_read_file(&file->document, path, errors) || !check_format(file, errors))
        return false;
    file->environment = json_member(file->document.root, "environment", JSON_OBJECT);
    cases = json_member(file->document.root, "cases", JSON_LIST);
    if (!cases)
        return complain(file, errors, "the report has no list \"cases\"");
    return read_cases(file, cases, errors);
}

void report_file_free(struct report_file *file)
{
    json_free(&file->document);
    free(file->cases);
    memset(file, 0, sizeof(*file));
}
