/* Two environments side by side; one below the other where the lines are short. */
#include "compare_report.h"
#include "report_text.h"

enum { NAME_COLUMN = 14, GAP = 2, SIDE_BY_SIDE = 60 };

static void print_side_by_side(const struct live_report *report, const char *name,
                               const char *texts[SIDES])
{
    const unsigned cell = (text_columns(report) - NAME_COLUMN - 2 * GAP) / SIDES;
    unsigned used = text_clipped(report, name, NAME_COLUMN);

    do {
        text_blanks(report, NAME_COLUMN + GAP - used);
        used = text_line(report, &texts[FIRST], cell);
        if (*texts[SECOND]) {
            text_blanks(report, cell + GAP - used);
            text_line(report, &texts[SECOND], cell);
        }
        fputc('\n', report->stream);
        used = 0;
    } while (*texts[FIRST] || *texts[SECOND]);
}

static void print_line(const struct live_report *report, const char *name, const char *first,
                       const char *second)
{
    if (text_columns(report) >= SIDE_BY_SIDE) {
        const char *texts[SIDES] = {first, second};

        print_side_by_side(report, name, texts);
        return;
    }
    text_paragraph(report, 0, "%s", name);
    text_paragraph(report, GAP, "A  %s", first);
    text_paragraph(report, GAP, "B  %s", second);
}

static void print_members(const struct comparison *comparison, const struct live_report *report)
{
    const struct json *a = comparison->files[FIRST].environment;
    const struct json *b = comparison->files[SECOND].environment;

    for (const struct json *line = a ? a->first : NULL; line; line = line->next)
        if (line->type == JSON_TEXT)
            print_line(report, line->name, line->text, json_member_text(b, line->name));
    for (const struct json *line = b ? b->first : NULL; line; line = line->next)
        if (line->type == JSON_TEXT && !json_member(a, line->name, JSON_TEXT))
            print_line(report, line->name, "", line->text);
}

/* Of the report as a whole, before its environment. */
static const char *const head_members[] = {"version", "started", "stopped", "left_behind"};

void print_compared_environments(const struct comparison *comparison,
                                 const struct live_report *report)
{
    const struct json *a = comparison->files[FIRST].document.root;
    const struct json *b = comparison->files[SECOND].document.root;

    text_colour(report, BOLD);
    print_line(report, "", "A", "B");
    text_colour(report, PLAIN);
    print_line(report, "file", comparison->files[FIRST].path, comparison->files[SECOND].path);
    for (size_t i = 0; i < sizeof(head_members) / sizeof(head_members[0]); i++) {
        const char *first = json_member_text(a, head_members[i]);
        const char *second = json_member_text(b, head_members[i]);

        if (first[0] || second[0])
            print_line(report, head_members[i], first, second);
    }
    print_members(comparison, report);
}
