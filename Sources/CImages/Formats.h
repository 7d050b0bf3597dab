// What the files of this target share.

#ifndef CIMAGES_FORMATS_H
#define CIMAGES_FORMATS_H

#include "CImages.h"

/// More pixels than any image of a data set has.
#define CI_PIXELS ((uint64_t)1 << 26)

bool ci_png_header(const uint8_t *bytes, size_t count, CIHeader *header, char *message);
bool ci_png_decode(
    const uint8_t *bytes, size_t count, bool coloured, uint8_t *pixels, size_t capacity, char *message);
bool ci_jpeg_header(const uint8_t *bytes, size_t count, CIHeader *header, char *message);
bool ci_jpeg_decode(
    const uint8_t *bytes, size_t count, bool coloured, uint8_t *pixels, size_t capacity, char *message);

#endif
