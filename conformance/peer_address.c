#include "peer_address.h"

#include <stdlib.h>
#include <string.h>

enum { PORT_LAST = 65535 };

static bool parse_port(const char *text, char port[PEER_PORT_MAX])
{
    const size_t length = strlen(text);

    if (length == 0 || length >= PEER_PORT_MAX || strspn(text, "0123456789") != length)
        return false;
    if (strtol(text, NULL, 10) == 0 || strtol(text, NULL, 10) > PORT_LAST)
        return false;
    memcpy(port, text, length + 1);
    return true;
}

bool peer_address_parse(const char *text, struct peer_address *address)
{
    const bool bracket = text[0] == '[';
    const char *host = bracket ? text + 1 : text;
    const size_t length = strcspn(host, bracket ? "]" : ":");
    const char *rest = host + length;

    memset(address, 0, sizeof(*address));
    if (length == 0 || length >= PEER_HOST_MAX || (bracket && *rest++ != ']'))
        return false;
    memcpy(address->host, host, length);
    if (*rest == '\0')
        return true;
    return *rest == ':' && parse_port(rest + 1, address->port);
}
