/* What stands in place of NtReadFile and its three relatives: a look at one bit, and on to the
 * original with nothing touched but two volatile registers. Only what is, or may be, a disk goes to
 * raw_io.c. i386, stdcall with nine arguments; handle_table.c asserts the numbers. */
    .text

    .macro transfer_hook name
    .globl _holdfast_hooked_\name\()@0
    .def _holdfast_hooked_\name\()@0; .scl 2; .type 32; .endef
_holdfast_hooked_\name\()@0:
    movl 4(%esp), %eax
    cmpl $0x80000, %eax         /* HANDLE_TABLE_HANDLES */
    jae 1f
    andl $-4, %eax              /* the low two bits are no part of a handle */
    shll $4, %eax               /* four handle values for a slot of 64 bytes */
    testb $4, _holdfast_handle_slots(%eax) /* OTHER */
    jz 1f
    jmp *_holdfast_original_\name
1:
    jmp _holdfast_transfer_\name\()@36
    .endm

    transfer_hook read
    transfer_hook write
    transfer_hook scatter
    transfer_hook gather
