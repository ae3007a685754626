/* What stands in place of NtReadFile and its three relatives: a look at one bit, and on to the
 * original with nothing touched but two volatile registers. Only what is, or may be, a disk goes to
 * raw_io.c. Windows x64 calling convention; handle_table.c asserts the numbers. */
    .text

    .macro transfer_hook name
    .globl holdfast_hooked_\name
    .def holdfast_hooked_\name; .scl 2; .type 32; .endef
holdfast_hooked_\name:
    cmpq $0x80000, %rcx         /* HANDLE_TABLE_HANDLES */
    jae 1f
    movl %ecx, %eax
    andl $-4, %eax              /* the low two bits are no part of a handle */
    shlq $4, %rax               /* four handle values for a slot of 64 bytes */
    leaq holdfast_handle_slots(%rip), %r10
    testb $4, (%r10,%rax)       /* OTHER */
    jz 1f
    jmp *holdfast_original_\name(%rip)
1:
    jmp holdfast_transfer_\name
    .endm

    transfer_hook read
    transfer_hook write
    transfer_hook scatter
    transfer_hook gather
