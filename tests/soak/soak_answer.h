/* Whether an answer has the form that Windows gives it, whatever the disk decided. */
#ifndef TESTS_SOAK_SOAK_ANSWER_H
#define TESTS_SOAK_SOAK_ANSWER_H

#include "soak_request.h"

/* NULL, or what is wrong with it. Refused requests are judged wholly; of those that reached the
 * disk the error itself is for the model to judge. */
const char *soak_answer_problem(const struct soak_request *request);

#endif
