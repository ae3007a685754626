/* Memory accesses that may fault, with a place to go on when they do. Windows x64 calling
 * convention; the functions are leaves that keep no stack frame, so continuing at the fix-up with
 * the registers as they are is all the unwinding there is to do. */
    .text

    /* int holdfast_guarded_copy_(void *to: rcx, const void *from: rdx, size_t length: r8)
     * rdi and rsi belong to the caller and rest in volatile registers meanwhile. */
    .globl holdfast_guarded_copy_
    .def holdfast_guarded_copy_; .scl 2; .type 32; .endef
    .seh_proc holdfast_guarded_copy_
    .seh_handler holdfast_guarded_fault, @except
holdfast_guarded_copy_:
    .seh_endprologue
    movq %rdi, %r9
    movq %rsi, %r10
    movq %rcx, %rdi
    movq %rdx, %rsi
    movq %r8, %rcx
    xorl %eax, %eax
    rep movsb
    jmp 1f
    .globl holdfast_guarded_copy_fixup
holdfast_guarded_copy_fixup:
    movl $1, %eax
1:
    movq %r9, %rdi
    movq %r10, %rsi
    ret
    .seh_endproc

    /* int holdfast_guarded_store_(void *to: rcx, uintptr_t value: rdx)
     * In one piece, for those who poll. */
    .globl holdfast_guarded_store_
    .def holdfast_guarded_store_; .scl 2; .type 32; .endef
    .seh_proc holdfast_guarded_store_
    .seh_handler holdfast_guarded_fault, @except
holdfast_guarded_store_:
    .seh_endprologue
    movq %rdx, (%rcx)
    xorl %eax, %eax
    ret
    .globl holdfast_guarded_store_fixup
holdfast_guarded_store_fixup:
    movl $1, %eax
    ret
    .seh_endproc

    /* int holdfast_guarded_touch_(const void *from: rcx, const void *end: rdx, int write: r8d)
     * A locked "or" with zero writes the byte back as it was in one step. */
    .globl holdfast_guarded_touch_
    .def holdfast_guarded_touch_; .scl 2; .type 32; .endef
    .seh_proc holdfast_guarded_touch_
    .seh_handler holdfast_guarded_fault, @except
holdfast_guarded_touch_:
    .seh_endprologue
    xorl %eax, %eax
1:
    testl %r8d, %r8d
    jz 2f
    lock orb $0, (%rcx)
    jmp 3f
2:
    movb (%rcx), %r9b
3:
    andq $-4096, %rcx
    addq $4096, %rcx
    cmpq %rdx, %rcx
    jb 1b
    ret
    .globl holdfast_guarded_touch_fixup
holdfast_guarded_touch_fixup:
    movl $1, %eax
    ret
    .seh_endproc
