/* A process in words and in JSON. `all` are those that carry the shim, among which its parent is
 * looked for. */
#ifndef HOLDFAST_LINUX_PROCESS_TEXT_H
#define HOLDFAST_LINUX_PROCESS_TEXT_H

#include "../command/text.h"
#include "processes.h"

void process_add_words(struct text *text, const struct process *process, const struct process *all,
                       size_t count);
void process_add_json(struct text *text, const struct process *process, const struct process *all,
                      size_t count);

/* In full, with its disks; also of a process that has no shim. */
void process_add_one_words(struct text *text, const struct process *process,
                           const struct process *all, size_t count);
void process_add_one_json(struct text *text, const struct process *process,
                          const struct process *all, size_t count);

#endif
