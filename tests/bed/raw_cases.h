/* The cases of raw_cases.exe and what they share. */
#ifndef TESTS_BED_RAW_CASES_H
#define TESTS_BED_RAW_CASES_H

#include "raw_pattern.h"
#include <stdbool.h>
#include <windows.h>

enum {
    PAGE = 0x1000,
    SECTOR = 512,
    PRESET = 0x5a,
    PLACE = 1024 * 1024, /* of the disk */
    ROOM = 3 * PAGE,
    OLD = 0x01d, /* stamps */
    NEW = 0x0e3,
};

struct raw_case {
    const char *name;
    void (*run)(void);
};

/* Ended by an empty row. */
extern const struct raw_case buffer_cases[];

/* A check that fails marks the case and goes on. */
void check(long long seen, long long expected, const char *what, const char *file, int line);
#define CHECK_EQUAL(seen, expected) \
    check((long long)(seen), (long long)(expected), #seen, __FILE__, __LINE__)

/* To read and write. */
HANDLE open_disk(DWORD flags);

/* What is on the disk at PLACE, ROOM bytes of it: by good buffers. */
void put(uint32_t stamp);
uint32_t get(void);

#endif
