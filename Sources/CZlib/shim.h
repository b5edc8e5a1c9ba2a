// zlib, with names for the initialisers that are macros. No logic here.
#ifndef SBX_CZLIB_H
#define SBX_CZLIB_H

#include <zlib.h>

static inline int sbx_deflateInit2(z_stream *stream, int level, int window_bits, int memory_level) {
    return deflateInit2(stream, level, Z_DEFLATED, window_bits, memory_level, Z_DEFAULT_STRATEGY);
}
static inline int sbx_inflateInit2(z_stream *stream, int window_bits) { return inflateInit2(stream, window_bits); }

#endif
