#include "verdict.h"

#include "expect.h"

void expect_verdict(struct reservation_verdict verdict, int32_t status, int delay, const char *row)
{
    EXPECT_STATUS(verdict.status, status, "%s", row);
    EXPECT(verdict.retry, delay >= 0, "%s", row);
    if (delay != NO_RETRY)
        EXPECT(verdict.delay_ms, delay < 0 ? -delay : delay, "%s", row);
}

void set_fixed(struct scsi_result *result, uint8_t key, uint8_t asc, uint8_t ascq)
{
    result->sense_length = 18;
    result->sense[0] = 0x70;
    result->sense[2] = key;
    result->sense[7] = 10;
    result->sense[12] = asc;
    result->sense[13] = ascq;
}
