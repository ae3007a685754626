#include "guarded.h"

#include <windows.h>

/* Where a fault in an assembly function continues: each one's lies within it, and they follow each
 * other in this order. */
extern const char holdfast_guarded_copy_fixup[];
extern const char holdfast_guarded_store_fixup[];
extern const char holdfast_guarded_touch_fixup[];

/* The language handler of these functions, called by the system's exception dispatch. */
EXCEPTION_DISPOSITION holdfast_guarded_fault(EXCEPTION_RECORD *record, void *frame,
                                             CONTEXT *context, void *dispatcher);

EXCEPTION_DISPOSITION holdfast_guarded_fault(EXCEPTION_RECORD *record, void *frame,
                                             CONTEXT *context, void *dispatcher)
{
    static const char *const fixups[] = {holdfast_guarded_copy_fixup, holdfast_guarded_store_fixup,
                                         holdfast_guarded_touch_fixup};
    size_t i = 0;

    (void)frame;
    (void)dispatcher;
    if (record->ExceptionFlags & (EXCEPTION_NONCONTINUABLE | EXCEPTION_UNWIND))
        return ExceptionContinueSearch;
    while (i < sizeof(fixups) / sizeof(fixups[0]) - 1 &&
           context->Rip > (DWORD64)(uintptr_t)fixups[i])
        i++;
    context->Rip = (DWORD64)(uintptr_t)fixups[i];
    return ExceptionContinueExecution;
}
