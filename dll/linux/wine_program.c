#include "wine_program.h"

#include "wine.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
    WORDS_MAX = 16,
    WAIT_MS = 120000, /* a prefix's first start after an update takes this long on a slow machine */
    STEP_MS = 10,
    NO_WINE = 127,
};

static void become(const char *const *words, int output)
{
    char *line[WORDS_MAX + 1] = {NULL};
    const int nothing = open("/dev/null", O_RDONLY);

    for (size_t i = 0; i + 1 < WORDS_MAX && words[i]; i++)
        line[i + 1] = (char *)words[i];
    /* No prompts, and no noise between the words of reg.exe; but what the user asked for stays. */
    setenv("WINEDEBUG", "-all", 0);
    setenv("WINEDLLOVERRIDES", "mscoree,mshtml=", 0);
    dup2(nothing, STDIN_FILENO);
    dup2(output, STDOUT_FILENO);
    dup2(output, STDERR_FILENO);
    wine_execute(line);
    _exit(NO_WINE);
}

static void sleep_ms(long ms)
{
    nanosleep(&(struct timespec){ms / 1000, ms % 1000 * 1000000}, NULL);
}

/* -1: it was ended, by us or by another. */
static int wait_for(pid_t child)
{
    int status = 0;

    for (int waited = 0; waited < WAIT_MS; waited += STEP_MS) {
        if (waitpid(child, &status, WNOHANG) == child)
            return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
        sleep_ms(STEP_MS);
    }
    kill(child, SIGKILL);
    waitpid(child, &status, 0);
    return -1;
}

static void add_file(struct text *text, int fd)
{
    char bytes[4096];
    ssize_t length;
    off_t at = 0;

    while ((length = pread(fd, bytes, sizeof(bytes), at)) > 0) {
        text_add(text, "%.*s", (int)length, bytes);
        at += length;
    }
}

/* A file and not a pipe: the wineserver that it may start keeps the other end open. */
int wine_program_run(const char *const *words, struct text *output, struct text *problem)
{
    const int file = memfd_create("output", MFD_CLOEXEC);
    const pid_t child = file < 0 ? -1 : fork();
    int code = -1;

    if (child == 0)
        become(words, file);
    if (child > 0) {
        code = wait_for(child);
        add_file(output, file);
    }
    if (code == NO_WINE && output->bytes)
        text_add(problem, "%.*s", (int)strcspn(output->bytes, "\n"), output->bytes);
    else if (code < 0)
        text_add(problem, "Wine's %s did not come to its end: try '%s' again by hand", words[0],
                 "wine reg.exe query HKLM\\Software");
    if (file >= 0)
        close(file);
    return code == NO_WINE ? -1 : code;
}

static bool answers(const char *folder, const struct stat *prefix)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    const int length =
        snprintf(address.sun_path, sizeof(address.sun_path), "%s/server-%llx-%llx/socket", folder,
                 (unsigned long long)prefix->st_dev, (unsigned long long)prefix->st_ino);
    if (length < 0 || (size_t)length >= sizeof(address.sun_path))
        return false;
    const int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return false;
    const bool done = connect(fd, (struct sockaddr *)&address, sizeof(address)) == 0;
    close(fd);
    return done;
}

/* The folder is /tmp/.wine-UID (dlls/ntdll/unix/server.c init_server_dir), or with Debian's change
 * one whose name the prefix keeps in the file "wineserver". */
bool wine_server_runs(const struct prefix *prefix)
{
    char path[PATH_MAX + 16], folder[64] = "/tmp/";
    struct stat facts;

    if (stat(prefix->path, &facts) < 0)
        return false;
    snprintf(path, sizeof(path), "%s/wineserver", prefix->path);
    FILE *file = fopen(path, "re");
    if (file) {
        const bool read = fgets(folder + strlen(folder), 32, file) != NULL;
        folder[strcspn(folder, "\n")] = 0;
        fclose(file);
        if (read && answers(folder, &facts))
            return true;
    }
    snprintf(folder, sizeof(folder), "/tmp/.wine-%u", (unsigned int)geteuid());
    return answers(folder, &facts);
}
