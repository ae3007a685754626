#include "session.h"

#include "clean_up.h"
#include "disk_identity.h"
#include "interrupt.h"
#include "journal_file.h"
#include "keys.h"
#include "local_node.h"
#include "opened_disk.h"
#include "platform.h"
#include "probe.h"
#include "reports.h"
#include "run_facts.h"
#include "runner.h"
#include "second_node.h"
#include "serve.h"
#include "unit_access.h"
#include "work_area.h"

#include <inttypes.h>
#include <process.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <windows.h>

enum { EXIT_UNFIT = 2, EXIT_STOPPED = 3, CLEAN_UP_S = 120 };

struct session {
    const struct options *options;
    struct opened_disk disk;
    struct environment environment;
    struct safety safety;
    struct node *second;
    struct journal journal;
    struct journal_file file;
    struct clean_up clean_up;
    struct terminal terminal;
    struct live_report report;
    struct run_result run;
    volatile long *interrupted;
};

static bool take_platform(struct session *session)
{
    const char *name = session->options->platform;

    platform_detect(&session->environment);
    if (!name || platform_from_name(name, &session->environment.platform))
        return true;
    complain("there is no platform '%s': windows, windows-7, wine, holdfast or reactos", name);
    return false;
}

/* Up to here nothing is changed, and nothing but the disk itself is read. */
static bool go_on(struct session *session)
{
    const struct options *options = session->options;

    return take_platform(session) && opened_disk_open(&session->disk, options->disk) &&
           opened_disk_is_meant(&session->disk, options) &&
           opened_disk_is_safe(&session->disk, options, session->environment.platform,
                               &session->safety);
}

static bool probe(struct session *session)
{
    const struct options *options = session->options;
    const struct consents consents = {options->reserve, options->data_loss, options->bus_reset};
    struct environment *environment = &session->environment;

    environment->disk = session->disk.identity;
    disk_adapter(session->disk.node, environment->adapter, sizeof(environment->adapter));
    if (!keys_make_base(&environment->key_base)) {
        complain("the system has no random numbers");
        return false;
    }
    probe_by_reading(environment, session->disk.node, &consents);
    return second_node_open(options, &environment->disk, environment->work_block, &session->second);
}

static bool save_blocks(struct session *session)
{
    struct journal *journal = &session->journal;

    for (uint32_t i = 0; i < WORK_BLOCKS; i++) {
        const enum reply reply = unit_read_block(session->disk.node, journal->work_block + i,
                                                 journal->identity.block_size, journal->blocks[i]);
        if (reply == REPLY_DONE)
            continue;
        complain("block %" PRIu32 " cannot be saved: %s", journal->work_block + i,
                 reply_words(reply));
        return false;
    }
    return true;
}

/* Before anything is changed, what it takes to undo it is on a disk. */
static bool write_journal(struct session *session)
{
    const struct environment *environment = &session->environment;
    const struct options *options = session->options;
    struct journal *journal = &session->journal;
    char problem[JOURNAL_PROBLEM_MAX];

    journal->reservations = options->reserve || options->bus_reset;
    journal->data = environment->can[NEED_DATA];
    if (!journal->reservations && !journal->data)
        return true;
    snprintf(journal->disk, sizeof(journal->disk), "%s", session->disk.name);
    if (options->other && session->second)
        snprintf(journal->other, sizeof(journal->other), "%s", session->second->name);
    snprintf(journal->peer, sizeof(journal->peer), "%s", options->peer ? options->peer : "");
    journal->identity = environment->disk;
    journal->key_base = environment->key_base;
    journal->work_block = environment->work_block;
    if (journal->data && !save_blocks(session))
        return false;
    if (journal_file_write(&session->file, journal, options->journal, problem)) {
        interrupt_set_journal(session->file.path);
        return true;
    }
    complain("the journal%s%s: %s", options->journal ? " " : "",
             options->journal ? options->journal : "", problem);
    return false;
}

static struct selection selection_of(const struct options *options)
{
    const struct selection selection = {options->run.pattern, options->skip.pattern,
                                        options->run.count, options->skip.count};

    return selection;
}

/* The first things that are changed. False where the second node is none; what has been changed is
 * taken back by clean_up in any case. */
static bool prove(struct session *session)
{
    struct node *const nodes[NODES] = {session->disk.node, session->second};
    struct environment *environment = &session->environment;
    const struct selection selection = selection_of(session->options);
    const bool reserve = session->options->reserve;
    char problem[REASON_MAX] = "";

    if (reserve)
        probe_by_reserving(environment, nodes[NODE_1]);
    environment->can[NEED_BOTH_NODES] = session->second != NULL;
    if (session->second && reserve && environment->can[NEED_PR] &&
        !probe_second_node(nodes, environment->key_base, problem)) {
        complain("%s cannot be the second node: %s", session->second->name, problem);
        return false;
    }
    if (reserve && runner_needs(&selection) & NEEDS_BREAK)
        probe_by_resetting(environment, nodes);
    return true;
}

/* ---- Bringing everything back ---- */

static bool some_case_has_no_end(const struct run_result *run)
{
    return run_count(run, TIMED_OUT) != 0;
}

/* A case that has not ended still has its nodes: what it asks from now on is refused, and the unit
 * is looked after by nodes of its own. */
static void replace_node(struct node **node, const struct opened_disk *disk)
{
    snprintf((*node)->problem, sizeof((*node)->problem), "the run is over");
    node_close(*node);
    *node = disk ? local_node_create(disk->wide) : NULL;
}

static void renew_nodes(struct session *session)
{
    struct opened_disk other;

    if (session->disk.node->problem[0] || some_case_has_no_end(&session->run))
        replace_node(&session->disk.node, &session->disk);
    if (!session->second || !(session->second->problem[0] || some_case_has_no_end(&session->run)))
        return;
    replace_node(&session->second, NULL);
    if (session->options->other && opened_disk_open(&other, session->options->other))
        session->second = other.node;
}

static unsigned __stdcall clean_up_thread(void *context)
{
    struct session *session = context;

    clean_up_run(&session->clean_up);
    return 0;
}

/* False where the disk does not answer: then the thread goes on, and with it all that it uses. */
static bool clean_up_in_time(struct session *session)
{
    HANDLE thread = (HANDLE)_beginthreadex(NULL, 0, clean_up_thread, session, 0, NULL);
    const DWORD waited = thread ? WaitForSingleObject(thread, CLEAN_UP_S * 1000) : WAIT_FAILED;

    if (thread)
        CloseHandle(thread);
    return waited == WAIT_OBJECT_0;
}

static void note_left(struct session *session, const char *what)
{
    snprintf(session->run.left_behind, sizeof(session->run.left_behind), "%.120s: run --cleanup %s",
             what, session->file.path[0] ? session->file.path : "with its journal");
    complain("%s. When the disk answers again:\n    holdfast-conformance --cleanup \"%s\"", what,
             session->file.path);
}

/* Returns false where the session's memory is still in use. */
static bool take_back(struct session *session)
{
    struct clean_up *clean_up = &session->clean_up;
    bool ended = true;

    if (!session->file.path[0])
        return true;
    renew_nodes(session);
    clean_up->nodes[0] = session->disk.node;
    clean_up->nodes[1] = session->second;
    clean_up->journal = &session->journal;
    if (!clean_up->nodes[0])
        note_left(session, "the disk cannot be opened again");
    else if (!(ended = clean_up_in_time(session)))
        note_left(session, "the disk does not answer, so nothing could be taken back");
    else if (clean_up->left[0])
        note_left(session, clean_up->left);
    if (!journal_file_end(&session->file, !session->run.left_behind[0]))
        complain("%s is not needed any more, but cannot be deleted", session->file.path);
    interrupt_set_journal(session->run.left_behind[0] ? session->file.path : NULL);
    return ended;
}

/* ---- The run ---- */

static void note_start(struct session *session)
{
    const time_t now = time(NULL);
    const struct tm *utc = gmtime(&now);
    struct run_result *run = &session->run;

    run->suite_version = HOLDFAST_VERSION;
    if (utc)
        strftime(run->started, sizeof(run->started), "%Y-%m-%dT%H:%M:%SZ", utc);
    run_facts_begin(run, &session->environment, session->options);
    run_fact(run, "node_1", "%s", session->disk.name);
    run_fact(run, "node_2", "%s", session->second ? session->second->name : "");
    run_fact(run, "checks", "%s", session->safety.notes);
    if (session->safety.generation_known)
        run_fact(run, "generation_before", "%" PRIu32, session->safety.generation);
    if (session->safety.notes[0])
        fprintf(session->report.stream, "Note: %s.\n", session->safety.notes);
}

static void note_end(struct session *session, DWORD start)
{
    struct run_result *run = &session->run;

    run->milliseconds = GetTickCount() - start;
    if (session->clean_up.generation_known)
        run_fact(run, "generation_after", "%" PRIu32, session->clean_up.generation);
    if (session->file.path[0])
        run_fact(run, "disk_afterwards", "%s",
                 run->left_behind[0] ? run->left_behind : "as before the run, read back");
}

static void run_cases(struct session *session)
{
    const struct options *options = session->options;
    struct runner runner = {
        .test = {.nodes = {session->disk.node, session->second},
                 .environment = &session->environment,
                 .disk_name = session->disk.name},
        .selection = selection_of(options),
        .timeout_s = options->timeout_s,
        .stop_at_first_failure = options->fail_fast,
        .report = &session->report,
        .interrupted = session->interrupted,
    };

    runner_run(&runner, &session->run);
}

static int run_prepared(struct session *session)
{
    const DWORD start = GetTickCount();
    const bool proved = prove(session);
    bool ended;
    int code;

    if (proved) {
        note_start(session);
        run_cases(session);
    }
    if (*session->interrupted && !session->run.stopped[0]) /* in the last case */
        snprintf(session->run.stopped, sizeof(session->run.stopped), "interrupted");
    ended = take_back(session);
    if (!proved)
        return session->run.left_behind[0] ? EXIT_STOPPED : EXIT_UNFIT;
    note_end(session, start);
    report_end(&session->report, &session->run);
    code =
        reports_write(session->options, &session->run) ? run_exit_code(&session->run) : EXIT_UNFIT;
    if (!ended || some_case_has_no_end(&session->run)) {
        /* Threads of the suite are still with the disk: they must not meet a half-ended process. */
        fflush(NULL);
        terminal_close(&session->terminal);
        interrupt_finish();
        TerminateProcess(GetCurrentProcess(), (UINT)code);
    }
    return code;
}

int session_run(const struct options *options)
{
    /* A case that never ends keeps pointers to it, so it lives as long as the process. */
    static struct session session;
    int code = EXIT_UNFIT;

    session.options = options;
    session.interrupted = interrupt_install();
    session.report = reports_live(options, &session.terminal);
    interrupt_set_terminal(&session.terminal);
    if (go_on(&session) && reports_can_be_written(options) && probe(&session) &&
        write_journal(&session))
        code = *session.interrupted ? EXIT_STOPPED : run_prepared(&session);
    if (*session.interrupted && session.file.handle)
        journal_file_end(&session.file, true); /* nothing was changed yet */
    node_close(session.second);
    opened_disk_close(&session.disk);
    fflush(NULL);
    terminal_close(&session.terminal);
    interrupt_finish();
    return code;
}

int session_serve(const struct options *options)
{
    static struct session session;
    struct serve_options serve_options = {
        .disk_name = session.disk.wide,
        .address = options->listen,
        .environment = &session.environment,
        .reserve = options->reserve,
        .data_loss = options->data_loss,
        .bus_reset = options->bus_reset,
    };
    int code = EXIT_UNFIT;

    session.options = options;
    session.interrupted = serve_options.interrupted = interrupt_install();
    if (go_on(&session)) {
        session.environment.disk = session.disk.identity;
        work_area_first(session.disk.identity.blocks, &session.environment.work_block);
        if (session.safety.notes[0])
            fprintf(stderr, "Note: %s.\n", session.safety.notes);
        code = serve(&serve_options);
    }
    opened_disk_close(&session.disk);
    interrupt_finish();
    return code;
}
