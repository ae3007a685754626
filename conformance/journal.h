/* What a run means to change, written down before it changes anything, so that --cleanup can undo
 * it after a crash. This is its text, portable; journal_file.h keeps it on a disk.
 *
 * A line each, "name value", LF or CR LF at its end:
 *     holdfast-conformance-journal 1
 *     disk \\.\PhysicalDrive1
 *     other \\.\PhysicalDrive2         or peer HOST:PORT, or neither
 *     serial, designator               the disk's, absent where it has none
 *     block_size 512
 *     blocks 32768
 *     keys 48461234abcd0000            the run's key base
 *     reservations yes                 consent: no means that none were made
 *     work_block 16384                 and what stood there, with --data-loss
 *     block HEX                        16 times
 *     end 0123456789abcdef             FNV-1a of all bytes before this line
 * The last line makes it whole: without it the run had not begun. */
#ifndef CONFORMANCE_JOURNAL_H
#define CONFORMANCE_JOURNAL_H

#include "environment.h"
#include "node.h"
#include "request.h"

#include <stddef.h>

struct journal {
    char disk[NODE_NAME_MAX];
    char other[NODE_NAME_MAX], peer[NODE_NAME_MAX]; /* empty where there is none */
    struct disk_identity identity;                  /* serial, designator, block_size, blocks */
    uint64_t key_base;
    bool reservations; /* the run may have made some */
    bool data;         /* the run may have written to the work blocks */
    uint32_t work_block;
    uint8_t blocks[WORK_BLOCKS][SCSI_DATA_MAX]; /* the first block_size bytes of each */
};

/* No journal is longer: sixteen blocks in hexadecimal, and the rest. */
enum { JOURNAL_TEXT_MAX = WORK_BLOCKS * SCSI_DATA_MAX * 2 + 8192, JOURNAL_PROBLEM_MAX = 160 };

/* The text's length; 0 where it does not fit or a name has a control character. */
size_t journal_print(const struct journal *journal, char *text, size_t size);

/* Takes only what journal_print writes. False with `problem`: which line, and what is wrong. */
bool journal_parse(struct journal *journal, const char *text, size_t length,
                   char problem[JOURNAL_PROBLEM_MAX]);

#endif
