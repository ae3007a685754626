/* conformance/secret_text.c and peer_address.c: what users type. */
#include "../../conformance/peer_address.h"
#include "../../conformance/secret_text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

/* RFC 4648 base32 of the sixteen bytes, without padding; from coreutils' base32. */
static const uint8_t secret[SECRET_BYTES] = {0x00, 0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77,
                                             0x88, 0x99, 0xaa, 0xbb, 0xcc, 0xdd, 0xee, 0xff};
static const char text[] = "aais-em2e-kvth-pcez-vk54-zxpo-74";

static void secrets_are_base32(void **state)
{
    char made[SECRET_TEXT_MAX];

    (void)state;
    secret_format(secret, made);
    assert_string_equal(made, text);
}

static void secrets_may_be_typed_freely(void **state)
{
    static const char *const good[] = {text, "AAISEM2EKVTHPCEZVK54ZXPO74",
                                       " aais em2e-kvth pcez vk54 zxpo 74 "};
    uint8_t got[SECRET_BYTES];

    (void)state;
    for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
        assert_true(secret_parse(good[i], got));
        assert_memory_equal(got, secret, SECRET_BYTES);
    }
}

static void other_texts_are_no_secret(void **state)
{
    static const char *const bad[] = {"",
                                      "aais",
                                      "aais-em2e-kvth-pcez-vk54-zxpo-7",
                                      "aais-em2e-kvth-pcez-vk54-zxpo-74a",
                                      "aais-em2e-kvth-pcez-vk54-zxpo-75", /* the spare bits */
                                      "aais-em2e-kvth-pcez-vk54-zxpo-70",
                                      "aais-em2e-kvth-pcez-vk54-zxpo-7\n"};
    uint8_t got[SECRET_BYTES];

    (void)state;
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
        assert_false(secret_parse(bad[i], got));
}

static void every_bit_counts(void **state)
{
    uint8_t other[SECRET_BYTES];

    (void)state;
    for (int bit = 0; bit < 8 * SECRET_BYTES; bit++) {
        memcpy(other, secret, SECRET_BYTES);
        assert_true(secret_equal(other, secret, SECRET_BYTES));
        other[bit / 8] ^= (uint8_t)(1 << bit % 8);
        assert_false(secret_equal(other, secret, SECRET_BYTES));
    }
}

static const struct {
    const char *text, *host, *port; /* no host: refused */
} addresses[] = {
    {"disk-host:5323", "disk-host", "5323"},
    {"192.0.2.7:1", "192.0.2.7", "1"},
    {"192.0.2.7", "192.0.2.7", ""},
    {"[2001:db8::7]:65535", "2001:db8::7", "65535"},
    {"[::1]", "::1", ""},
    {"", NULL, NULL},
    {":5323", NULL, NULL},
    {"[]:5323", NULL, NULL},
    {"[::1", NULL, NULL},
    {"[::1]5323", NULL, NULL},
    {"2001:db8::7", NULL, NULL},
    {"host:", NULL, NULL},
    {"host:0", NULL, NULL},
    {"host:65536", NULL, NULL},
    {"host:123456", NULL, NULL},
    {"host:-1", NULL, NULL},
    {"host:+1", NULL, NULL},
    {"host:1x", NULL, NULL},
};

static void addresses_are_taken_apart(void **state)
{
    struct peer_address address;

    (void)state;
    for (size_t i = 0; i < sizeof(addresses) / sizeof(addresses[0]); i++) {
        const bool good = peer_address_parse(addresses[i].text, &address);

        assert_int_equal(good, addresses[i].host != NULL);
        if (!good)
            continue;
        assert_string_equal(address.host, addresses[i].host);
        assert_string_equal(address.port, addresses[i].port);
    }
}

static void a_host_too_long_is_refused(void **state)
{
    char host[PEER_HOST_MAX + 1];
    struct peer_address address;

    (void)state;
    memset(host, 'a', sizeof(host));
    host[PEER_HOST_MAX] = '\0';
    assert_false(peer_address_parse(host, &address));
    assert_true(peer_address_parse(host + 1, &address));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(secrets_are_base32),        cmocka_unit_test(secrets_may_be_typed_freely),
        cmocka_unit_test(other_texts_are_no_secret), cmocka_unit_test(every_bit_counts),
        cmocka_unit_test(addresses_are_taken_apart), cmocka_unit_test(a_host_too_long_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
