/* How the two sides of a session know each other: the one-time secret, each direction's key, and
 * the tag of each frame (wire.h). The cryptography is Windows': advapi32's CryptoAPI, which has
 * SHA-256 since Server 2003 with its service packs, and which Wine and ReactOS have.
 *
 * Nothing is encrypted. All keys have 128 bits, which is what CryptImportKey takes as a plain key
 * on every Windows. */
#ifndef CONFORMANCE_SECRET_H
#define CONFORMANCE_SECRET_H

#include "secret_text.h"
#include "wire.h"

/* <windows.h>'s HCRYPTPROV, which this header does without. */
struct secret_provider {
    uintptr_t handle;
};

struct secret_key {
    uint8_t bytes[SECRET_BYTES];
};

enum secret_direction { CLIENT_TO_SERVER, SERVER_TO_CLIENT };

/* False where this system has no SHA-256; GetLastError says why. */
bool secret_open(struct secret_provider *provider);
void secret_close(struct secret_provider *provider);

bool secret_random(const struct secret_provider *provider, uint8_t *bytes, size_t length);

/* HMAC-SHA-256, RFC 2104. */
bool secret_hmac(const struct secret_provider *provider, const struct secret_key *key,
                 const uint8_t *bytes, size_t length, uint8_t tag[WIRE_TAG]);

/* The key of one direction of one session. */
bool secret_session_key(const struct secret_provider *provider, const struct secret_key *secret,
                        enum secret_direction direction, const uint8_t server_nonce[WIRE_NONCE],
                        const uint8_t client_nonce[WIRE_NONCE], struct secret_key *key);

#endif
