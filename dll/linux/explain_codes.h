/* What a code can mean. The tables are those by which Holdfast itself decides: judge.c,
 * nt_status.h, errors.c, names.c. */
#ifndef HOLDFAST_LINUX_EXPLAIN_CODES_H
#define HOLDFAST_LINUX_EXPLAIN_CODES_H

#include "../command/text.h"
#include "../reservation/judge.h"

enum reading_kind {
    READING_STATUS, /* an NTSTATUS */
    READING_ERROR,  /* a Windows error */
    READING_SENSE,
    READING_SCSI_STATUS,
    READING_HOST, /* Linux' DID_* */
    READING_EXIT, /* holdfast's own exit code */
    READING_KINDS
};

/* One meaning of a code. Its strings are constants. */
struct reading {
    enum reading_kind kind;
    uint32_t value; /* of sense: key, ASC and ASCQ, a byte each */
    const char *name;
    const char *meaning;
    const char *advice; /* what to do about it */
    bool is_answer;     /* of a disk or of Linux: `verdict` is what Holdfast makes of it */
    struct reservation_verdict verdict;
    int32_t status; /* NTSTATUS; without meaning for READING_EXIT */
    uint32_t error; /* Windows error that a program sees; likewise */
};

enum { READINGS_MAX = 8 };

/* "NTSTATUS", "sense"; in JSON "status", "sense". */
const char *reading_kind_words(enum reading_kind kind);
const char *reading_kind_key(enum reading_kind kind);

/* All that `code` can mean, none where it is unknown. */
size_t explain_code(const char *code, struct reading readings[READINGS_MAX]);

/* The reading of an answer that the disk or Linux gave. */
struct reading explain_sense(uint8_t key, uint8_t asc, uint8_t ascq);
struct reading explain_scsi_status(uint8_t status);
struct reading explain_host(uint8_t host_status);
struct reading explain_status(int32_t status);

/* One line for a code that nothing is known of: what it resembles, and where else to look. */
void explain_nearest(const char *code, struct text *help);

#endif
