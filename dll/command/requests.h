/* The five requests of the reservation control codes, as bytes for DeviceIoControl. */
#ifndef HOLDFAST_COMMAND_REQUESTS_H
#define HOLDFAST_COMMAND_REQUESTS_H

#include <stdbool.h>
#include <stdint.h>

/* What a command of the launcher asks of the disk. */
enum request_kind {
    REQUEST_NONE,
    REQUEST_REGISTER,
    REQUEST_UNREGISTER,
    REQUEST_RESERVE,
    REQUEST_RELEASE,
    REQUEST_PREEMPT,
    REQUEST_CLEAR,
    REQUEST_LEGACY_RESERVE,
    REQUEST_LEGACY_RELEASE,
    REQUEST_BREAK,
};

enum {
    /* PERSISTENT_RESERVE_COMMAND is 12 bytes and its parameter list begins at 10, but Windows
     * wants room for both in full (WDS classpnp utils.c ClasspPersistentReserve). */
    REQUEST_INPUT_MAX = 36,
};

struct request {
    uint32_t control_code;
    uint32_t input_length; /* bytes of `input` */
    _Alignas(8) uint8_t input[REQUEST_INPUT_MAX];
};

/* The values that a request may carry; each is used only where the request has a place for it. */
struct request_values {
    uint64_t key;     /* of this node */
    uint64_t victim;  /* REQUEST_PREEMPT: the key to be removed */
    uint64_t old_key; /* REQUEST_REGISTER: the key registered so far, 0 for none */
    uint8_t type;     /* of the persistent reservation */
    bool ignore;      /* REQUEST_REGISTER: whatever is registered */
    bool abort;       /* REQUEST_PREEMPT: and abort the victim's commands */
    bool aptpl;       /* REQUEST_REGISTER: the disk keeps it through power loss */
};

/* Fills `request`. `kind` is anything but REQUEST_NONE. */
void request_build(struct request *request, enum request_kind kind,
                   const struct request_values *values);

/* PERSISTENT RESERVE IN; `allocation_length` is the output buffer's length too. */
void request_build_read(struct request *request, uint8_t service_action,
                        uint16_t allocation_length);

#endif
