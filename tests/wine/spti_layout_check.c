/* dll/shim/spti_layout.h beside Windows' own header; compiled for both bitnesses, and never run. */
#include "../../dll/shim/spti_layout.h"

#include <windows.h>

#include <winioctl.h>

#include <ntddscsi.h>

#define SAME(form, theirs, ours)                                                             \
    _Static_assert(offsetof(form, theirs) == offsetof(struct spti_head, ours) &&             \
                       sizeof(((form *)0)->theirs) == sizeof(((struct spti_head *)0)->ours), \
                   #theirs)
#define SAME_IN_BOTH(theirs, ours)         \
    SAME(SCSI_PASS_THROUGH, theirs, ours); \
    SAME(SCSI_PASS_THROUGH_DIRECT, theirs, ours)

SAME_IN_BOTH(Length, length);
SAME_IN_BOTH(ScsiStatus, scsi_status);
SAME_IN_BOTH(PathId, path_id);
SAME_IN_BOTH(TargetId, target_id);
SAME_IN_BOTH(Lun, lun);
SAME_IN_BOTH(CdbLength, cdb_length);
SAME_IN_BOTH(SenseInfoLength, sense_length);
SAME_IN_BOTH(DataIn, direction);
SAME_IN_BOTH(DataTransferLength, data_length);
SAME_IN_BOTH(TimeOutValue, timeout);
SAME_IN_BOTH(SenseInfoOffset, sense_offset);
SAME_IN_BOTH(Cdb, cdb);
SAME(SCSI_PASS_THROUGH, DataBufferOffset, data);
SAME(SCSI_PASS_THROUGH_DIRECT, DataBuffer, data);
_Static_assert(sizeof(SCSI_PASS_THROUGH) == sizeof(struct spti_head), "whole");
_Static_assert(sizeof(SCSI_PASS_THROUGH_DIRECT) == sizeof(struct spti_head), "whole");
_Static_assert(IOCTL_SCSI_PASS_THROUGH == SPTI_PASS_THROUGH, "code");
_Static_assert(IOCTL_SCSI_PASS_THROUGH_DIRECT == SPTI_PASS_THROUGH_DIRECT, "code");
_Static_assert(SCSI_IOCTL_DATA_OUT == SPTI_DATA_OUT && SCSI_IOCTL_DATA_IN == SPTI_DATA_IN &&
                   SCSI_IOCTL_DATA_UNSPECIFIED == SPTI_NO_DATA,
               "direction");
