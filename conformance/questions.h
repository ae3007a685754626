/* What public sources do not settle, and a run on real Windows does. A case that accepts several
 * answers says which one it saw, under one of these names. */
#ifndef CONFORMANCE_QUESTIONS_H
#define CONFORMANCE_QUESTIONS_H

/* Constant, name in the reports, words. */
#define QUESTION_TABLE(X)                                                                          \
    X(PR_OUT_INFORMATION, "pr_out.information",                                                    \
      "bytes returned after a PR OUT that succeeded: 0 or 24")                                     \
    X(CONFLICT_INFORMATION, "conflict.information", "bytes returned after a reservation conflict") \
    X(NULL_WITH_LENGTH, "pointer.null_with_length", "a NULL buffer with a length that is not 0")   \
    X(PROBE_ORDER, "pointer.probe_before_access",                                                  \
      "a bad pointer on a handle without access: 998 or 5")                                        \
    X(NULL_BYTES_RETURNED, "pointer.null_bytes_returned",                                          \
      "lpBytesReturned NULL without an OVERLAPPED")                                                \
    X(INTERNAL_HIGH_PRESET, "overlapped.internal_high_preset",                                     \
      "InternalHigh while a request is pending or was refused")                                    \
    X(BREAK_LENGTHS, "break.lengths",                                                              \
      "which lengths BREAK_RESERVATION checks, and its status for a bad one")                      \
    X(BREAK_ADDRESS, "break.address",                                                              \
      "BREAK_RESERVATION on a disk handle with another unit's address")                            \
    X(RESET_DEVICE, "reset.device", "RESET_DEVICE and the OBSOLETE_ codes on a disk")              \
    X(RESET_BUS, "reset.bus", "RESET_BUS on a disk handle")                                        \
    X(PR_ALIASES, "alias.pr", "the disk-typed forms of the PR codes")                              \
    X(LARGE_OUTPUT, "pr_in.large_output",                                                          \
      "OutputBufferLength above the adapter's maximum transfer")                                   \
    X(CANCEL, "overlapped.cancel", "CancelIo of a request that is with the device")                \
    X(RELEASE_MISMATCH, "disk.release_mismatch",                                                   \
      "the disk's answer to RELEASE with another type or scope")                                   \
    X(UNREGISTERED, "disk.unregistered",                                                           \
      "the disk's answer to an initiator that has not registered")                                 \
    X(SCOPE_ELEMENT, "disk.scope_element", "the disk's answer to the ELEMENT scope")               \
    X(PARTIAL_ENTRY, "disk.partial_entry",                                                         \
      "what is in a list that ends within a key or a descriptor: its beginning, or zeros")         \
    X(UNREGISTER_COUNTS, "disk.unregister_counts", "whether the generation counts who leaves")     \
    X(APTPL_SUPPORT, "disk.aptpl",                                                                 \
      "the disk's answer to a registration that is to outlive a power loss")                       \
    X(RESERVED_BITS, "disk.reserved_bits",                                                         \
      "the disk's answer to reserved bits that Windows passes on")                                 \
    X(LEGACY_AND_PR, "disk.legacy_and_pr",                                                         \
      "RESERVE while registrations exist, and PR while a RESERVE is held")                         \
    X(ALLOWED_COMMANDS, "disk.allowed_commands",                                                   \
      "the disk's answer to commands that move no data, from a node without access")

enum question {
#define X(name, text, words) QUESTION_##name,
    QUESTION_TABLE(X)
#undef X
        QUESTION_COUNT
};

/* "pr_out.information", and the words; constants. */
const char *question_name(enum question question);
const char *question_words(enum question question);

#endif
