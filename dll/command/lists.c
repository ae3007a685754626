#include "lists.h"

#include "values.h"

#include <ntddstor/reservation.h>
#include <stddef.h>
#include <stdlib.h>

enum {
    FIRST_LENGTH = 64,
    ROUNDS = 8, /* each follows a list that grew meanwhile; nobody registers that often for long */
};

static uint32_t entry_size(uint8_t service_action)
{
    return service_action == RESERVATION_ACTION_READ_KEYS ? 8 : sizeof(PRI_RESERVATION_DESCRIPTOR);
}

static uint32_t smaller(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

/* The disk's length and the number of bytes that came are both hostile: the smaller counts. */
static uint32_t decode(struct list *list, uint32_t size, uint32_t returned)
{
    if (returned < LIST_HEADER)
        return LIST_MALFORMED;
    uint32_t additional =
        read_big_endian_32(list->bytes + offsetof(PRI_REGISTRATION_LIST, AdditionalLength));
    list->generation = read_big_endian_32(list->bytes);
    list->total = additional / size;
    list->count = smaller(additional, returned - LIST_HEADER) / size;
    return 0;
}

/* The largest length that ends with a whole entry. */
static uint32_t length_for(uint32_t total, uint32_t size)
{
    return LIST_HEADER + smaller(total, (LIST_MAX - LIST_HEADER) / size) * size;
}

uint32_t list_read(list_source source, void *context, uint8_t service_action, struct list *list)
{
    const uint32_t size = entry_size(service_action);
    uint32_t length = length_for((FIRST_LENGTH - LIST_HEADER) / size, size);
    uint32_t error = 0;

    *list = (struct list){.bytes = calloc(1, LIST_MAX)};
    if (!list->bytes)
        return LIST_OUT_OF_MEMORY;
    for (int round = 0; round < ROUNDS; round++) {
        uint32_t returned = 0;
        error = source(context, service_action, list->bytes, length, &returned);
        if (!error)
            error = decode(list, size, smaller(returned, length));
        if (error || length_for(list->total, size) <= length)
            break;
        length = length_for(list->total, size);
    }
    if (error)
        list_free(list);
    return error;
}

uint64_t list_key(const struct list *list, uint32_t index)
{
    return key_from_bytes(list->bytes + LIST_HEADER + (size_t)index * 8);
}

struct list_reservation list_reservation(const struct list *list, uint32_t index)
{
    const uint8_t *entry =
        list->bytes + LIST_HEADER + (size_t)index * sizeof(PRI_RESERVATION_DESCRIPTOR);
    const uint8_t scope_and_type = entry[offsetof(PRI_RESERVATION_DESCRIPTOR, Reserved) + 1];
    return (struct list_reservation){
        .key = key_from_bytes(entry),
        .scope = scope_and_type >> 4,
        .type = scope_and_type & 0xf,
    };
}

void list_free(struct list *list)
{
    free(list->bytes);
    *list = (struct list){0};
}
