/* What the conformance suite uses of <mstcpip.h>, which not every ReactOS tree has. */
#ifndef HOLDFAST_COMPAT_MSTCPIP_H
#define HOLDFAST_COMPAT_MSTCPIP_H

#include <winsock2.h>

#ifndef SIO_KEEPALIVE_VALS
#define SIO_KEEPALIVE_VALS _WSAIOW(IOC_VENDOR, 4)
#endif

/* Times in milliseconds. */
struct tcp_keepalive {
    ULONG onoff;
    ULONG keepalivetime;
    ULONG keepaliveinterval;
};

#endif
