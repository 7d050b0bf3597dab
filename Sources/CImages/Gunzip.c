// gzip through zlib.

#include "CImages.h"

#include <limits.h>
#include <stdio.h>
#include <zlib.h>

static uInt piece(size_t left) { return left < UINT_MAX ? (uInt)left : UINT_MAX; }

/// Gives zlib the next pieces of input and room, which it counts in 32 bits.
static int step(z_stream *stream, const uint8_t *end_in, const uint8_t *end_out) {
    stream->avail_in = piece((size_t)(end_in - stream->next_in));
    stream->avail_out = piece((size_t)(end_out - stream->next_out));
    return inflate(stream, Z_NO_FLUSH);
}

bool ci_gunzip(
    const uint8_t *bytes, size_t count, uint8_t *out, size_t capacity, size_t *written, char *message
) {
    z_stream stream = {0};
    *written = 0;
    if (inflateInit2(&stream, 16 + MAX_WBITS) != Z_OK) {
        snprintf(message, CI_MESSAGE, "zlib has no memory");
        return false;
    }
    stream.next_in = (Bytef *)bytes;
    stream.next_out = out;
    int status = Z_OK;
    while (status == Z_OK && stream.next_out < out + capacity) status = step(&stream, bytes + count, out + capacity);
    *written = (size_t)(stream.next_out - out);
    const bool done = status == Z_OK || status == Z_STREAM_END;
    if (!done) {
        const char *reason = status == Z_BUF_ERROR ? "it is cut short" : stream.msg ? stream.msg : "it is damaged";
        snprintf(message, CI_MESSAGE, "the gzip stream cannot be read: %s", reason);
    }
    inflateEnd(&stream);
    return done;
}
