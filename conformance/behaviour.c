#include "behaviour.h"

#include <stdio.h>

/* The suite's own tests have cases of theirs. */
#ifndef BEHAVIOUR_LIST
#define BEHAVIOUR_LIST "cases/list.h"
#endif

#define BEHAVIOUR(name) extern const struct behaviour name;
#include BEHAVIOUR_LIST
#undef BEHAVIOUR

const struct behaviour *const behaviours[] = {
#define BEHAVIOUR(name) &(name),
#include BEHAVIOUR_LIST
#undef BEHAVIOUR
    NULL};

void behaviour_case_name(const struct behaviour *behaviour, unsigned row, char name[CASE_NAME_MAX])
{
    char row_name[CASE_NAME_MAX] = "";

    if (behaviour->rows == 0) {
        snprintf(name, CASE_NAME_MAX, "%s", behaviour->name);
        return;
    }
    if (behaviour->table)
        snprintf(
            row_name, sizeof(row_name), "%s",
            *(const char *const *)((const char *)behaviour->table + row * behaviour->row_size));
    else
        behaviour->row_name(row, row_name, sizeof(row_name));
    snprintf(name, CASE_NAME_MAX, "%.*s.%.*s", CASE_NAME_MAX / 2 - 1, behaviour->name,
             CASE_NAME_MAX / 2 - 1, row_name);
}

unsigned behaviour_cases(const struct behaviour *behaviour)
{
    return behaviour->rows ? behaviour->rows : 1;
}
