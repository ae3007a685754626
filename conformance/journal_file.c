#include "journal_file.h"

#include "keys.h"
#include "wide.h"

#include <stdio.h>
#include <stdlib.h>
#include <windows.h>

static bool complain(char problem[JOURNAL_PROBLEM_MAX], const char *words, DWORD error)
{
    if (error)
        snprintf(problem, JOURNAL_PROBLEM_MAX, "%s (error %lu)", words, error);
    else
        snprintf(problem, JOURNAL_PROBLEM_MAX, "%s", words);
    return false;
}

static HANDLE create_new(const wchar_t *path)
{
    return CreateFileW(path, GENERIC_WRITE, FILE_SHARE_READ, NULL, CREATE_NEW,
                       FILE_FLAG_WRITE_THROUGH, NULL);
}

/* Whole where that fits: whoever cleans up may be in another folder. */
static void keep_path(const wchar_t *wide, char *path)
{
    wchar_t whole[WIDE_MAX];
    const DWORD length = GetFullPathNameW(wide, WIDE_MAX, whole, NULL);

    if (!length || length >= WIDE_MAX ||
        !WideCharToMultiByte(CP_UTF8, 0, whole, -1, path, NODE_NAME_MAX * 2, NULL, NULL))
        WideCharToMultiByte(CP_UTF8, 0, wide, -1, path, NODE_NAME_MAX * 2, NULL, NULL);
}

/* A new name in the current folder, else in the temporary one. */
static HANDLE create_somewhere(uint64_t key_base, wchar_t path[WIDE_MAX])
{
    wchar_t folder[MAX_PATH + 1] = L"";
    HANDLE file = INVALID_HANDLE_VALUE;

    for (int i = 0; i < 2 && file == INVALID_HANDLE_VALUE; i++) {
        if (i && !GetTempPathW(MAX_PATH + 1, folder))
            break;
        _snwprintf(path, WIDE_MAX, L"%lsholdfast-conformance-%08lx.journal", folder,
                   (unsigned long)(key_base >> 16 & 0xffffffff));
        file = create_new(path);
    }
    return file;
}

static bool write_text(HANDLE file, const char *text, size_t length)
{
    DWORD written = 0;

    return WriteFile(file, text, (DWORD)length, &written, NULL) && written == length &&
           FlushFileBuffers(file);
}

/* The new file, or INVALID_HANDLE_VALUE with `problem`. */
static HANDLE create(const struct journal *journal, const char *wanted, char *path,
                     char problem[JOURNAL_PROBLEM_MAX])
{
    wchar_t wide[WIDE_MAX];
    HANDLE file;

    if (wanted && !wide_from_utf8(wanted, wide)) {
        complain(problem, "its name is too long", 0);
        return INVALID_HANDLE_VALUE;
    }
    file = wanted ? create_new(wide) : create_somewhere(journal->key_base, wide);
    if (file == INVALID_HANDLE_VALUE && GetLastError() == ERROR_FILE_EXISTS)
        complain(problem, "it exists already; undo what it says with --cleanup first", 0);
    else if (file == INVALID_HANDLE_VALUE)
        complain(problem, "it cannot be created", GetLastError());
    else
        keep_path(wide, path);
    return file;
}

bool journal_file_write(struct journal_file *file, const struct journal *journal,
                        const char *wanted, char problem[JOURNAL_PROBLEM_MAX])
{
    char *text = malloc(JOURNAL_TEXT_MAX);
    const size_t length = text ? journal_print(journal, text, JOURNAL_TEXT_MAX) : 0;
    HANDLE handle = INVALID_HANDLE_VALUE;
    bool done = false;

    file->path[0] = 0;
    file->handle = NULL;
    if (!length)
        complain(problem, "it cannot be put into words", 0);
    else
        handle = create(journal, wanted, file->path, problem);
    if (handle != INVALID_HANDLE_VALUE) {
        file->handle = handle;
        done = write_text(handle, text, length) ||
               complain(problem, "it cannot be written", GetLastError());
    }
    if (!done && file->handle)
        journal_file_end(file, true);
    free(text);
    return done;
}

bool journal_file_end(struct journal_file *file, bool clean)
{
    if (file->handle)
        CloseHandle(file->handle);
    file->handle = NULL;
    if (!clean || !file->path[0])
        return true;
    return journal_file_remove(file->path);
}

bool journal_file_read(struct journal *journal, const char *path, char problem[JOURNAL_PROBLEM_MAX])
{
    char *text = malloc(JOURNAL_TEXT_MAX + 1);
    wchar_t wide[WIDE_MAX];
    HANDLE file = INVALID_HANDLE_VALUE;
    DWORD length = 0;
    bool done;

    if (!text)
        return complain(problem, "there is no memory for it", 0);
    if (wide_from_utf8(path, wide))
        file = CreateFileW(wide, GENERIC_READ | DELETE, FILE_SHARE_READ | FILE_SHARE_WRITE, NULL,
                           OPEN_EXISTING, 0, NULL);
    else
        SetLastError(ERROR_FILENAME_EXCED_RANGE);
    if (file == INVALID_HANDLE_VALUE && GetLastError() == ERROR_SHARING_VIOLATION)
        done = complain(problem, "the run that wrote it is still going on; end that first", 0);
    else if (file == INVALID_HANDLE_VALUE)
        done = complain(problem, "it cannot be opened", GetLastError());
    else if (!ReadFile(file, text, JOURNAL_TEXT_MAX + 1, &length, NULL))
        done = complain(problem, "it cannot be read", GetLastError());
    else
        done = journal_parse(journal, text, length, problem);
    if (file != INVALID_HANDLE_VALUE)
        CloseHandle(file);
    free(text);
    return done;
}

bool journal_file_remove(const char *path)
{
    wchar_t wide[WIDE_MAX];

    return wide_from_utf8(path, wide) && DeleteFileW(wide);
}
