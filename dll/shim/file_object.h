/* What Windows keeps with a file object and Wine does not tell: the completion port that a file was
 * bound to, and the order of its requests. Handles that were duplicated share it. handles.c tells
 * what happens to handles. */
#ifndef HOLDFAST_SHIM_FILE_OBJECT_H
#define HOLDFAST_SHIM_FILE_OBJECT_H

#include "worker.h"
#include <stdbool.h>
#include <stdint.h>
#include <windows.h>

struct file_object;

/* The object behind `handle`, with a reference for the caller. NULL without memory, and for the
 * handles beyond the first million. */
struct file_object *file_object_of(HANDLE handle);
void file_object_release(struct file_object *object);

/* Whether `handle` stands for `object`. */
bool file_object_is_behind(HANDLE handle, const struct file_object *object);

/* Whether a binding of `handle` has been seen. */
bool file_object_is_bound(HANDLE handle);

/* The requests on it run one after the other. */
struct lane *file_object_lane(struct file_object *object);

/* The port that the object is bound to, with a reference, and the key of the binding. NULL where
 * there is none, or the program has closed every handle of it. */
struct file_object *file_object_port(struct file_object *object, ULONG_PTR *key);

/* Queues a packet to a port, if the program still has a handle of it. */
void file_object_post(struct file_object *port, ULONG_PTR key, void *overlapped, int32_t status,
                      uint32_t information);

/* A routine that hears of the ends in place of a port: of the system's thread pool, whose own port
 * nobody is told. `deliver` may be called on any thread and must not wait. */
struct file_object_routine {
    void (*deliver)(const struct file_object_routine *routine, void *overlapped, int32_t status,
                    uint32_t information);
    void *function, *context, *io; /* for `deliver` */
};
void file_object_bind_routine(HANDLE file, const struct file_object_routine *routine);

/* For handles.c. A handle that is about to be closed loses its object first. Then the object is
 * told that the handle is gone, or gets one: the same again, or the one that takes its place. */
void file_object_bind(HANDLE file, HANDLE port, ULONG_PTR key);
void file_object_duplicate(HANDLE from, HANDLE to);
struct file_object *file_object_detach(HANDLE handle);
void file_object_attach(HANDLE handle, struct file_object *object);
void file_object_handle_closed(struct file_object *object);

#endif
