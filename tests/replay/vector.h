/* A replay vector: one request, the device's scripted replies, and all that must come of it. The
 * form is described in docs/replay.md. */
#ifndef HOLDFAST_REPLAY_VECTOR_H
#define HOLDFAST_REPLAY_VECTOR_H

#include "../../dll/reservation/reservation.h"
#include <stdio.h>

enum {
    VECTOR_REPLIES_MAX = 16,
    VECTOR_ATTEMPTS_MAX = 16,
    VECTOR_TEXT_MAX = 64,
};

struct vector_cdb {
    uint8_t length;
    uint8_t bytes[SCSI_CDB_MAX];
};

struct vector {
    char id[VECTOR_TEXT_MAX];
    /* the request */
    uint32_t control_code;
    uint8_t *input; /* owned; vector_free */
    uint32_t input_length;
    uint32_t output_length;
    uint32_t access;
    uint8_t latched;
    /* the device */
    struct scsi_result replies[VECTOR_REPLIES_MAX];
    uint32_t reply_count;
    /* what must come of it */
    struct vector_cdb cdbs[VECTOR_ATTEMPTS_MAX];
    uint32_t cdb_count;
    enum scsi_direction direction;
    uint32_t transfer_length;
    uint32_t delays_ms[VECTOR_ATTEMPTS_MAX];
    uint32_t delay_count;
    int32_t status;
    uint32_t information;
    uint8_t latched_after;
};

/* A file of vectors being read. Columns are found by the header line's names, so their order is
 * free and further ones do no harm. */
struct vector_file {
    FILE *stream;
    char *line; /* owned */
    size_t line_size;
    uint32_t line_number;
    int columns[16];
    char problem[160]; /* why reading stopped, in words */
};

/* Opens and reads the header line. False with `problem` set. */
bool vector_open(struct vector_file *file, const char *path);

/* 1: a vector was read; 0: end of the file; -1: a line that is no vector, `problem` says why. */
int vector_read(struct vector_file *file, struct vector *vector);

void vector_free(struct vector *vector);
void vector_close(struct vector_file *file);

#endif
