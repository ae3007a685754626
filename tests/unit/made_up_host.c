#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "made_up_host.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

char made_up_root[64];
bool made_up_claimed;

static char sys[128], proc[128], dev[128];

static int look(const char *path, struct node *node)
{
    char words[32] = "";

    if (access(path, R_OK) != 0)
        return errno;
    *node = (struct node){.mode = 0660};
    host_read_words(words, sizeof(words), "%s", path);
    if (host_parse_device(words + 2, &node->device_major, &node->device_minor)) {
        node->is_block = words[0] == 'b';
        node->is_character = words[0] == 'c';
    }
    return 0;
}

static bool is_claimed(const char *path)
{
    (void)path;
    return made_up_claimed;
}

struct host made_up_host = {.look = look, .is_claimed = is_claimed};

const char *made_up(const char *format, ...)
{
    static char paths[4][PATH_MAX];
    static size_t turn;
    char *path = paths[turn++ % 4];
    va_list arguments;
    const int length = snprintf(path, PATH_MAX, "%s/", made_up_root);

    va_start(arguments, format);
    vsnprintf(path + length, PATH_MAX - (size_t)length, format, arguments);
    va_end(arguments);
    return path;
}

static void make_folders(const char *path)
{
    char folder[PATH_MAX];

    snprintf(folder, sizeof(folder), "%s", path);
    for (char *slash = folder + 1; (slash = strchr(slash, '/')); slash++) {
        *slash = 0;
        mkdir(folder, 0755);
        *slash = '/';
    }
}

void made_up_bytes(const char *path, const void *bytes, size_t length)
{
    make_folders(path);
    FILE *file = fopen(path, "we");
    if (!file || fwrite(bytes, 1, length, file) != length)
        fail_msg("%s cannot be written", path);
    fclose(file);
}

void made_up_write(const char *path, const char *format, ...)
{
    char words[4096];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(words, sizeof(words), format, arguments);
    va_end(arguments);
    made_up_bytes(path, words, strlen(words));
}

void made_up_link(const char *path, const char *target)
{
    make_folders(path);
    unlink(path);
    assert_int_equal(symlink(target, path), 0);
}

int made_up_begin(void **state)
{
    (void)state;
    snprintf(made_up_root, sizeof(made_up_root), "/tmp/holdfast-unit.XXXXXX");
    if (!mkdtemp(made_up_root))
        return -1;
    snprintf(sys, sizeof(sys), "%s/sys", made_up_root);
    snprintf(proc, sizeof(proc), "%s/proc", made_up_root);
    snprintf(dev, sizeof(dev), "%s/dev", made_up_root);
    made_up_host.sys = sys;
    made_up_host.proc = proc;
    made_up_host.dev = dev;
    made_up_claimed = false;
    made_up_write(made_up("proc/self/mountinfo"), "22 1 253:0 / / rw - ext4 /dev/root rw\n");
    made_up_write(made_up("proc/swaps"), "Filename Type Size Used Priority\n");
    made_up_write(made_up("sys/class/block/.keep"), "%s", "");
    return 0;
}

int made_up_end(void **state)
{
    char command[128];

    (void)state;
    snprintf(command, sizeof(command), "rm -rf %s", made_up_root);
    return system(command); /* NOLINT(cert-env33-c): a name that we made */
}

void made_up_block(const char *name, unsigned int device_major, unsigned int device_minor)
{
    made_up_write(made_up("dev/%s", name), "b %u:%u", device_major, device_minor);
    made_up_write(made_up("sys/class/block/%s/dev", name), "%u:%u\n", device_major, device_minor);
    made_up_link(made_up("sys/dev/block/%u:%u", device_major, device_minor),
                 made_up("sys/class/block/%s", name));
}

static void write_page(const char *name, uint8_t unit)
{
    const uint8_t page[] = {0,    0x83, 0,    20,   0x01, 0x03, 0, 16, 0x60, 0x01, 0x40, 0x5d,
                            0xfa, 0xbe, 0xd0, 0x00, 1,    0,    0, 0,  0,    0,    0,    unit};

    made_up_bytes(made_up("sys/class/block/%s/device/vpd_pg83", name), page, sizeof(page));
}

void made_up_disk(const char *name, unsigned int minor, int generic, uint8_t unit)
{
    char device[PATH_MAX];

    snprintf(device, sizeof(device), "%s/sys/devices/host/2:0:0:%u", made_up_root, minor);
    made_up_block(name, 8, minor);
    mkdir(made_up("sys/devices"), 0755);
    made_up_write(made_up("sys/devices/host/2:0:0:%u/type", minor), "0\n");
    made_up_link(made_up("sys/class/block/%s/device", name), device);
    made_up_link(made_up("sys/class/block/%s/device/subsystem", name), "../../../bus/scsi");
    made_up_write(made_up("sys/class/block/%s/device/vendor", name), "LIO-ORG \n");
    made_up_write(made_up("sys/class/block/%s/device/model", name), "shared          \n");
    made_up_write(made_up("sys/class/block/%s/size", name), "32768\n");
    made_up_write(made_up("sys/class/block/%s/device/block/%s/x", name, name), "%s", "");
    if (unit)
        write_page(name, unit);
    if (generic < 0)
        return;
    made_up_write(made_up("dev/sg%d", generic), "c 21:%d", generic);
    made_up_write(made_up("sys/class/block/%s/device/scsi_generic/sg%d/x", name, generic), "%s",
                  "");
    made_up_link(made_up("sys/dev/char/21:%d/device", generic), device);
}

void made_up_partition(const char *disk, const char *name, unsigned int minor)
{
    made_up_block(name, 8, minor);
    made_up_write(made_up("sys/class/block/%s/partition", name), "1\n");
    made_up_link(made_up("sys/class/block/%s/%s", disk, name), made_up("sys/class/block/%s", name));
}

void made_up_holder(const char *name, const char *holder)
{
    made_up_link(made_up("sys/class/block/%s/holders/%s", name, holder),
                 made_up("sys/class/block/%s", holder));
}

struct prefix made_up_prefix(void)
{
    struct prefix prefix = PREFIX_NONE;

    snprintf(prefix.path, sizeof(prefix.path), "%s/prefix", made_up_root);
    made_up_write(made_up("prefix/system.reg"), "WINE REGISTRY Version 2\n");
    mkdir(made_up("prefix/dosdevices"), 0755);
    prefix.dosdevices = open(made_up("prefix/dosdevices"), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    assert_true(prefix.dosdevices >= 0);
    return prefix;
}
