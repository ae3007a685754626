/* HOST:PORT as users write it. Portable. */
#ifndef CONFORMANCE_PEER_ADDRESS_H
#define CONFORMANCE_PEER_ADDRESS_H

#include <stdbool.h>

enum { PEER_HOST_MAX = 256, PEER_PORT_MAX = 6 };

struct peer_address {
    char host[PEER_HOST_MAX];
    char port[PEER_PORT_MAX]; /* decimal; empty where there is none */
};

/* "disk-host:5323", "192.0.2.7:5323", "[2001:db8::7]:5323", each also without the port. A second
 * colon without brackets is refused: nobody can say where the port begins. */
bool peer_address_parse(const char *text, struct peer_address *address);

#endif
