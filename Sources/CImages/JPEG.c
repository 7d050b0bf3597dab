// JPEG through libjpeg, whose errors leave by longjmp.

#include "Formats.h"

#include <setjmp.h>
#include <stdio.h>

#include <jpeglib.h>

#include <jerror.h>

/// Scans of a progressive image beyond which it is taken for an attack: each takes the time of a whole image.
enum { greatest_scan = 100 };

/// libjpeg's handler of errors, and where they lead.
typedef struct {
    struct jpeg_error_mgr base;
    jmp_buf leave;
    char *message;
} Failure;

static void fail(j_common_ptr info) {
    Failure *failure = (Failure *)info->err;
    char text[JMSG_LENGTH_MAX];
    info->err->format_message(info, text);
    snprintf(failure->message, CI_MESSAGE, "the JPEG image cannot be read: %.150s", text);
    longjmp(failure->leave, 1);
}

/// Takes data that end early for an error; other oddities are harmless and common.
static void warn(j_common_ptr info, int level) {
    if (level >= 0) return;
    info->err->num_warnings++;
    if (info->err->msg_code == JWRN_JPEG_EOF || info->err->msg_code == JWRN_HIT_MARKER) fail(info);
}

static void watch(j_common_ptr info) {
    Failure *failure = (Failure *)info->err;
    if (!info->is_decompressor || ((j_decompress_ptr)info)->input_scan_number <= greatest_scan) return;
    snprintf(failure->message, CI_MESSAGE, "the JPEG image has more than %d scans", greatest_scan);
    longjmp(failure->leave, 1);
}

/// Reads the header; what `info` holds is freed by `jpeg_destroy_decompress`, also after an error.
static void begin(struct jpeg_decompress_struct *info, const uint8_t *bytes, size_t count) {
    jpeg_create_decompress(info);
    jpeg_mem_src(info, bytes, count);
    jpeg_read_header(info, TRUE);
}

static void prepare(struct jpeg_decompress_struct *info, Failure *failure, char *message) {
    info->err = jpeg_std_error(&failure->base);
    failure->base.error_exit = fail;
    failure->base.emit_message = warn;
    failure->message = message;
}

bool ci_jpeg_header(const uint8_t *bytes, size_t count, CIHeader *header, char *message) {
    struct jpeg_decompress_struct info = {0};
    Failure failure;
    prepare(&info, &failure, message);
    if (setjmp(failure.leave)) {
        jpeg_destroy_decompress(&info);
        return false;
    }
    begin(&info, bytes, count);
    *header = (CIHeader){info.image_width, info.image_height, info.num_components > 1};
    jpeg_destroy_decompress(&info);
    return true;
}

bool ci_jpeg_decode(
    const uint8_t *bytes, size_t count, bool coloured, uint8_t *pixels, size_t capacity, char *message
) {
    struct jpeg_decompress_struct info = {0};
    struct jpeg_progress_mgr progress = {.progress_monitor = watch};
    Failure failure;
    prepare(&info, &failure, message);
    if (setjmp(failure.leave)) {
        jpeg_destroy_decompress(&info);
        return false;
    }
    begin(&info, bytes, count);
    info.progress = &progress;
    info.out_color_space = coloured ? JCS_RGB : JCS_GRAYSCALE;
    const size_t stride = (size_t)info.image_width * (coloured ? 3 : 1);
    if ((uint64_t)info.image_width * info.image_height > CI_PIXELS || stride * info.image_height != capacity) {
        snprintf(message, CI_MESSAGE, "the JPEG image has another size than its header said");
        longjmp(failure.leave, 1);
    }
    jpeg_start_decompress(&info);
    while (info.output_scanline < info.output_height) {
        JSAMPROW row = pixels + info.output_scanline * stride;
        jpeg_read_scanlines(&info, &row, 1);
    }
    jpeg_finish_decompress(&info);
    jpeg_destroy_decompress(&info);
    return true;
}
