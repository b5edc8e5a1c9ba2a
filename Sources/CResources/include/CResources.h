// Files of this repository that the executable carries: migrations and the built-in contracts.
#ifndef SBX_CRESOURCES_H
#define SBX_CRESOURCES_H

#include <stddef.h>

typedef struct {
    const char *name;           // path in the repository, e.g. "migrations/0001_create_roles.sql"
    const unsigned char *bytes; // not terminated
    size_t count;
} sbx_resource;

size_t sbx_resource_count(void);
// `index` is below the count.
const sbx_resource *sbx_resource_at(size_t index);

#endif
