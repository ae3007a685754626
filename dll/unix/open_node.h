/* Opens a device node by its path, for handles behind which Wine has none. */
#ifndef HOLDFAST_UNIX_OPEN_NODE_H
#define HOLDFAST_UNIX_OPEN_NODE_H

#include "../scsi/transport.h"

enum { OPEN_NODE_READ = 1, OPEN_NODE_WRITE = 2 }; /* FILE_READ_DATA, FILE_WRITE_DATA */

/* A descriptor that started programs do not get, or -1 with *os_error. `path` is absolute; links
 * are followed. `access` is a sum of the above; 0 is to read. Nothing is ever made. */
int open_node(const char *path, uint32_t access, int32_t *os_error);

/* From an errno of open_node to the waist's terms: a disk that cannot be found is one that is
 * gone. */
enum scsi_transport_error open_node_error(int32_t os_error);

#endif
