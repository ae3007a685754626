#include "guarded.h"

#include <windows.h>

/* Where a fault in either assembly function continues. */
extern const char holdfast_guarded_copy_fixup[];
extern const char holdfast_guarded_touch_fixup[];

/* The language handler of both functions, called by the system's exception dispatch. */
EXCEPTION_DISPOSITION holdfast_guarded_fault(EXCEPTION_RECORD *record, void *frame,
                                             CONTEXT *context, void *dispatcher);

EXCEPTION_DISPOSITION holdfast_guarded_fault(EXCEPTION_RECORD *record, void *frame,
                                             CONTEXT *context, void *dispatcher)
{
    bool is_copy = context->Rip < (DWORD64)(uintptr_t)holdfast_guarded_copy_fixup;

    (void)frame;
    (void)dispatcher;
    if (record->ExceptionFlags & (EXCEPTION_NONCONTINUABLE | EXCEPTION_UNWIND))
        return ExceptionContinueSearch;
    context->Rip =
        (DWORD64)(uintptr_t)(is_copy ? holdfast_guarded_copy_fixup : holdfast_guarded_touch_fixup);
    return ExceptionContinueExecution;
}
