// PNG through libpng's simplified interface, which needs no longjmp here.

#include "Formats.h"

#include <png.h>
#include <stdio.h>
#include <string.h>

static bool begin(png_image *image, const uint8_t *bytes, size_t count, char *message) {
    memset(image, 0, sizeof *image);
    image->version = PNG_IMAGE_VERSION;
    if (png_image_begin_read_from_memory(image, bytes, count)) return true;
    snprintf(message, CI_MESSAGE, "the PNG image cannot be read: %s", image->message);
    return false;
}

bool ci_png_header(const uint8_t *bytes, size_t count, CIHeader *header, char *message) {
    png_image image;
    if (!begin(&image, bytes, count, message)) return false;
    *header = (CIHeader){image.width, image.height, (image.format & PNG_FORMAT_FLAG_COLOR) != 0};
    png_image_free(&image);
    return true;
}

bool ci_png_decode(
    const uint8_t *bytes, size_t count, bool coloured, uint8_t *pixels, size_t capacity, char *message
) {
    png_image image;
    if (!begin(&image, bytes, count, message)) return false;
    image.format = coloured ? PNG_FORMAT_RGB : PNG_FORMAT_GRAY;
    if ((uint64_t)image.width * image.height > CI_PIXELS || PNG_IMAGE_SIZE(image) != capacity) {
        snprintf(message, CI_MESSAGE, "the PNG image has another size than its header said");
        png_image_free(&image);
        return false;
    }
    const png_color black = {0, 0, 0};
    if (png_image_finish_read(&image, &black, pixels, 0, NULL)) return true;
    snprintf(message, CI_MESSAGE, "the PNG image is damaged or cut short: %s", image.message);
    return false;
}
