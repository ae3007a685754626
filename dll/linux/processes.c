#include "processes.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

enum {
    SECTIONS_MAX = 96, /* PE/COFF 3.3, of the loader */
    SECTION_SIZE = 40,
    SG_MAJOR = 21,
};

static bool read_at(int fd, uint64_t address, void *bytes, size_t length)
{
    return address < INT64_MAX && pread(fd, bytes, length, (off_t)address) == (ssize_t)length;
}

bool process_info_check(struct holdfast_process_info *info)
{
    char *const texts[] = {info->version, info->wine,  info->hook,   info->transport,
                           info->program, info->trace, info->problem};
    const size_t sizes[] = {sizeof(info->version),   sizeof(info->wine),    sizeof(info->hook),
                            sizeof(info->transport), sizeof(info->program), sizeof(info->trace),
                            sizeof(info->problem)};

    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        texts[i][sizes[i] - 1] = 0;
        for (char *c = texts[i]; *c; c++)
            if ((unsigned char)*c < ' ' || *c == 0x7f)
                *c = '?';
    }
    return memcmp(info->magic, HOLDFAST_PROCESS_INFO_MAGIC, sizeof(HOLDFAST_PROCESS_INFO_MAGIC)) ==
               0 &&
           info->size == sizeof(*info) && info->windows_pid;
}

bool process_is_served(const struct holdfast_process_info *info)
{
    return strcmp(info->hook, "none") != 0 && strcmp(info->transport, "none") != 0;
}

/* The section of the DLL that lies at `base`. What stands there is the process' own, so nothing of
 * it is believed. */
static bool read_section(int memory, uint64_t base, struct holdfast_process_info *info)
{
    uint32_t header, address;
    uint16_t count, optional;
    char section[SECTION_SIZE];

    if (!read_at(memory, base + 0x3c, &header, 4) || header > 0x1000 ||
        !read_at(memory, base + header + 6, &count, 2) ||
        !read_at(memory, base + header + 20, &optional, 2))
        return false;
    for (uint16_t i = 0; i < count && i < SECTIONS_MAX; i++) {
        if (!read_at(memory, base + header + 24 + optional + (uint64_t)i * SECTION_SIZE, section,
                     SECTION_SIZE))
            return false;
        if (memcmp(section, HOLDFAST_PROCESS_INFO_SECTION, sizeof(HOLDFAST_PROCESS_INFO_SECTION)) !=
            0)
            continue;
        memcpy(&address, section + 12, sizeof(address));
        return read_at(memory, base + address, info, sizeof(*info)) && process_info_check(info);
    }
    return false;
}

static FILE *open_proc(pid_t pid, const char *name)
{
    char path[64];

    snprintf(path, sizeof(path), "/proc/%d/%s", (int)pid, name);
    return fopen(path, "re");
}

static bool ends_with(const char *path, const char *end)
{
    const size_t length = strlen(path), wanted = strlen(end);

    return length >= wanted && !strcmp(path + length - wanted, end);
}

/* Where holdfast.dll begins; 0: it is not there. */
static uint64_t read_map(struct process *process)
{
    FILE *map = open_proc(process->pid, "maps");
    char line[PATH_MAX + 128];
    uint64_t base = 0;

    process->is_readable = map != NULL;
    while (map && fgets(line, sizeof(line), map)) {
        unsigned long long start, offset;
        char *end, *words;

        line[strcspn(line, "\n")] = 0;
        start = strtoull(line, &end, 16);
        if (*end != '-' || !(words = strchr(end, ' ')) || !(words = strchr(words + 1, ' ')))
            continue;
        offset = strtoull(words, NULL, 16);
        process->is_wine |= ends_with(line, "/ntdll.so") || ends_with(line, "/ntdll.dll");
        process->has_shim |= ends_with(line, "/holdfast.dll") || ends_with(line, "/holdfast.so");
        if (!base && !offset && ends_with(line, "/holdfast.dll"))
            base = start;
    }
    if (map)
        fclose(map);
    return base;
}

/* Wine's choice: WINEPREFIX, else HOME/.wine. */
static void read_prefix(struct process *process)
{
    FILE *environment = open_proc(process->pid, "environ");
    char *word = NULL;
    size_t size = 0;
    bool is_chosen = false;

    process->prefix[0] = 0;
    while (environment && !is_chosen && getdelim(&word, &size, 0, environment) > 0) {
        is_chosen = !strncmp(word, "WINEPREFIX=", 11) && word[11];
        if (is_chosen)
            snprintf(process->prefix, PATH_MAX, "%s", word + 11);
        else if (!strncmp(word, "HOME=", 5))
            snprintf(process->prefix, PATH_MAX, "%s/.wine", word + 5);
    }
    free(word);
    if (environment)
        fclose(environment);
}

void process_read(pid_t pid, struct process *process)
{
    char path[64];
    uint64_t base;
    int memory;

    memset(process, 0, sizeof(*process));
    process->pid = pid;
    snprintf(path, sizeof(path), "/proc/%d", (int)pid);
    process->exists = access(path, F_OK) == 0;
    base = read_map(process);
    if (!process->is_wine)
        return;
    read_prefix(process);
    snprintf(path, sizeof(path), "/proc/%d/mem", (int)pid);
    memory = base ? open(path, O_RDONLY | O_CLOEXEC) : -1;
    if (memory < 0)
        return;
    process->is_known = read_section(memory, base, &process->info);
    if (!process->is_known) /* nothing is shown of what another version has written */
        memset(&process->info, 0, sizeof(process->info));
    close(memory);
}

static bool add(struct process **processes, size_t *count, const struct process *process)
{
    struct process *more = realloc(*processes, (*count + 1) * sizeof(*more));

    if (!more)
        return false;
    more[*count] = *process;
    *processes = more;
    ++*count;
    return true;
}

bool processes_find(struct process **processes, size_t *count)
{
    DIR *folder = opendir("/proc");
    struct process *process = malloc(sizeof(*process));
    const struct dirent *entry;
    bool done = process != NULL;

    *processes = NULL;
    *count = 0;
    while (done && folder && (entry = readdir(folder))) {
        if (entry->d_name[strspn(entry->d_name, "0123456789")])
            continue;
        process_read((pid_t)strtol(entry->d_name, NULL, 10), process);
        if (process->has_shim)
            done = add(processes, count, process);
    }
    free(process);
    if (folder)
        closedir(folder);
    return done;
}

/* Linux Documentation/admin-guide/devices.txt. */
static bool is_disk_node(const struct stat *status)
{
    const unsigned number = major(status->st_rdev);

    if (S_ISCHR(status->st_mode))
        return number == SG_MAJOR;
    return S_ISBLK(status->st_mode) &&
           (number == 8 || (number >= 65 && number <= 71) || (number >= 128 && number <= 135));
}

bool process_next_disk(void *folder, char node[PATH_MAX])
{
    const struct dirent *entry;
    struct stat status;

    while ((entry = readdir(folder))) {
        const int fd = dirfd(folder);
        ssize_t length;

        if (fstatat(fd, entry->d_name, &status, 0) < 0 || !is_disk_node(&status))
            continue;
        length = readlinkat(fd, entry->d_name, node, PATH_MAX - 1);
        if (length <= 0)
            continue;
        node[length] = 0;
        return true;
    }
    return false;
}
