// Files of Sources/Web/assets, which the executable carries for browsers.
#ifndef SBX_CWEBASSETS_H
#define SBX_CWEBASSETS_H

#include <stddef.h>

typedef struct {
    const char *name;           // path below the folder, e.g. "portal.css"
    const unsigned char *bytes; // not terminated
    size_t count;
} sbx_asset;

size_t sbx_asset_count(void);
// `index` is below the count.
const sbx_asset *sbx_asset_at(size_t index);

#endif
