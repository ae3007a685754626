#include "../command/output.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static bool write_whole(int fd, const char *bytes, size_t length)
{
    while (length) {
        const ssize_t written = write(fd, bytes, length);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return false;
        bytes += written;
        length -= (size_t)written;
    }
    return true;
}

bool output_write(struct text *text)
{
    bool done = false;
    if (text->failed)
        output_message("out of memory");
    else if (!(done = write_whole(STDOUT_FILENO, text->bytes, text->length)))
        output_message("standard output could not be written: %s", strerror(errno));
    text_free(text);
    return done;
}

void output_write_error(struct text *text)
{
    if (!text->failed)
        write_whole(STDERR_FILENO, text->bytes, text->length);
    text_free(text);
}

void output_message(const char *format, ...)
{
    char message[1024];
    struct text text = {0};
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof(message), format, arguments);
    va_end(arguments);
    text_add(&text, "holdfast: %s\n", message);
    output_write_error(&text);
}
