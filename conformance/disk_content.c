#include "disk_content.h"

#include "unit_access.h"

#include <string.h>

enum {
    BOOT_SIGNATURE = 510, /* 55h AAh, and the four entries before it */
    ENTRIES = 446,
    ENTRY_SIZE = 16,
    ENTRY_COUNT = 4,
    ENTRY_TYPE = 4,
    MAGIC_MAX = 20,
};

static const char gpt[] = "EFI PART";

/* Where an owner of a disk writes its name, in bytes from the disk's beginning. */
static const struct magic {
    const char *words;
    uint32_t offset;
    uint32_t length;
    char bytes[MAGIC_MAX + 1];
} magics[] = {
    {"an NTFS file system", 3, 8, "NTFS    "},
    {"an exFAT file system", 3, 8, "EXFAT   "},
    {"a ReFS file system", 3, 4, "ReFS"},
    {"a BitLocker volume", 3, 8, "-FVE-FS-"},
    {"a FAT file system", 54, 3, "FAT"},
    {"a FAT32 file system", 82, 5, "FAT32"},
    {"a dynamic disk (LDM)", 3072, 8, "PRIVHEAD"},
    {"an ext2, ext3 or ext4 file system", 1080, 2, "\x53\xef"},
    {"an XFS file system", 0, 4, "XFSB"},
    {"a btrfs file system", 65600, 8, "_BHRfS_M"},
    {"a GFS2 file system", 65536, 4, "\x01\x16\x19\x70"},
    {"an OCFS2 file system", 1024, 6, "OCFSV2"},
    {"an OCFS2 file system", 2048, 6, "OCFSV2"},
    {"an OCFS2 file system", 4096, 6, "OCFSV2"},
    {"an F2FS file system", 1024, 4, "\x10\x20\xf5\xf2"},
    {"a HFS+ file system", 1024, 2, "H+"},
    {"an APFS container", 32, 4, "NXSB"},
    {"an ISO 9660 file system", 32769, 5, "CD001"},
    {"an LVM physical volume", 0, 8, "LABELONE"},
    {"an LVM physical volume", 512, 8, "LABELONE"},
    {"a LUKS container", 0, 6, "LUKS\xba\xbe"},
    {"a Linux RAID member", 0, 4, "\xfc\x4e\x2b\xa9"},
    {"a Linux RAID member", 4096, 4, "\xfc\x4e\x2b\xa9"},
    {"Linux swap space", 4086, 10, "SWAPSPACE2"},
    {"an Oracle ASM disk", 32, 8, "ORCLDISK"},
    {"a VMFS volume", 1048576, 4, "\x0d\xd0\x01\xc0"},
    {"a bluestore device", 0, 16, "bluestore block "},
};

enum { MAGICS = sizeof(magics) / sizeof(magics[0]) };

/* The block that the last look was at; most places share one. */
struct window {
    struct node *node;
    uint32_t block_size;
    uint64_t blocks;
    uint32_t block;
    bool filled, failed;
    uint8_t data[SCSI_DATA_MAX];
};

/* The bytes at `offset`, or NULL where they cannot be had. None of the places crosses a sector. */
static const uint8_t *look(struct window *window, uint32_t offset, uint32_t length)
{
    const uint32_t block = offset / window->block_size, within = offset % window->block_size;

    if (block >= window->blocks || within + length > window->block_size)
        return NULL;
    if (!window->filled || window->block != block) {
        window->filled =
            unit_read_block(window->node, block, window->block_size, window->data) == REPLY_DONE;
        window->block = block;
        window->failed |= !window->filled;
    }
    return window->filled ? window->data + within : NULL;
}

static bool has_gpt(struct window *window)
{
    const uint8_t *header = look(window, window->block_size, sizeof(gpt) - 1);

    return header && memcmp(header, gpt, sizeof(gpt) - 1) == 0;
}

static bool is_boot_sector(struct window *window)
{
    const uint8_t *signature = look(window, BOOT_SIGNATURE, 2);

    return signature && signature[0] == 0x55 && signature[1] == 0xaa;
}

/* An initialised disk without partitions has the signature alone. */
static bool has_entries(struct window *window)
{
    const uint8_t *entries = look(window, ENTRIES, ENTRY_SIZE * ENTRY_COUNT);

    for (int i = 0; entries && i < ENTRY_COUNT; i++)
        if (entries[i * ENTRY_SIZE + ENTRY_TYPE] != 0)
            return true;
    return false;
}

static const struct magic *find_magic(struct window *window)
{
    for (size_t i = 0; i < MAGICS; i++) {
        const uint8_t *bytes = look(window, magics[i].offset, magics[i].length);
        if (bytes && memcmp(bytes, magics[i].bytes, magics[i].length) == 0)
            return &magics[i];
    }
    return NULL;
}

enum content disk_content(struct node *node, const struct disk_identity *identity,
                          const char **words)
{
    struct window window;
    const struct magic *magic;

    memset(&window, 0, sizeof(window));
    window.node = node;
    window.block_size = identity->block_size;
    window.blocks = identity->blocks;
    *words = "its first blocks cannot be read";
    if (window.block_size < 512 || window.block_size > SCSI_DATA_MAX)
        return CONTENT_UNREADABLE;
    /* File systems first: the code of their boot sectors lies where a table's entries would. */
    magic = find_magic(&window);
    if (magic) {
        *words = magic->words;
        return CONTENT_DATA;
    }
    if (has_gpt(&window)) {
        *words = "a GPT partition table";
        return CONTENT_PARTITIONS;
    }
    if (is_boot_sector(&window) && has_entries(&window)) {
        *words = "an MBR partition table";
        return CONTENT_PARTITIONS;
    }
    if (window.failed)
        return CONTENT_UNREADABLE;
    *words = "nothing that is known";
    return CONTENT_NONE;
}
