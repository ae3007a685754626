#include "interrupt.h"

#include <stddef.h>
#include <string.h>
#include <windows.h>

enum { EXIT_STOPPED = 3, LONGEST_WAIT_MS = 10 * 60 * 1000 };

/* The console's handler has no context of its own. */
static volatile long interruptions;
static const char *volatile journal;
static const struct terminal *volatile terminal;
static HANDLE finished;

static void say(const char *words)
{
    DWORD written;

    WriteFile(GetStdHandle(STD_ERROR_HANDLE), words, (DWORD)strlen(words), &written, NULL);
}

static void end_at_once(void)
{
    const char *path = journal;
    const struct terminal *console = terminal;

    if (console)
        terminal_close(console);
    say("\nended at once.");
    if (path) {
        say(" The disk is as it was at this moment; to clean up:\n    holdfast-conformance "
            "--cleanup \"");
        say(path);
        say("\"");
    }
    say("\n");
    TerminateProcess(GetCurrentProcess(), EXIT_STOPPED);
}

static BOOL WINAPI handle_event(DWORD event)
{
    if (InterlockedIncrement(&interruptions) > 1 && event != CTRL_CLOSE_EVENT &&
        event != CTRL_LOGOFF_EVENT && event != CTRL_SHUTDOWN_EVENT)
        end_at_once();
    if (event == CTRL_C_EVENT || event == CTRL_BREAK_EVENT)
        say("\ninterrupted: cleaning up (once more: at once, without)\n");
    else /* Windows ends the process when this returns, or after its own time-out. */
        WaitForSingleObject(finished, LONGEST_WAIT_MS);
    return TRUE;
}

volatile long *interrupt_install(void)
{
    finished = CreateEventW(NULL, TRUE, FALSE, NULL);
    /* A shell may have started us with Ctrl-C ignored. */
    SetConsoleCtrlHandler(NULL, FALSE);
    SetConsoleCtrlHandler(handle_event, TRUE);
    return &interruptions;
}

void interrupt_set_journal(const char *path)
{
    journal = path;
}

void interrupt_set_terminal(const struct terminal *console)
{
    terminal = console;
}

void interrupt_finish(void)
{
    if (finished)
        SetEvent(finished);
}
