/* The control codes that Holdfast answers, and what each asks for. One table; the hook's compare
 * chain, the checks, the trace and the tests are made from it. */
#ifndef HOLDFAST_RESERVATION_CONTROL_CODE_H
#define HOLDFAST_RESERVATION_CONTROL_CODE_H

#include <stdbool.h>
#include <stdint.h>

enum reservation_action {
    RESERVATION_NOT_OURS,
    RESERVATION_RESERVE,
    RESERVATION_RELEASE,
    RESERVATION_PR_IN,
    RESERVATION_PR_OUT,
    RESERVATION_BREAK,
    RESERVATION_RESET_BUS,
    RESERVATION_REFUSE, /* known to Windows, and refused for a SCSI disk */
};

/* The values are repeated here as numbers so that the pass-through path needs no other header;
 * control_code.c asserts them against include/ntddstor. */
#define RESERVATION_CONTROL_CODES(X)                                    \
    X(0x002d4810, RESERVATION_RESERVE, "STORAGE_RESERVE")               \
    X(0x002d4814, RESERVATION_RELEASE, "STORAGE_RELEASE")               \
    X(0x002d5018, RESERVATION_PR_IN, "STORAGE_PERSISTENT_RESERVE_IN")   \
    X(0x002dd01c, RESERVATION_PR_OUT, "STORAGE_PERSISTENT_RESERVE_OUT") \
    X(0x002d5014, RESERVATION_BREAK, "STORAGE_BREAK_RESERVATION")       \
    X(0x002d5000, RESERVATION_RESET_BUS, "STORAGE_RESET_BUS")           \
    X(0x00074810, RESERVATION_RESERVE, "DISK_RESERVE")                  \
    X(0x00074814, RESERVATION_RELEASE, "DISK_RELEASE")                  \
    X(0x002d5004, RESERVATION_REFUSE, "STORAGE_RESET_DEVICE")           \
    X(0x002dd000, RESERVATION_REFUSE, "OBSOLETE_STORAGE_RESET_BUS")     \
    X(0x002dd004, RESERVATION_REFUSE, "OBSOLETE_STORAGE_RESET_DEVICE")

/* The whole cost of a foreign code: no table walk, no call. */
static inline bool reservation_is_ours(uint32_t control_code)
{
    switch (control_code) {
#define X(code, action, name) case code:
        RESERVATION_CONTROL_CODES(X)
#undef X
        return true;
    default:
        return false;
    }
}

enum reservation_action reservation_action_of(uint32_t control_code);

/* "STORAGE_RESERVE", or "?" for a code that is not ours. */
const char *reservation_control_code_name(uint32_t control_code);

/* Bits 14 and 15 of any control code: FILE_READ_DATA (1) and FILE_WRITE_DATA (2). */
static inline uint32_t reservation_required_access(uint32_t control_code)
{
    return control_code >> 14 & 3;
}

#endif
