/* Looking into what json_reader.c read. */
#include "json_reader.h"

#include <string.h>

const struct json *json_member(const struct json *object, const char *name, enum json_type type)
{
    if (!object || object->type != JSON_OBJECT)
        return NULL;
    for (const struct json *member = object->first; member; member = member->next)
        if (member->type == type && !strcmp(member->name, name))
            return member;
    return NULL;
}

const char *json_member_text(const struct json *object, const char *name)
{
    const struct json *member = json_member(object, name, JSON_TEXT);

    return member ? member->text : "";
}
