#include "internal.h"

#include <png.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What the callbacks of libpng share. It outlives the jumps, so nothing of it is a local variable of the reader. */
typedef struct png_work {
    const uint8_t *bytes;
    size_t count;
    size_t at;
    kizuna_picture_status status;
    char *message;
    png_structp png;
    png_infop info;
    kizuna_reducer reducer;
    uint8_t *room;
    uint8_t *written;
    size_t written_room;
} png_work;

static void on_error(png_structp png, png_const_charp text) {
    png_work *work = png_get_error_ptr(png);
    if (work->status == KIZUNA_PICTURE_DONE) work->status = KIZUNA_PICTURE_DAMAGED;
    snprintf(work->message, KIZUNA_PICTURE_MESSAGE, "%s", text);
    png_longjmp(png, 1);
}

/* Warnings are about chunks that no pixel depends on. */
static void on_warning(png_structp png, png_const_charp text) {
    (void)png;
    (void)text;
}

static void fail(png_work *work, kizuna_picture_status status, const char *text) {
    work->status = status;
    png_error(work->png, text);
}

static void read_bytes(png_structp png, png_bytep to, size_t count) {
    png_work *work = png_get_io_ptr(png);
    if (count > work->count - work->at) fail(work, KIZUNA_PICTURE_TRUNCATED, "the file ends too early");
    memcpy(to, work->bytes + work->at, count);
    work->at += count;
}

static uint32_t number(const uint8_t *bytes) {
    return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

/* An animated PNG says so (acTL) before the first picture (IDAT). */
static bool is_animated(const uint8_t *bytes, size_t count) {
    size_t at = 8;
    while (count - at >= 12) {
        uint32_t length = number(bytes + at);
        if (memcmp(bytes + at + 4, "acTL", 4) == 0) return true;
        if (memcmp(bytes + at + 4, "IDAT", 4) == 0 || length > count - at - 12) return false;
        at += (size_t)length + 12;
    }
    return false;
}

/* Whatever the file holds, what comes out is grey with alpha, eight bits each. */
static void ask_for_grey_and_alpha(png_work *work) {
    png_structp png = work->png;
    png_set_expand(png);
    png_set_scale_16(png);
    if (png_get_color_type(png, work->info) & PNG_COLOR_MASK_COLOR) png_set_rgb_to_gray(png, PNG_ERROR_ACTION_NONE, -1, -1);
    png_set_add_alpha(png, 0xFF, PNG_FILLER_AFTER);
}

/* Puts a row on white paper, in place. */
static void flatten(uint8_t *row, uint32_t width) {
    for (uint32_t x = 0; x < width; x++) {
        uint32_t grey = row[2 * (size_t)x], alpha = row[2 * (size_t)x + 1];
        row[x] = (uint8_t)((grey * alpha + 255 * (255 - alpha) + 127) / 255);
    }
}

static void read_rows(png_work *work, const kizuna_grey *grey, double deadline) {
    png_structp png = work->png;
    int passes = png_set_interlace_handling(png);
    png_read_update_info(png, work->info);
    size_t row_bytes = png_get_rowbytes(png, work->info);
    if (row_bytes != 2 * (size_t)grey->file_width) fail(work, KIZUNA_PICTURE_UNSUPPORTED, "unknown kind of pixels");
    /* An interlaced picture comes seven times, each time with more of its pixels: it must be kept whole. */
    size_t kept_rows = passes > 1 ? grey->file_height : 1;
    work->room = calloc(kept_rows, row_bytes);
    if (work->room == NULL) fail(work, KIZUNA_PICTURE_OUT_OF_MEMORY, "no room for the rows");
    for (int pass = 0; pass < passes; pass++) {
        for (uint32_t y = 0; y < grey->file_height; y++) {
            if (y % 64 == 0 && kizuna_thread_seconds() > deadline)
                fail(work, KIZUNA_PICTURE_TOO_SLOW, "it takes too long");
            uint8_t *row = work->room + (kept_rows > 1 ? y * row_bytes : 0);
            png_read_row(png, row, NULL);
            if (pass < passes - 1) continue;
            flatten(row, grey->file_width);
            kizuna_reducer_add(&work->reducer, row);
        }
    }
    png_read_end(png, NULL);
}

static void read_file(png_work *work, const kizuna_picture_limits *limits, kizuna_grey *grey) {
    double deadline = kizuna_thread_seconds() + limits->seconds;
    png_structp png = work->png;
    png_set_read_fn(png, work, read_bytes);
    png_set_user_limits(png, limits->side, limits->side);
    png_set_chunk_malloc_max(png, limits->memory_bytes);
    /* Only what the pixels need: texts, profiles and the like are skipped, packed or not. */
    png_set_keep_unknown_chunks(png, PNG_HANDLE_CHUNK_NEVER, NULL, -1);
    png_read_info(png, work->info);
    ask_for_grey_and_alpha(work);
    if (!kizuna_reducer_start(&work->reducer, grey)) fail(work, KIZUNA_PICTURE_OUT_OF_MEMORY, "no room for the pixels");
    read_rows(work, grey, deadline);
}

/* The size stands in the first 24 bytes: it is checked before libpng sees the file. */
static kizuna_picture_status check_head(const uint8_t *bytes, size_t count, const kizuna_picture_limits *limits,
                                        kizuna_grey *grey) {
    if (count < 33) return KIZUNA_PICTURE_TRUNCATED;
    if (memcmp(bytes + 12, "IHDR", 4) != 0) return KIZUNA_PICTURE_DAMAGED;
    kizuna_picture_status status = kizuna_check_size(number(bytes + 16), number(bytes + 20), limits, grey);
    if (status == KIZUNA_PICTURE_DONE && is_animated(bytes, count)) return KIZUNA_PICTURE_ANIMATED;
    return status;
}

kizuna_picture_status kizuna_png_read(const uint8_t *bytes, size_t count, kizuna_picture_limits limits,
                                      kizuna_grey *grey, char message[KIZUNA_PICTURE_MESSAGE]) {
    *grey = (kizuna_grey){0};
    message[0] = 0;
    kizuna_picture_status status = check_head(bytes, count, &limits, grey);
    if (status != KIZUNA_PICTURE_DONE) return status;
    png_work *work = calloc(1, sizeof(png_work));
    if (work == NULL) return KIZUNA_PICTURE_OUT_OF_MEMORY;
    work->bytes = bytes;
    work->count = count;
    work->message = message;
    work->png = png_create_read_struct(PNG_LIBPNG_VER_STRING, work, on_error, on_warning);
    work->info = work->png == NULL ? NULL : png_create_info_struct(work->png);
    if (work->info == NULL) {
        work->status = KIZUNA_PICTURE_OUT_OF_MEMORY;
    } else if (setjmp(png_jmpbuf(work->png)) == 0) {
        read_file(work, &limits, grey);
    }
    status = work->status;
    kizuna_reducer_end(&work->reducer);
    png_destroy_read_struct(&work->png, &work->info, NULL);
    free(work->room);
    free(work);
    if (status != KIZUNA_PICTURE_DONE) {
        free(grey->pixels);
        grey->pixels = NULL;
    }
    return status;
}

static void write_bytes(png_structp png, png_bytep from, size_t count) {
    png_work *work = png_get_io_ptr(png);
    if (count > work->written_room - work->at) {
        size_t room = 2 * (work->written_room + count);
        uint8_t *larger = realloc(work->written, room);
        if (larger == NULL) fail(work, KIZUNA_PICTURE_OUT_OF_MEMORY, "no room for the file");
        work->written = larger;
        work->written_room = room;
    }
    memcpy(work->written + work->at, from, count);
    work->at += count;
}

static void flush_nothing(png_structp png) { (void)png; }

static void write_file(png_work *work, const uint8_t *rows, uint32_t width, uint32_t height) {
    png_structp png = work->png;
    png_set_write_fn(png, work, write_bytes, flush_nothing);
    png_set_IHDR(png, work->info, width, height, 1, PNG_COLOR_TYPE_GRAY, PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT,
                 PNG_FILTER_TYPE_DEFAULT);
    png_write_info(png, work->info);
    size_t row_bytes = ((size_t)width + 7) / 8;
    for (uint32_t y = 0; y < height; y++) png_write_row(png, rows + y * row_bytes);
    png_write_end(png, work->info);
}

kizuna_picture_status kizuna_png_write(const uint8_t *rows, uint32_t width, uint32_t height, uint8_t **bytes,
                                       size_t *count, char message[KIZUNA_PICTURE_MESSAGE]) {
    message[0] = 0;
    png_work *work = calloc(1, sizeof(png_work));
    if (work == NULL) return KIZUNA_PICTURE_OUT_OF_MEMORY;
    work->message = message;
    work->png = png_create_write_struct(PNG_LIBPNG_VER_STRING, work, on_error, on_warning);
    work->info = work->png == NULL ? NULL : png_create_info_struct(work->png);
    if (work->info == NULL) {
        work->status = KIZUNA_PICTURE_OUT_OF_MEMORY;
    } else if (setjmp(png_jmpbuf(work->png)) == 0) {
        write_file(work, rows, width, height);
    }
    kizuna_picture_status status = work->status;
    png_destroy_write_struct(&work->png, &work->info);
    if (status == KIZUNA_PICTURE_DONE) {
        *bytes = work->written;
        *count = work->at;
    } else {
        free(work->written);
    }
    free(work);
    return status;
}
