#include "reports.h"

#include "opened_disk.h"
#include "wide.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

static const struct {
    size_t offset; /* of the file's name in struct options */
    bool (*write)(FILE *stream, const struct run_result *run);
} formats[] = {
    {offsetof(struct options, tap), report_tap},
    {offsetof(struct options, junit), report_junit},
    {offsetof(struct options, json), report_json},
};

enum { FORMATS = sizeof(formats) / sizeof(formats[0]) };

static const char *path_of(const struct options *options, size_t format)
{
    return *(const char *const *)((const char *)options + formats[format].offset);
}

static bool is_stdout(const char *path)
{
    return strcmp(path, "-") == 0;
}

static FILE *open_file(const char *path, const wchar_t *mode)
{
    wchar_t wide[WIDE_MAX];
    FILE *file = wide_from_utf8(path, wide) ? _wfopen(wide, mode) : NULL;

    if (!file)
        complain("%s cannot be written to", path);
    return file;
}

bool reports_can_be_written(const struct options *options)
{
    for (size_t i = 0; i < FORMATS; i++) {
        const char *path = path_of(options, i);
        FILE *file;

        if (!path || is_stdout(path))
            continue;
        file = open_file(path, L"ab");
        if (!file)
            return false;
        fclose(file);
    }
    return true;
}

bool reports_write(const struct options *options, const struct run_result *run)
{
    bool done = true;

    for (size_t i = 0; i < FORMATS; i++) {
        const char *path = path_of(options, i);
        FILE *file = !path ? NULL : is_stdout(path) ? stdout : open_file(path, L"wb");
        bool written;

        if (!path)
            continue;
        written = file && formats[i].write(file, run);
        if (file && file != stdout)
            written = fclose(file) == 0 && written;
        if (file && !written)
            complain("%s could not be written whole", path);
        done = done && written;
    }
    return done;
}

struct live_report reports_live(const struct options *options, struct terminal *terminal)
{
    const bool on_stderr = options->tap && is_stdout(options->tap);
    struct live_report report = terminal_open(terminal, on_stderr ? stderr : stdout);

    report.colours = report.colours && !options->no_colour;
    report.verbose = options->verbose;
    return report;
}
