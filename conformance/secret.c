#include "secret.h"

#include <string.h>
#include <windows.h>

#include <wincrypt.h>

bool secret_open(struct secret_provider *provider)
{
    HCRYPTPROV handle = 0;

    if (!CryptAcquireContextW(&handle, NULL, NULL, PROV_RSA_AES, CRYPT_VERIFYCONTEXT))
        return false;
    provider->handle = handle;
    return true;
}

void secret_close(struct secret_provider *provider)
{
    if (provider->handle)
        CryptReleaseContext(provider->handle, 0);
    provider->handle = 0;
}

bool secret_random(const struct secret_provider *provider, uint8_t *bytes, size_t length)
{
    return CryptGenRandom(provider->handle, (DWORD)length, bytes);
}

/* CryptoAPI has no key type for HMAC: RC2 is the one whose key may be of any bytes. */
static bool import_key(const struct secret_provider *provider, const struct secret_key *key,
                       HCRYPTKEY *imported)
{
    struct {
        BLOBHEADER header;
        DWORD length;
        uint8_t bytes[SECRET_BYTES];
    } blob;
    bool done;

    memset(&blob, 0, sizeof(blob));
    blob.header.bType = PLAINTEXTKEYBLOB;
    blob.header.bVersion = CUR_BLOB_VERSION;
    blob.header.aiKeyAlg = CALG_RC2;
    blob.length = SECRET_BYTES;
    memcpy(blob.bytes, key->bytes, SECRET_BYTES);
    done = CryptImportKey(provider->handle, (const BYTE *)&blob, sizeof(blob), 0, 0, imported);
    SecureZeroMemory(&blob, sizeof(blob));
    return done;
}

bool secret_hmac(const struct secret_provider *provider, const struct secret_key *key,
                 const uint8_t *bytes, size_t length, uint8_t tag[WIRE_TAG])
{
    HMAC_INFO form;
    HCRYPTKEY imported = 0;
    HCRYPTHASH hash = 0;
    DWORD tag_length = WIRE_TAG;
    bool done;

    memset(&form, 0, sizeof(form));
    form.HashAlgid = CALG_SHA_256;
    done = import_key(provider, key, &imported) &&
           CryptCreateHash(provider->handle, CALG_HMAC, imported, 0, &hash) &&
           CryptSetHashParam(hash, HP_HMAC_INFO, (const BYTE *)&form, 0) &&
           CryptHashData(hash, bytes, (DWORD)length, 0) &&
           CryptGetHashParam(hash, HP_HASHVAL, tag, &tag_length, 0) && tag_length == WIRE_TAG;
    if (hash)
        CryptDestroyHash(hash);
    if (imported)
        CryptDestroyKey(imported);
    return done;
}

bool secret_session_key(const struct secret_provider *provider, const struct secret_key *secret,
                        enum secret_direction direction, const uint8_t server_nonce[WIRE_NONCE],
                        const uint8_t client_nonce[WIRE_NONCE], struct secret_key *key)
{
    static const char label[] = "holdfast-conformance peer 1";
    uint8_t bytes[sizeof(label) + 1 + WIRE_NONCE + WIRE_NONCE], tag[WIRE_TAG];

    memcpy(bytes, label, sizeof(label));
    bytes[sizeof(label)] = (uint8_t)direction;
    memcpy(bytes + sizeof(label) + 1, server_nonce, WIRE_NONCE);
    memcpy(bytes + sizeof(label) + 1 + WIRE_NONCE, client_nonce, WIRE_NONCE);
    if (!secret_hmac(provider, secret, bytes, sizeof(bytes), tag))
        return false;
    memcpy(key->bytes, tag, SECRET_BYTES);
    return true;
}
