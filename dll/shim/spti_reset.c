#include "spti_reset.h"

#include "../reservation/nt_status.h"
#include "spti.h"
#include "spti_packet.h"

/* ntddstor.h and ntddscsi.h */
enum {
    STORAGE_RESET_BUS = 0x002d5000,
    STORAGE_RESET_DEVICE = 0x002d5004,
    SCSI_GET_ADDRESS = 0x00041018,
    ADDRESS_LENGTH = 8, /* SCSI_ADDRESS: its length as a word, port, path, target, unit */
    ADDRESS_PATH = 5,
};

/* IOCTL_STORAGE_RESET_BUS wants the number of the bus behind the adapter. */
static int32_t reset_bus(const struct disk *disk)
{
    uint8_t address[ADDRESS_LENGTH] = {ADDRESS_LENGTH};
    const int32_t status = spti_control(disk, SCSI_GET_ADDRESS, address, sizeof(address));

    if (status != NT_STATUS_SUCCESS)
        return status;
    return spti_control(disk, STORAGE_RESET_BUS, &address[ADDRESS_PATH], 1);
}

int spti_reset(void *handle, enum scsi_reset_level level, int32_t *os_error)
{
    const struct disk *disk = handle;
    int error;

    *os_error = NT_STATUS_NOT_SUPPORTED;
    if (level == SCSI_RESET_TARGET)
        *os_error = spti_control(disk, STORAGE_RESET_DEVICE, NULL, 0);
    if (level == SCSI_RESET_BUS)
        *os_error = reset_bus(disk);
    error = spti_error_of(*os_error);
    /* Beyond the bus there is nothing to try. */
    return error == SCSI_NOT_SUPPORTED && level == SCSI_RESET_BUS ? SCSI_NO_RESETS : error;
}
