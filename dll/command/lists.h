/* The two lists of PERSISTENT RESERVE IN: read in full, and taken apart. */
#ifndef HOLDFAST_COMMAND_LISTS_H
#define HOLDFAST_COMMAND_LISTS_H

#include <stdbool.h>
#include <stdint.h>

enum {
    LIST_MAX = 0xffff, /* bytes: AllocationLength is 16 bits wide */
    LIST_HEADER = 8,   /* Generation and AdditionalLength */
};

/* Win32 errors that list_read adds to those of its source. */
enum { LIST_OUT_OF_MEMORY = 8, LIST_MALFORMED = 13 };

/* A list as the disk gave it. `bytes` is owned; free with list_free. */
struct list {
    uint8_t *bytes;
    uint32_t count;      /* entries that are complete in `bytes` */
    uint32_t total;      /* entries that the disk says there are */
    uint32_t generation; /* PRgeneration (SPC-4 6.15.2) */
};

struct list_reservation {
    uint64_t key;
    uint8_t scope;
    uint8_t type;
};

/* One PERSISTENT RESERVE IN with `length` as AllocationLength. Stores in `returned` how many bytes
 * of `buffer` it filled. Returns a Win32 error, 0 for success. */
typedef uint32_t (*list_source)(void *context, uint8_t service_action, void *buffer,
                                uint32_t length, uint32_t *returned);

/* Asks with a small buffer first and then with one of the size that AdditionalLength tells, until
 * the list is complete or no larger buffer can help. Returns 0 with `list` filled, else an error
 * with `list` empty. A list that is not complete has count < total. `service_action` is
 * RESERVATION_ACTION_READ_KEYS or _READ_RESERVATIONS. */
uint32_t list_read(list_source source, void *context, uint8_t service_action, struct list *list);

/* `index` is below list->count; the list is of the kind that was asked for. */
uint64_t list_key(const struct list *list, uint32_t index);
struct list_reservation list_reservation(const struct list *list, uint32_t index);

void list_free(struct list *list);

#endif
