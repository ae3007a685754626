/* Requests and answers in words, for the reports. */
#ifndef CONFORMANCE_DESCRIBE_H
#define CONFORMANCE_DESCRIBE_H

#include "request.h"

#include <stddef.h>

/* "node 1: PR_OUT RESERVE type 3, input 36 bytes, output none". Nodes count from 0. */
void describe_request(unsigned node, const struct request *request, char *text, size_t size);
void describe_scsi_request(unsigned node, const struct scsi_request *request, char *text,
                           size_t size);
void describe_raw_request(unsigned node, const struct raw_request *request, char *text,
                          size_t size);

/* "FALSE, error 170, STATUS_DEVICE_BUSY, 0 bytes"; the same for the same answer everywhere. */
void describe_answer(const struct request *request, const struct answer *answer, char *text,
                     size_t size);
void describe_scsi_answer(const struct scsi_answer *answer, char *text, size_t size);
void describe_raw_answer(const struct raw_answer *answer, char *text, size_t size);

/* The first bytes of the input, hexadecimal; empty where the request has none. */
void describe_input(const struct request *request, char *text, size_t size);

#endif
