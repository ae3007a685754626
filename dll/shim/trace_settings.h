/* What the trace is to be: the settings and the words that people write for them. Knows no Windows.
 */
#ifndef HOLDFAST_SHIM_TRACE_SETTINGS_H
#define HOLDFAST_SHIM_TRACE_SETTINGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum trace_level {
    TRACE_OFF,
    TRACE_ERROR,   /* only what failed */
    TRACE_REQUEST, /* a line for each request */
    TRACE_COMMAND, /* and one for each SCSI command, with its answer */
    TRACE_DEBUG,   /* and handles, hooks, lifetimes */
};

enum { TRACE_TARGET_MAX = 1024, TRACE_SALT_MAX = 64 };

struct trace_settings {
    char target[TRACE_TARGET_MAX]; /* "stderr" or a file, with its pattern; "" is off */
    enum trace_level level;
    bool hides_keys;
    uint64_t size;  /* bytes from which on a file is rotated; 0: never */
    uint32_t files; /* rotated ones that are kept */
    char salt[TRACE_SALT_MAX];
};

extern const struct trace_settings trace_settings_default;

/* Ends with a NULL variable. */
struct trace_setting {
    const char *variable; /* of the environment */
    const char *value;    /* in the registry's key */
    const char *wanted;   /* what may be written */
    bool (*take)(struct trace_settings *settings, const char *text);
};
extern const struct trace_setting trace_setting_table[];

/* The target with %p replaced by the process id, %n by the program's name, %% by %. False where
 * that is too long or has another %. */
bool trace_expand(const char *target, uint32_t pid, const char *program,
                  char result[TRACE_TARGET_MAX]);

/* What stands in for a key that is hidden: '#' and six hexadecimal digits, the same for the same
 * key and salt. 24 of the 64 bits of a SipHash: a key that was drawn at random cannot be told from
 * it; one of a few known ones can be found by trial where the salt is known. Key 0, which means
 * none, stays 0. */
enum { TRACE_MARK_MAX = 24 };
void trace_mark(const uint8_t key[8], const char *salt, char mark[TRACE_MARK_MAX]);

const char *trace_level_name(enum trace_level level);

#endif
