/*
 * A preload library for linux.uml (Linux 6.1) on hosts whose processors have more register state
 * than that kernel knows of.
 *
 * UML keeps each guest process's extended registers in a buffer of 2696 bytes (HOST_FP_SIZE in
 * arch/x86/um/user-offsets.c) and hands them back with PTRACE_SETREGSET. The host takes a whole
 * XSAVE area or nothing: a shorter one is EFAULT (xstateregs_set, arch/x86/kernel/fpu/regset.c). A
 * processor with AMX has 11008 bytes, so without this library UML dies on its first process with
 * "ptrace set fp regs failed, errno = 14".
 *
 * The state past UML's buffer is AMX, which Linux gives only to processes that ask for it by
 * arch_prctl; the guest's kernel has no such call. So it is always in its initial state, and zeros
 * stand for it.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <elf.h>
#include <errno.h>
#include <stdarg.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/uio.h>

/* The largest XSAVE area we can pass on, in bytes; AMX needs a third of it. */
#define AREA_SIZE 32768

static long (*libc_ptrace)(enum __ptrace_request request, ...);

/* The size of the host's XSAVE area in bytes, 0 when it cannot be had; `pid` is a stopped tracee.
 */
static size_t host_area_size(int pid)
{
    static char area[AREA_SIZE];
    struct iovec whole = {area, sizeof(area)};

    if (libc_ptrace(PTRACE_GETREGSET, pid, (void *)NT_X86_XSTATE, &whole) < 0)
        return 0;
    return whole.iov_len;
}

static long set_padded(int pid, const struct iovec *given)
{
    static _Alignas(64) char area[AREA_SIZE];
    static size_t host_size;
    struct iovec whole = {area, 0};

    if (!host_size)
        host_size = host_area_size(pid);
    if (given->iov_len >= host_size || host_size >= AREA_SIZE) {
        errno = EFAULT;
        return -1;
    }
    memcpy(area, given->iov_base, given->iov_len);
    whole.iov_len = host_size;
    return libc_ptrace(PTRACE_SETREGSET, pid, (void *)NT_X86_XSTATE, &whole);
}

/* Takes the place of glibc's. UML always gives all four arguments. */
long ptrace(enum __ptrace_request request, ...)
{
    static int short_area_refused;
    va_list args;
    long result;

    va_start(args, request);
    int pid = va_arg(args, int);
    void *addr = va_arg(args, void *);
    void *data = va_arg(args, void *);
    va_end(args);

    if (!libc_ptrace)
        *(void **)&libc_ptrace = dlsym(RTLD_NEXT, "ptrace");
    int sets_xstate = request == PTRACE_SETREGSET && addr == (void *)NT_X86_XSTATE;
    if (sets_xstate && short_area_refused)
        return set_padded(pid, data);
    result = libc_ptrace(request, pid, addr, data);
    if (result >= 0 || errno != EFAULT || !sets_xstate)
        return result;
    short_area_refused = 1;
    return set_padded(pid, data);
}
