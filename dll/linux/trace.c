/* holdfast trace FILE... */
#include "../command/errors.h"
#include "../command/output.h"
#include "handlers.h"
#include "trace_read.h"
#include "trace_table.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { POLL_US = 200 * 1000, OUTPUT_PIECE = 64 * 1024 };

struct view {
    const struct arguments *arguments;
    struct trace_source *sources;
    size_t count;
    struct trace_programs programs;
    struct text text;
};

static bool is_wanted(const struct arguments *arguments, const struct trace_parsed *line)
{
    if (arguments->errors && !trace_is_error(line))
        return false;
    return !arguments->of_disk || !strcmp(trace_field(line, "disk"), arguments->of_disk);
}

static void add_line(struct view *view, const struct trace_source *source)
{
    const struct trace_parsed *line = &source->line;

    trace_programs_learn(&view->programs, line);
    if (!is_wanted(view->arguments, line))
        return;
    if (view->arguments->json)
        trace_json_add_line(&view->text, line, source->path);
    else
        trace_table_add_line(&view->text, line, &view->programs);
}

static bool flush(struct view *view)
{
    return !view->text.length || output_write(&view->text);
}

/* All lines that there are now. */
static bool show(struct view *view)
{
    struct trace_source *source;

    while ((source = trace_sources_next(view->sources, view->count, !view->arguments->follow))) {
        add_line(view, source);
        source->has_line = false;
        if (view->text.length >= OUTPUT_PIECE && !flush(view))
            return false;
    }
    return flush(view);
}

/* Whether `path` is `base`, or one of the files that rotation has made of it. */
static bool belongs_to(const char *path, const char *base)
{
    const size_t length = strlen(base);

    if (strncmp(path, base, length) != 0)
        return false;
    path += length;
    return !*path || (*path == '.' && path[1] && !path[1 + strspn(path + 1, "0123456789")]);
}

/* FILE* of a shell, or FILE.1 FILE, names once more what FILE alone brings with it. */
static bool is_shown_by_another(const struct arguments *arguments, size_t index)
{
    const char *path = arguments->list[index];

    for (size_t i = 0; i < arguments->list_count; i++)
        if ((i < index || strcmp(path, arguments->list[i]) != 0) &&
            belongs_to(path, arguments->list[i]))
            return true;
    return false;
}

static int open_all(struct view *view)
{
    for (size_t i = 0; i < view->arguments->list_count; i++) {
        const char *path = view->arguments->list[i];

        if (is_shown_by_another(view->arguments, i))
            continue;
        if (!trace_source_open(&view->sources[view->count], path)) {
            output_message("%s cannot be read: %s", path, strerror(errno));
            return EXIT_OTHER;
        }
        view->count++;
    }
    return EXIT_DONE;
}

int command_trace(const struct arguments *arguments)
{
    struct view *view = calloc(1, sizeof(*view));
    int code = EXIT_OTHER;

    if (view) {
        view->arguments = arguments;
        view->sources = calloc(arguments->list_count, sizeof(*view->sources));
    }
    if (!view || !view->sources)
        output_message("out of memory");
    else
        code = open_all(view);
    if (code == EXIT_DONE) {
        bool goes_on;

        if (!arguments->json)
            trace_table_add_header(&view->text);
        while ((goes_on = show(view)) && arguments->follow)
            usleep(POLL_US);
        if (!goes_on)
            code = EXIT_OTHER;
    }
    for (size_t i = 0; view && i < view->count; i++)
        trace_source_close(&view->sources[i]);
    if (view) {
        text_free(&view->text);
        free(view->sources);
    }
    free(view);
    return code;
}
