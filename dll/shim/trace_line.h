/* A line of the trace under construction. What does not fit is cut off; the end of line never is.
 */
#ifndef HOLDFAST_SHIM_TRACE_LINE_H
#define HOLDFAST_SHIM_TRACE_LINE_H

#include "../reservation/reservation.h"
#include <stdarg.h>
#include <windows.h>

struct trace_line {
    char text[1024];
    size_t length;
};

/* Time, process and thread. */
void trace_line_start(struct trace_line *line, DWORD thread);

__attribute__((format(gnu_printf, 2, 3))) void trace_line_add(struct trace_line *line,
                                                              const char *format, ...);
__attribute__((format(gnu_printf, 2, 0))) void
trace_line_add_list(struct trace_line *line, const char *format, va_list arguments);

/* ` name="..."`, in which no quote is left. */
__attribute__((format(gnu_printf, 3, 0))) void trace_line_add_quoted(struct trace_line *line,
                                                                     const char *name,
                                                                     const char *format,
                                                                     va_list arguments);

void trace_line_add_hex(struct trace_line *line, const char *name, const uint8_t *bytes,
                        size_t length);

/* Both keys of a PERSISTENT RESERVE OUT's parameter list, or what stands for them. */
void trace_line_add_keys(struct trace_line *line, const uint8_t *parameter_list);

/* The system's own word for why a command was not sent. */
void trace_line_add_os_error(struct trace_line *line, int32_t os_error);

/* What the disk and Linux said. */
void trace_line_add_result(struct trace_line *line, const struct scsi_result *result);

/* Writes it, with a line end and without any other control character. */
void trace_line_write(struct trace_line *line);

#endif
