/* Memory accesses that may fault, with a place to go on when they do. i386, cdecl. Structured
 * exceptions hang in a list on the thread's stack here, from fs:[0]; ours is the head of it only
 * while the access is made, and has one word more than the system knows: where to go on. Below it
 * nothing is pushed, so the stack pointer is the same there as at the fault. */
    .text

    .macro enter fixup
    pushl $\fixup
    pushl $fault
    pushl %fs:0
    movl %esp, %fs:0
    .endm

    .macro leave_with result
    movl $\result, %eax
    popl %fs:0
    addl $8, %esp
    .endm

    /* EXCEPTION_DISPOSITION fault(EXCEPTION_RECORD *record, void *frame, CONTEXT *context,
     * void *dispatcher). Not for unwinding, nor for what cannot be continued. */
fault:
    movl 4(%esp), %eax
    testl $0x67, 4(%eax)        /* EXCEPTION_NONCONTINUABLE | EXCEPTION_UNWIND */
    jnz 1f
    movl 8(%esp), %eax
    movl 8(%eax), %eax          /* the word of our own */
    movl 12(%esp), %edx
    movl %eax, 0xb8(%edx)       /* CONTEXT.Eip */
    xorl %eax, %eax             /* ExceptionContinueExecution */
    ret
1:
    movl $1, %eax               /* ExceptionContinueSearch */
    ret

    /* int holdfast_guarded_copy_(void *to, const void *from, size_t length)
     * edi and esi belong to the caller. */
    .globl _holdfast_guarded_copy_
    .def _holdfast_guarded_copy_; .scl 2; .type 32; .endef
_holdfast_guarded_copy_:
    pushl %edi
    pushl %esi
    movl 12(%esp), %edi
    movl 16(%esp), %esi
    movl 20(%esp), %ecx
    enter copy_fixup
    rep movsb
    leave_with 0
    jmp 1f
copy_fixup:
    leave_with 1
1:
    popl %esi
    popl %edi
    ret

    /* int holdfast_guarded_store_(void *to, uintptr_t value)
     * In one piece, for those who poll. */
    .globl _holdfast_guarded_store_
    .def _holdfast_guarded_store_; .scl 2; .type 32; .endef
_holdfast_guarded_store_:
    movl 4(%esp), %ecx
    movl 8(%esp), %edx
    enter store_fixup
    movl %edx, (%ecx)
    leave_with 0
    ret
store_fixup:
    leave_with 1
    ret

    /* int holdfast_guarded_touch_(const void *from, const void *end, int write)
     * A locked "or" with zero writes the byte back as it was in one step. */
    .globl _holdfast_guarded_touch_
    .def _holdfast_guarded_touch_; .scl 2; .type 32; .endef
_holdfast_guarded_touch_:
    pushl %ebx
    movl 8(%esp), %ecx
    movl 12(%esp), %edx
    movl 16(%esp), %ebx
    enter touch_fixup
1:
    testl %ebx, %ebx
    jz 2f
    lock orb $0, (%ecx)
    jmp 3f
2:
    movb (%ecx), %al
3:
    andl $-4096, %ecx
    addl $4096, %ecx
    jz 4f                       /* the last page there is */
    cmpl %edx, %ecx
    jb 1b
4:
    leave_with 0
    popl %ebx
    ret
touch_fixup:
    leave_with 1
    popl %ebx
    ret
