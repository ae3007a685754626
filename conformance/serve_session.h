/* The session of a server with the one client that knew the secret. */
#ifndef CONFORMANCE_SERVE_SESSION_H
#define CONFORMANCE_SERVE_SESSION_H

#include "channel.h"
#include "compiler.h"
#include "serve.h"

enum { SERVE_ENDED = 0, SERVE_FAILED = 1, SERVE_BROKE_OFF = 3 }; /* exit codes */

/* A line for the operator, at once: standard output may be a pipe. */
void serve_say(const char *text, ...) PRINTF_FORMAT(1, 2);

/* Answers until the end, takes back what the client left, and returns the exit code. `channel` is
 * sealed and the client welcomed; others who knock at `listening` meanwhile are turned away. */
int serve_session(const struct serve_options *options, struct channel *channel, SOCKET listening);

#endif
