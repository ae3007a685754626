/* Frames from the network as the conformance suite's server takes them: the decoder, and behind it
 * what is allowed. The first byte says the kind, and whether a request came whole. */
#include "fuzz.h"

#include "../../conformance/guard.h"
#include "../../conformance/key_mark.h"
#include "../../conformance/wire.h"

/* What was decoded is encoded to the same bytes, but for what a text lost. */
static void check_encoding(const struct wire_message *message, const uint8_t *payload,
                           size_t length)
{
    uint8_t again[WIRE_PAYLOAD_MAX];
    bool fits;

    INVARIANT(wire_encode(message, again, &fits) == length && fits);
    if (message->kind == WIRE_REQUEST || message->kind == WIRE_SCSI_REQUEST ||
        message->kind == WIRE_RAW_REQUEST)
        INVARIANT(memcmp(again, payload, length) == 0);
}

static bool inside(uint64_t block, uint64_t count, const struct guard *guard)
{
    return block >= guard->work_block && block + count <= (uint64_t)guard->work_block + WORK_BLOCKS;
}

static bool is_ours(const uint8_t *key)
{
    return get_be64(key) == 0 || key_is_marked(get_be64(key));
}

static void check_request(const struct guard *guard, const struct request *request)
{
    char reason[GUARD_REASON_MAX];

    if (!guard_allows_request(guard, request, reason))
        return;
    INVARIANT(request->code >> 16 == 0x2d || request->code >> 16 == 7);
    if (request->code != IOCTL_STORAGE_PERSISTENT_RESERVE_IN)
        INVARIANT(guard->reserve);
    if (request->code == IOCTL_STORAGE_PERSISTENT_RESERVE_OUT)
        INVARIANT(is_ours(request->input + 10) && is_ours(request->input + 18));
}

static void check_scsi(const struct guard *guard, const struct scsi_request *request)
{
    const uint8_t *cdb = request->cdb;
    char reason[GUARD_REASON_MAX];

    if (!guard_allows_scsi(guard, request, reason))
        return;
    if (cdb[0] == 0x5f)
        INVARIANT(guard->reserve && is_ours(request->data) && is_ours(request->data + 8));
    if (cdb[0] == 0x28 || cdb[0] == 0x2a)
        INVARIANT((cdb[0] == 0x28 ? guard->reserve : guard->data_loss) &&
                  inside(get_be32(cdb + 2), (uint64_t)cdb[7] << 8 | cdb[8], guard));
}

static void check_raw(const struct guard *guard, const struct raw_request *request)
{
    char reason[GUARD_REASON_MAX];

    if (!guard_allows_raw(guard, request, reason))
        return;
    INVARIANT(request->action == RAW_WRITE ? guard->data_loss : guard->reserve);
    if (request->action != RAW_FLUSH)
        INVARIANT(inside(request->offset / guard->block_size, request->length / guard->block_size,
                         guard));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct fuzz_input input = {bytes, size};
    const uint8_t first = fuzz_byte(&input);
    const uint8_t consents = fuzz_byte(&input);
    const uint32_t kind = first % (WIRE_KINDS + 1);
    /* A whole frame is longer than what the fuzzer makes: the rest of it is zeros. */
    static const size_t padding[] = {0, 28 + REQUEST_INPUT_MAX, 28 + 24, 60 + 36, 28 + 4096 + 8};
    size_t length = first >= 128 ? padding[first % 5] : input.left;
    struct wire_message message;
    uint8_t *payload = fuzz_block(&input, length);
    const struct guard guard = {.reserve = consents & 1,
                                .data_loss = consents & 2,
                                .bus_reset = consents & 4,
                                .block_size = consents & 8 ? 4096 : 512,
                                .work_block = consents & 16 ? UINT32_MAX : 128};

    if (wire_decode(kind, payload, length, &message)) {
        check_encoding(&message, payload, length);
        if (kind == WIRE_REQUEST)
            check_request(&guard, &message.as.request);
        if (kind == WIRE_SCSI_REQUEST)
            check_scsi(&guard, &message.as.scsi_request);
        if (kind == WIRE_RAW_REQUEST)
            check_raw(&guard, &message.as.raw_request);
    }
    free(payload);
    return 0;
}
