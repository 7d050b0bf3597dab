// Which of the two formats it is, by its first bytes.

#include "Formats.h"

#include <stdio.h>
#include <string.h>

static bool is_png(const uint8_t *bytes, size_t count) {
    return count >= 8 && memcmp(bytes, "\x89PNG\r\n\x1a\n", 8) == 0;
}

static bool is_jpeg(const uint8_t *bytes, size_t count) {
    return count >= 3 && memcmp(bytes, "\xff\xd8\xff", 3) == 0;
}

static bool refuse(char *message) {
    snprintf(message, CI_MESSAGE, "it is neither a PNG nor a JPEG image");
    return false;
}

bool ci_header(const uint8_t *bytes, size_t count, CIHeader *header, char *message) {
    bool done = is_png(bytes, count)    ? ci_png_header(bytes, count, header, message)
                : is_jpeg(bytes, count) ? ci_jpeg_header(bytes, count, header, message)
                                        : refuse(message);
    if (!done) return false;
    if (header->width > 0 && header->height > 0 && (uint64_t)header->width * header->height <= CI_PIXELS) return true;
    snprintf(
        message, CI_MESSAGE, "it claims %u x %u pixels; up to %llu pixels are read", header->width, header->height,
        (unsigned long long)CI_PIXELS);
    return false;
}

bool ci_decode(
    const uint8_t *bytes, size_t count, bool coloured, uint8_t *pixels, size_t capacity, char *message
) {
    if (is_png(bytes, count)) return ci_png_decode(bytes, count, coloured, pixels, capacity, message);
    if (is_jpeg(bytes, count)) return ci_jpeg_decode(bytes, count, coloured, pixels, capacity, message);
    return refuse(message);
}
