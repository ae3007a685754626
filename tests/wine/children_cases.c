/* Child processes carry the shim too, and notice nothing else of it. */
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WITH_SHIM = 42, WITHOUT_SHIM = 43 };

static PROCESS_INFORMATION start(const char *duty, DWORD flags)
{
    STARTUPINFOA startup = {.cb = sizeof(startup)};
    PROCESS_INFORMATION child = {0};
    char program[MAX_PATH], command_line[MAX_PATH + 64];

    if (!GetEnvironmentVariableA("HOLDFAST_TEST_CHILD", program, MAX_PATH)) /* see tests/wow64 */
        GetModuleFileNameA(NULL, program, MAX_PATH);
    snprintf(command_line, sizeof(command_line), "\"%s\" --child %s", program, duty);
    CHECK(
        CreateProcessA(NULL, command_line, NULL, NULL, TRUE, flags, NULL, NULL, &startup, &child));
    return child;
}

static DWORD wait(PROCESS_INFORMATION child)
{
    DWORD code = 0;

    CHECK_EQUAL(WaitForSingleObject(child.hProcess, patience_ms()), WAIT_OBJECT_0);
    GetExitCodeProcess(child.hProcess, &code);
    CloseHandle(child.hThread);
    CloseHandle(child.hProcess);
    return code;
}

/* Tells whether it has the shim, itself or in a child of its own. */
int children_main(int argc, char **argv)
{
    if (argc > 2 && strcmp(argv[2], "grandchild") == 0)
        return (int)wait(start("report", 0));
    if (argc > 3 && strcmp(argv[2], "leave") == 0)
        return leave_in_flight(argv[3]);
    if (argc > 4 && strcmp(argv[2], "close") == 0)
        return close_in_parent(argv[3], argv[4]);
    if (argc > 3 && strcmp(argv[2], "reserve") == 0)
        return reserve_by_inherited(argv[3]);
    if (argc > 2 && strcmp(argv[2], "late") == 0)
        return ask_while_ending();
    return GetModuleHandleA("holdfast.dll") ? WITH_SHIM : WITHOUT_SHIM;
}

static void a_child_carries_the_shim(void)
{
    CHECK_EQUAL(wait(start("report", 0)), WITH_SHIM);
}

static void a_grandchild_carries_the_shim(void)
{
    CHECK_EQUAL(wait(start("grandchild", 0)), WITH_SHIM);
}

static void a_child_that_was_to_be_suspended_stays_so(void)
{
    PROCESS_INFORMATION child = start("report", CREATE_SUSPENDED);

    CHECK_EQUAL(WaitForSingleObject(child.hProcess, 300), WAIT_TIMEOUT);
    CHECK_EQUAL(ResumeThread(child.hThread), 1); /* the count was one, not two */
    CHECK_EQUAL(wait(child), WITH_SHIM);
}

static void a_program_that_does_not_exist_is_still_reported_so(void)
{
    STARTUPINFOA startup = {.cb = sizeof(startup)};
    PROCESS_INFORMATION child;
    char command_line[] = "C:\\no_such_program.exe";

    CHECK(!CreateProcessA(NULL, command_line, NULL, NULL, FALSE, 0, NULL, NULL, &startup, &child));
    CHECK_EQUAL(GetLastError(), ERROR_FILE_NOT_FOUND);
}

const struct test_case children_cases[] = {
    TEST(a_child_carries_the_shim),
    TEST(a_grandchild_carries_the_shim),
    TEST(a_child_that_was_to_be_suspended_stays_so),
    TEST(a_program_that_does_not_exist_is_still_reported_so),
    {NULL, NULL},
};
