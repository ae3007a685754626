#include "engine.h"

static struct line lines[ENGINE_ROWS];
static DWORD count;

static struct line *find(HMODULE library, const char *function)
{
    for (DWORD i = 0; i < count; i++)
        if (lines[i].library == library && lstrcmpA(lines[i].first->function_name, function) == 0)
            return &lines[i];
    return NULL;
}

static struct hook_api *next_of(const struct hook_api *row)
{
    return row->reserved[1];
}

/* ReactOS' engine would link a row that stands in line already to itself, and hang. */
static void append(struct line *line, struct hook_api *row)
{
    struct hook_api *last = line->first;

    while (last != row && next_of(last))
        last = next_of(last);
    if (last == row)
        engine_fail("a shim gave its row for %s twice", row->function_name);
    last->reserved[1] = row;
}

static void add(struct hook_api *row)
{
    HMODULE library = GetModuleHandleA(row->library_name);
    struct line *line = find(library, row->function_name);

    if (line) {
        append(line, row);
        return;
    }
    if (!library || count == ENGINE_ROWS)
        engine_fail("no %s, or too many functions", row->library_name);
    lines[count++] = (struct line){library, row};
}

void lines_add(struct hook_api *rows, DWORD rows_count)
{
    for (DWORD i = 0; i < rows_count; i++)
        add(&rows[i]);
}

void lines_resolve(void)
{
    for (DWORD i = 0; i < count; i++) {
        struct hook_api *row = lines[i].first;

        for (; next_of(row); row = next_of(row))
            row->original_function = next_of(row)->replacement_function;
        row->original_function = (void *)GetProcAddress(lines[i].library, row->function_name);
    }
}

void *lines_first(HMODULE library, const char *function)
{
    const struct line *line = find(library, function);

    return line ? line->first->replacement_function : NULL;
}

DWORD lines_count(void)
{
    return count;
}
