/* Pass-through under Wine, where a command's success is no proof that it was done.
 *
 * Linux answers SG_IO with a host code, DID_NO_CONNECT or DID_TIME_OUT, beside the SCSI status, and
 * Wine leaves that out (dlls/ntdll/unix/cdrom.c): a command that was lost on its way looks like one
 * that ended with GOOD. A node that is cut off from the disk would so believe that it has it. A
 * status other than GOOD comes from the device alone, so after each GOOD the device is asked for
 * one:
 *
 * - what took as long as its timeout is taken for timed out;
 * - TEST UNIT READY brings the unit attention which a reset or the loss of the nexus leaves behind
 *   (SAM-5 5.14), and which a command that was really done would have brought itself;
 * - an INQUIRY with a page and without EVPD must be refused (SPC-4 6.4.1) by a device that can be
 *   reached, whoever has reserved it.
 *
 * What this cannot see is said in docs/differences.md. */
#include "spti.h"

#include "../scsi/sense.h"
#include <string.h>
#include <windows.h>

enum {
    HOST_TIME_OUT = 0x03, /* Linux' DID_ codes */
    HOST_ERROR = 0x07,
    POWER_ON_OR_RESET = 0x29, /* ASC, SPC-4 annex F */
    TICK_MS = 32,             /* what GetTickCount may be behind, twice */
    WRONG_PAGE = 0x01,
    ROOM = 36,
};

static bool is_bare_success(const struct scsi_result *result)
{
    return result->status == SCSI_STATUS_GOOD && result->host_status == 0 &&
           result->sense_length == 0;
}

static bool tells_of_a_reset(const struct scsi_result *result)
{
    const struct scsi_sense sense = scsi_decode_sense(result->sense, result->sense_length);

    return result->status == SCSI_STATUS_CHECK_CONDITION && sense.valid &&
           sense.key == SCSI_UNIT_ATTENTION && sense.asc == POWER_ON_OR_RESET;
}

static bool is_legacy_reserve(const struct scsi_command *command)
{
    return command->cdb[0] == SCSI_RESERVE_6 || command->cdb[0] == SCSI_RESERVE_10;
}

static bool ask_if_ready(void *disk, uint32_t timeout_ms, struct scsi_result *answer)
{
    struct scsi_command command;

    scsi_build_plain(&command, SCSI_TEST_UNIT_READY);
    command.timeout_ms = timeout_ms;
    scsi_result_clear(answer);
    return spti_transport.execute(disk, &command, answer) == SCSI_SENT;
}

/* Whether the device itself has answered: only it can refuse. */
static bool is_refused(void *disk, uint32_t timeout_ms)
{
    struct scsi_command command;
    struct scsi_result answer;
    uint8_t data[ROOM];

    scsi_build_inquiry(&command, WRONG_PAGE, sizeof(data));
    command.cdb[1] = 0; /* EVPD */
    command.data = data;
    command.timeout_ms = timeout_ms;
    scsi_result_clear(&answer);
    return spti_transport.execute(disk, &command, &answer) == SCSI_SENT &&
           answer.status != SCSI_STATUS_GOOD;
}

static void doubt(void *disk, const struct scsi_command *command, struct scsi_result *result)
{
    struct scsi_result answer;
    const bool is_sent = ask_if_ready(disk, command->timeout_ms, &answer);

    if (is_sent &&
        (tells_of_a_reset(&answer) ||
         (is_legacy_reserve(command) && answer.status == SCSI_STATUS_RESERVATION_CONFLICT)))
        *result = answer;
    else if (!is_sent ||
             (answer.status == SCSI_STATUS_GOOD && !is_refused(disk, command->timeout_ms)))
        result->host_status = HOST_ERROR;
}

static int execute(void *disk, const struct scsi_command *command, struct scsi_result *result)
{
    const DWORD started = GetTickCount();
    const int error = spti_transport.execute(disk, command, result);

    if (error != SCSI_SENT || !is_bare_success(result))
        return error;
    if (GetTickCount() - started + TICK_MS >= command->timeout_ms)
        result->host_status = HOST_TIME_OUT;
    else
        doubt(disk, command, result);
    return error;
}

/* Wine has no code for any of them. */
static int reset(void *disk, enum scsi_reset_level level, int32_t *os_error)
{
    (void)disk;
    (void)level;
    *os_error = NT_STATUS_NOT_SUPPORTED;
    return SCSI_NO_RESETS;
}

static const struct scsi_transport witnessed = {execute, reset};

const struct side side_spti_wine = {
    .name = "spti",
    .transport = &witnessed,
    .open = spti_disk_open,
    .close = spti_disk_close,
    .name_disk = spti_disk_name,
};
