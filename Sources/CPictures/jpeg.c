#include "internal.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* After stdio: it uses FILE without including it. */
#include <jerror.h>
#include <jpeglib.h>

/* The library's own structures come first in ours, so that its pointers to them are pointers to ours. */
typedef struct jpeg_work {
    struct jpeg_decompress_struct jpeg;
    struct jpeg_error_mgr errors;
    struct jpeg_progress_mgr progress;
    jmp_buf back;
    kizuna_picture_status status;
    char *message;
    double deadline;
    kizuna_reducer reducer;
    uint8_t *row;
} jpeg_work;

static void fail(jpeg_work *work, kizuna_picture_status status, const char *text) {
    work->status = status;
    if (text != NULL) snprintf(work->message, KIZUNA_PICTURE_MESSAGE, "%s", text);
    longjmp(work->back, 1);
}

static kizuna_picture_status status_of(int code) {
    switch (code) {
    case JERR_OUT_OF_MEMORY:
    case JERR_NO_BACKING_STORE: return KIZUNA_PICTURE_OUT_OF_MEMORY;
    case JERR_INPUT_EMPTY:
    case JERR_INPUT_EOF: return KIZUNA_PICTURE_TRUNCATED;
    case JERR_BAD_PRECISION:
    case JERR_SOF_UNSUPPORTED:
    case JERR_CONVERSION_NOTIMPL:
    case JERR_COMPONENT_COUNT:
    case JERR_NOT_COMPILED: return KIZUNA_PICTURE_UNSUPPORTED;
    default: return KIZUNA_PICTURE_DAMAGED;
    }
}

static void on_error(j_common_ptr jpeg) {
    jpeg_work *work = (jpeg_work *)jpeg;
    char text[JMSG_LENGTH_MAX];
    jpeg->err->format_message(jpeg, text);
    fail(work, status_of(jpeg->err->msg_code), text);
}

/* The library fills what is missing with grey and only warns: here, that is the end. Other warnings are about bytes
   that too many cameras get wrong. */
static void on_message(j_common_ptr jpeg, int level) {
    jpeg_work *work = (jpeg_work *)jpeg;
    if (level >= 0) return;
    int code = jpeg->err->msg_code;
    if (code == JWRN_JPEG_EOF || code == JWRN_HIT_MARKER) fail(work, KIZUNA_PICTURE_TRUNCATED, "the file ends too early");
}

/* Called for each row of each pass: a few bytes can ask for thousands of passes over a large picture. */
static void on_progress(j_common_ptr jpeg) {
    jpeg_work *work = (jpeg_work *)jpeg;
    if (kizuna_thread_seconds() > work->deadline) fail(work, KIZUNA_PICTURE_TOO_SLOW, "it takes too long");
}

static void read_rows(jpeg_work *work, kizuna_grey *grey) {
    struct jpeg_decompress_struct *jpeg = &work->jpeg;
    if (!kizuna_reducer_start(&work->reducer, grey)) fail(work, KIZUNA_PICTURE_OUT_OF_MEMORY, NULL);
    work->row = malloc(jpeg->output_width);
    if (work->row == NULL) fail(work, KIZUNA_PICTURE_OUT_OF_MEMORY, NULL);
    while (jpeg->output_scanline < jpeg->output_height) {
        JSAMPROW row = work->row;
        jpeg_read_scanlines(jpeg, &row, 1);
        kizuna_reducer_add(&work->reducer, work->row);
    }
    jpeg_finish_decompress(jpeg);
}

static void read_file(jpeg_work *work, const uint8_t *bytes, size_t count, const kizuna_picture_limits *limits,
                      kizuna_grey *grey) {
    struct jpeg_decompress_struct *jpeg = &work->jpeg;
    jpeg_create_decompress(jpeg);
    jpeg->mem->max_memory_to_use = (long)limits->memory_bytes;
    jpeg->progress = &work->progress;
    jpeg_mem_src(jpeg, bytes, count);
    jpeg_read_header(jpeg, TRUE);
    kizuna_picture_status status = kizuna_check_size(jpeg->image_width, jpeg->image_height, limits, grey);
    if (status != KIZUNA_PICTURE_DONE) fail(work, status, NULL);
    if (jpeg->num_components == 4) fail(work, KIZUNA_PICTURE_INKS, NULL);
    jpeg->out_color_space = JCS_GRAYSCALE;
    jpeg->do_fancy_upsampling = FALSE;
    jpeg_start_decompress(jpeg);
    read_rows(work, grey);
}

kizuna_picture_status kizuna_jpeg_read(const uint8_t *bytes, size_t count, kizuna_picture_limits limits,
                                       kizuna_grey *grey, char message[KIZUNA_PICTURE_MESSAGE]) {
    *grey = (kizuna_grey){0};
    message[0] = 0;
    jpeg_work *work = calloc(1, sizeof(jpeg_work));
    if (work == NULL) return KIZUNA_PICTURE_OUT_OF_MEMORY;
    work->message = message;
    work->deadline = kizuna_thread_seconds() + limits.seconds;
    work->jpeg.err = jpeg_std_error(&work->errors);
    work->errors.error_exit = on_error;
    work->errors.emit_message = on_message;
    work->progress.progress_monitor = on_progress;
    if (setjmp(work->back) == 0) read_file(work, bytes, count, &limits, grey);
    kizuna_picture_status status = work->status;
    kizuna_reducer_end(&work->reducer);
    jpeg_destroy_decompress(&work->jpeg);
    free(work->row);
    free(work);
    if (status != KIZUNA_PICTURE_DONE) {
        free(grey->pixels);
        grey->pixels = NULL;
    }
    return status;
}
