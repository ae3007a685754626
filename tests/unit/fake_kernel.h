/* ioctl and fstat as the code under test sees them, for what no test machine has: a SCSI disk. The
 * executable is linked with --wrap=ioctl and --wrap=fstat; without a script both are the real ones.
 */
#ifndef HOLDFAST_UNIT_FAKE_KERNEL_H
#define HOLDFAST_UNIT_FAKE_KERNEL_H

#include <scsi/sg.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/stat.h>

struct fake_kernel {
    bool answers_ioctl; /* else the real ioctl answers */
    int error;          /* errno of a failing ioctl, or 0 */
    /* SG_IO's answer */
    uint8_t status, driver_status, sense_length;
    uint16_t host_status;
    int resid;
    uint8_t sense[255];
    unsigned int busy; /* so many calls end in EAGAIN first */
    /* SG_GET_SCSI_ID's and BLKSSZGET's answers */
    int scsi_type;
    int sector_size;

    bool answers_fstat; /* else the real fstat answers */
    mode_t mode;
    dev_t device;
    ino_t node;

    /* What was asked. */
    unsigned int calls;
    int fd;
    unsigned long request;
    sg_io_hdr_t header;
    uint8_t cdb[16];
    int reset_level;
    sigset_t blocked; /* the thread's mask during the call */
};

extern struct fake_kernel fake_kernel;

/* Real ioctl and fstat again, nothing counted. */
void fake_kernel_clear(void);

#endif
