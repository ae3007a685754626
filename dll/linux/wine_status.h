/* What `holdfast.exe status` says under Wine. */
#ifndef HOLDFAST_LINUX_WINE_STATUS_H
#define HOLDFAST_LINUX_WINE_STATUS_H

#include "../command/text.h"

struct wine_status {
    bool ok;        /* the shim serves there */
    char wine[64];  /* version; "" where Wine could not be started, as all below */
    char dll[1024]; /* path */
    char hook[32];  /* "" where the DLL was not loaded */
    char unix_side[64];
    char transport[16];
    char problem[512];
};

/* Starts it, with its standard error our own, and waits for at most a minute. */
void wine_status_ask(struct wine_status *status);

/* Of its output, one line "NAME        VALUE" each. */
void wine_status_parse(const char *output, struct wine_status *status);

#endif
