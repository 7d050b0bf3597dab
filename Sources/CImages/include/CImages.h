// PNG and JPEG images and gzip streams out of bytes of any origin.
//
// Nothing here keeps state, aborts, or writes beyond the memory that it is given. A function that returns false has
// written one line of text into `message`, which has room for CI_MESSAGE bytes.

#ifndef CIMAGES_H
#define CIMAGES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define CI_MESSAGE 200

/// What the header of an image says of it.
typedef struct {
    uint32_t width, height;
    /// Whether it has colours; otherwise it is grey.
    bool coloured;
} CIHeader;

/// Reads the header of a PNG or JPEG image. One of more than 2^26 pixels is refused.
bool ci_header(const uint8_t *_Nonnull bytes, size_t count, CIHeader *_Nonnull header, char *_Nonnull message);

/// Decodes a PNG or JPEG image into `pixels`, row by row, 1 byte a pixel for grey or 3 bytes for red, green and blue.
/// `capacity` must be the width times the height of its header times the bytes of a pixel. What is transparent stands
/// on black.
bool ci_decode(
    const uint8_t *_Nonnull bytes, size_t count, bool coloured, uint8_t *_Nonnull pixels, size_t capacity,
    char *_Nonnull message);

/// Inflates a gzip stream until it ends or `capacity` bytes are written, and tells how many were.
bool ci_gunzip(
    const uint8_t *_Nonnull bytes, size_t count, uint8_t *_Nonnull out, size_t capacity, size_t *_Nonnull written,
    char *_Nonnull message);

#endif
