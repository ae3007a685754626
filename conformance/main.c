/* holdfast-conformance: asks a system's reservation codes, and reports what it answers. */
#include "opened_disk.h"
#include "options.h"
#include "reports.h"
#include "runner.h"
#include "session.h"
#include "undo.h"
#include "wide.h"

#include <stdio.h>
#include <stdlib.h>
#include <windows.h>

#include <shellapi.h>

enum { EXIT_MISUSED = 2 };

static int run_list(const struct options *options)
{
    const struct selection selection = {options->run.pattern, options->skip.pattern,
                                        options->run.count, options->skip.count};

    runner_list(stdout, &selection);
    return EXIT_SUCCESS;
}

static int run_compare(const struct options *options)
{
    struct terminal terminal;
    const struct live_report report = reports_live(options, &terminal);
    const int code = compare_reports(options->compare[0], options->compare[1], &report, stderr);

    terminal_close(&terminal);
    return code;
}

static int run_help(const struct options *options)
{
    (void)options;
    options_help(stdout);
    return EXIT_SUCCESS;
}

static int run_version(const struct options *options)
{
    (void)options;
    puts("holdfast-conformance " HOLDFAST_VERSION);
    return EXIT_SUCCESS;
}

static int (*const modes[])(const struct options *options) = {
    [MODE_RUN] = session_run,     [MODE_LIST] = run_list,       [MODE_COMPARE] = run_compare,
    [MODE_CLEAN_UP] = undo_run,   [MODE_SERVE] = session_serve, [MODE_HELP] = run_help,
    [MODE_VERSION] = run_version,
};

static int run(int argc, const char *const *argv)
{
    static struct options options; /* what a case that never ends may still look at */
    char problem[OPTION_PROBLEM_MAX];

    if (argc == 0) {
        options_help(stderr);
        return EXIT_MISUSED;
    }
    if (!options_parse(&options, argc, argv, problem)) {
        complain("%s; --help shows everything", problem);
        return EXIT_MISUSED;
    }
    return modes[options.mode](&options);
}

/* Windows gives a program its arguments in UTF-16 only, and main's in the code page of the day. */
int main(void)
{
    int argc = 0, code = EXIT_MISUSED, taken = 0;
    wchar_t **wide = CommandLineToArgvW(GetCommandLineW(), &argc);
    const char **argv = calloc((size_t)argc + 1, sizeof(*argv));

    while (wide && argv && taken < argc && (argv[taken] = utf8_from_wide(wide[taken])))
        taken++;
    if (taken == argc && taken > 0)
        code = run(argc - 1, argv + 1);
    else
        complain("there is no memory for the arguments");
    fflush(NULL);
    LocalFree(wide);
    while (argv && taken > 0)
        free((void *)argv[--taken]);
    free((void *)argv);
    return code;
}
