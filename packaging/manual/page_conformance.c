/* holdfast-conformance(1) */
#include "../../conformance/options.h"
#include "pages.h"
#include "roff.h"

#include <string.h>

static void add_synopsis(struct text *text)
{
    roff_add_section(text, "SYNOPSIS");
    text_add(text, ".nf\n");
    for (const char *const *line = options_usage; *line; line++) {
        roff_add_words(text, *line);
        text_add(text, "\n");
    }
    text_add(text, ".fi\n");
}

static void add_option(struct text *text, const struct option_description *option)
{
    text_add(text, ".TP\n");
    roff_add_in_font(text, 'B', option->name);
    if (option->value) {
        text_add(text, option->value_optional ? "[" : " ");
        roff_add_in_font(text, 'I', option->value);
        text_add(text, option->value_optional ? "]" : "");
    }
    text_add(text, "\n");
    roff_add_words(text, option->help);
    text_add(text, "\n");
}

void page_add_conformance(struct text *text, const struct release *release)
{
    struct option_description option;

    roff_add_title(text, "holdfast-conformance", release->date, release->version);
    roff_add_section(text, "NAME");
    text_add(text, "holdfast\\-conformance \\- ask a shared disk whether its storage reservation "
                   "codes are as on Windows\n");
    add_synopsis(text);
    roff_add_section(text, "DESCRIPTION");
    roff_add_paragraphs(text, options_summary);
    text_add(text, ".PP\n");
    roff_add_paragraphs(
        text,
        "It is a Windows program that needs nothing but its one file: copy it to the Windows, "
        "ReactOS or Wine machine whose answers are in question. Here it lies in "
        "/usr/share/holdfast, for x86-64 and (-i386) for 32-bit systems. Under Wine with "
        "Holdfast it is started by 'holdfast run'.");
    roff_add_section(text, "OPTIONS");
    for (size_t i = 0; options_describe(i, &option); i++)
        add_option(text, &option);
    roff_add_section(text, "EXIT STATUS");
    roff_add_paragraphs(text, options_exit_codes);
    roff_add_section(text, "EXAMPLES");
    roff_add_entry(text, 'B', "holdfast run /usr/share/holdfast/holdfast-conformance.exe 1", NULL,
                   "Who is \\\\.\\PhysicalDrive1? Changes nothing, and says how to go on.");
    roff_add_section(text, "SEE ALSO");
    text_add(text, ".BR holdfast (1);\n");
    roff_add_words(text, "/usr/share/doc/holdfast/docs/conformance.md has all of it.\n");
}
