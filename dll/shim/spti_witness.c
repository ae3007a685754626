/* Pass-through under Wine, where a command's success is no proof that it was done.
 *
 * Linux answers SG_IO with a host code, DID_NO_CONNECT or DID_TIME_OUT, beside the SCSI status, and
 * Wine leaves that out (dlls/ntdll/unix/cdrom.c): a command that was lost on its way looks like one
 * that ended with GOOD. A node that is cut off from the disk would so believe that it has it. So
 * GOOD is believed only where the device is a witness:
 *
 * - what took as long as its timeout is taken for timed out;
 * - TEST UNIT READY brings the unit attention which a reset or the loss of the nexus leaves behind
 *   (SAM-5 5.14), and which a command that was really done would have brought itself;
 * - an INQUIRY with a page and without EVPD must be refused (SPC-4 6.4.1) by a device that can be
 *   reached, whoever has reserved it: a status other than GOOD comes from the device alone;
 * - RESERVE is sent once more, which changes nothing for who holds the unit;
 * - after a PERSISTENT RESERVE OUT it is read back what that has changed (spti_proof.c).
 *
 * What all this cannot see is said in docs/differences.md. */
#include "spti.h"

#include "../scsi/sense.h"
#include "spti_proof.h"
#include <string.h>
#include <windows.h>

enum {
    HOST_TIME_OUT = 0x03, /* Linux' DID_ codes */
    HOST_ERROR = 0x07,
    POWER_ON_OR_RESET = 0x29, /* ASC, SPC-4 annex F */
    TICK_MS = 32,             /* what GetTickCount may be behind, twice */
    WRONG_PAGE = 0x01,
    ROOM = 36,
    LIST_MAX = 0xffff,
};

/* Sends `command` and nothing after it. False where it was not sent. */
static bool ask(struct disk *disk, struct scsi_command *command, struct scsi_result *answer)
{
    command->timeout_ms = disk_timeout_ms();
    scsi_result_clear(answer);
    return spti_transport.execute(disk, command, answer) == SCSI_SENT;
}

static bool tells_of_a_reset(const struct scsi_result *answer)
{
    const struct scsi_sense sense = scsi_decode_sense(answer->sense, answer->sense_length);

    return answer->status == SCSI_STATUS_CHECK_CONDITION && sense.valid &&
           sense.key == SCSI_UNIT_ATTENTION && sense.asc == POWER_ON_OR_RESET;
}

static bool is_legacy_reserve(const struct scsi_command *command)
{
    return command->cdb[0] == SCSI_RESERVE_6 || command->cdb[0] == SCSI_RESERVE_10;
}

/* Whether the device itself answers: only it can refuse. */
static bool is_reached(struct disk *disk)
{
    struct scsi_command command;
    struct scsi_result answer;
    uint8_t data[ROOM] = {0};

    scsi_build_inquiry(&command, WRONG_PAGE, sizeof(data));
    command.cdb[1] = 0; /* EVPD */
    command.data = data;
    return ask(disk, &command, &answer) && answer.status != SCSI_STATUS_GOOD;
}

static bool shows(struct disk *disk, const struct scsi_command *done, int service_action,
                  uint8_t *list)
{
    _Atomic uint8_t unused = 0;
    const struct reservation_disk target = {.transport = &spti_transport,
                                            .handle = disk,
                                            .wait = disk_wait,
                                            .timeout_ms = disk_timeout_ms(),
                                            .wants_ten_byte = &unused};
    struct reservation_outcome outcome = {0};

    scsi_build_pr_in(&outcome.command, (uint8_t)service_action, LIST_MAX);
    outcome.command.data = list;
    reservation_send(&target, &outcome);
    return outcome.status == NT_STATUS_SUCCESS &&
           spti_proof_holds(done, list, outcome.result.transferred);
}

static bool is_proven(struct disk *disk, const struct scsi_command *command)
{
    const int service_action = spti_proof_wanted(command);
    uint8_t *list;
    bool is_shown;

    if (service_action == SPTI_NO_PROOF)
        return true;
    list = HeapAlloc(GetProcessHeap(), HEAP_ZERO_MEMORY, LIST_MAX + 1);
    is_shown = list && shows(disk, command, service_action, list);
    HeapFree(GetProcessHeap(), 0, list);
    return is_shown;
}

/* Leaves the result as it is where the device bears it out. */
static void look_for_witnesses(struct disk *disk, const struct scsi_command *command,
                               struct scsi_result *result)
{
    struct scsi_command next = *command;
    struct scsi_result answer;
    bool is_sent;

    if (!is_legacy_reserve(command))
        scsi_build_plain(&next, SCSI_TEST_UNIT_READY);
    is_sent = ask(disk, &next, &answer);
    if (is_sent && (tells_of_a_reset(&answer) ||
                    (is_legacy_reserve(command) && answer.status != SCSI_STATUS_GOOD)))
        *result = answer;
    else if (!is_sent || !is_reached(disk) || !is_proven(disk, command))
        result->host_status = HOST_ERROR;
}

static bool is_bare_success(const struct scsi_result *result)
{
    return result->status == SCSI_STATUS_GOOD && result->host_status == 0 &&
           result->sense_length == 0;
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
        look_for_witnesses(disk, command, result);
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
