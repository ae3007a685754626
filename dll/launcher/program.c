#include "program.h"

#include "command_line.h"
#include "wide.h"

#include <stdlib.h>
#include <windows.h>

enum { PATH_MAX_WIDE = 32768 };

/* What may be left off a program's name, in cmd.exe's order of PATHEXT. */
static const wchar_t *const extensions[] = {L".com", L".exe", L".bat", L".cmd"};

static wchar_t *join(const wchar_t *a, const wchar_t *b, const wchar_t *c, const wchar_t *d)
{
    const wchar_t *const parts[] = {a, b, c, d};
    size_t length = 1;
    for (size_t i = 0; i < 4; i++)
        length += wcslen(parts[i]);
    wchar_t *joined = calloc(length, sizeof(*joined));
    for (size_t i = 0; joined && i < 4; i++)
        wcscat(joined, parts[i]);
    return joined;
}

static bool is_file(const wchar_t *path)
{
    const DWORD attributes = GetFileAttributesW(path);
    return attributes != INVALID_FILE_ATTRIBUTES && !(attributes & FILE_ATTRIBUTE_DIRECTORY);
}

/* A name with a directory in it is looked for there only, a bare one where Windows looks for
 * programs. `path` has PATH_MAX_WIDE elements. */
static bool locate(const wchar_t *name, wchar_t *path)
{
    const bool bare = !wcspbrk(name, L"\\/:");
    const DWORD length = bare ? SearchPathW(NULL, name, NULL, PATH_MAX_WIDE, path, NULL)
                              : GetFullPathNameW(name, PATH_MAX_WIDE, path, NULL);
    return length && length < PATH_MAX_WIDE && is_file(path);
}

static bool has_extension(const wchar_t *name)
{
    const wchar_t *dot = wcsrchr(name, L'.');
    return dot && !wcspbrk(dot, L"\\/:");
}

static bool locate_with_extension(const wchar_t *name, wchar_t *path)
{
    for (size_t i = 0; i < sizeof(extensions) / sizeof(extensions[0]); i++) {
        wchar_t *full = join(name, extensions[i], L"", L"");
        const bool found = full && locate(full, path);
        free(full);
        if (found)
            return true;
    }
    return false;
}

static wchar_t *find_file(const wchar_t *name)
{
    wchar_t *path = calloc(PATH_MAX_WIDE, sizeof(*path));
    if (!path)
        return NULL;
    if ((has_extension(name) && locate(name, path)) || locate_with_extension(name, path) ||
        locate(name, path))
        return path;
    free(path);
    return NULL;
}

/* Wine's own translation of a Unix path, or NULL where this is not Wine. */
static wchar_t *windows_form(const wchar_t *unix_path)
{
    typedef wchar_t *(CDECL * translate_function)(const char *);
    HMODULE kernel32 = GetModuleHandleW(L"kernel32.dll");
    translate_function translate =
        (translate_function)(void (*)(void))GetProcAddress(kernel32, "wine_get_dos_file_name");
    char *utf8 = translate ? utf8_from_wide(unix_path) : NULL;
    wchar_t *translated = utf8 ? translate(utf8) : NULL;
    wchar_t *copy = translated ? join(translated, L"", L"", L"") : NULL;
    if (translated)
        HeapFree(GetProcessHeap(), 0, translated);
    free(utf8);
    return copy;
}

bool program_find(const wchar_t *line, struct program *program)
{
    *program = (struct program){.name = calloc(wcslen(line) + 1, sizeof(wchar_t))};
    if (!program->name)
        return false;
    const wchar_t *rest = command_line_next(line, NULL, program->name);
    wchar_t *translated = program->name[0] == L'/' ? windows_form(program->name) : NULL;

    program->path = find_file(translated ? translated : program->name);
    program->command_line = translated && program->path ? join(L"\"", program->path, L"\"", rest)
                                                        : join(line, L"", L"", L"");
    free(translated);
    return program->command_line != NULL;
}

void program_free(struct program *program)
{
    free(program->name);
    free(program->path);
    free(program->command_line);
    *program = (struct program){0};
}
