/* Sense data of any form and length, and the verdict on it. */
#include "fuzz.h"

#include "../../dll/reservation/judge.h"
#include "../../dll/scsi/names.h"
#include "../../dll/scsi/sense.h"

/* Decodes from a block that is no longer than the data. */
static void check_decoding(const uint8_t *bytes, size_t size)
{
    struct fuzz_input input = {bytes, size};
    uint8_t *block = fuzz_block(&input, size);
    struct scsi_sense sense = scsi_decode_sense(block, (uint32_t)size);

    INVARIANT(sense.key <= SCSI_COMPLETED);
    INVARIANT(sense.valid || (!sense.key && !sense.asc && !sense.ascq && !sense.incorrect_length));
    INVARIANT(scsi_sense_key_name(sense.key) && scsi_additional_sense_name(sense.asc, sense.ascq));
    free(block);
}

static void check_verdict(const struct scsi_result *result)
{
    struct scsi_sense sense = scsi_decode_sense(result->sense, result->sense_length);
    struct reservation_verdict verdict = reservation_judge(result);

    INVARIANT(strcmp(nt_status_name(verdict.status), "?") != 0);
    INVARIANT(verdict.delay_ms <= 10000);
    INVARIANT(!verdict.retry || verdict.status != NT_STATUS_SUCCESS);
    if (result->status == SCSI_STATUS_RESERVATION_CONFLICT)
        INVARIANT(verdict.status == NT_STATUS_DEVICE_BUSY && !verdict.retry);
    /* What was not done is never reported done: success wants GOOD, or sense that says so. */
    if (verdict.status == NT_STATUS_SUCCESS)
        INVARIANT((result->status == SCSI_STATUS_GOOD && result->host_status == 0) ||
                  sense.key == SCSI_RECOVERED_ERROR || sense.key == SCSI_COPY_ABORTED);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct fuzz_input input = {bytes, size};
    struct scsi_result result = {0};

    if (size > SCSI_SENSE_MAX)
        return 0;
    check_decoding(bytes, size);
    result.status = fuzz_byte(&input);
    result.host_status = fuzz_byte(&input) % 24;
    result.driver_status = fuzz_byte(&input) % 16;
    result.sense_length = (uint8_t)input.left;
    fuzz_take(&input, result.sense, input.left);
    check_verdict(&result);
    return 0;
}
