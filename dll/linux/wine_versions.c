#include "wine_versions.h"

#include <ctype.h>
#include <stddef.h>
#include <string.h>

static const char *const tested[] = {"8.0"};

bool wine_version_is_tested(const char *version)
{
    for (size_t i = 0; i < sizeof(tested) / sizeof(tested[0]); i++) {
        const size_t length = strlen(tested[i]);

        if (!strncmp(version, tested[i], length) && !isdigit((unsigned char)version[length]))
            return true;
    }
    return false;
}
