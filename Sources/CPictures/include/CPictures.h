#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* PNG and JPEG files to grey pixels and back, over libpng and libjpeg, whose errors jump over the frames of their
   caller (longjmp) and so must be caught in C. */

typedef enum kizuna_picture_status {
    KIZUNA_PICTURE_DONE,
    /* The bytes do not hold what the format says. */
    KIZUNA_PICTURE_DAMAGED,
    /* They end too early. */
    KIZUNA_PICTURE_TRUNCATED,
    /* More pixels, or a longer side, than the limits allow. */
    KIZUNA_PICTURE_TOO_LARGE,
    /* Several pictures in one file. */
    KIZUNA_PICTURE_ANIMATED,
    /* Inks instead of light: CMYK. */
    KIZUNA_PICTURE_INKS,
    /* A variety of the format that the library does not read. */
    KIZUNA_PICTURE_UNSUPPORTED,
    /* More processor time than the limits allow. */
    KIZUNA_PICTURE_TOO_SLOW,
    KIZUNA_PICTURE_OUT_OF_MEMORY,
} kizuna_picture_status;

typedef struct kizuna_picture_limits {
    uint64_t pixels;
    uint32_t side;
    /* A picture of more pixels than this is made smaller by a whole factor while it is read. */
    uint64_t kept_pixels;
    /* Processor time, in seconds. */
    double seconds;
    /* What the library may allocate for itself. */
    size_t memory_bytes;
} kizuna_picture_limits;

/* 8-bit grey without gaps, top row first; 0 is black. */
typedef struct kizuna_grey {
    uint8_t *pixels;
    uint32_t width;
    uint32_t height;
    /* How many pixels of the file's picture lie along one side of a pixel here. */
    uint32_t reduction;
    /* The size of the picture in the file; known as soon as its head was read. */
    uint32_t file_width;
    uint32_t file_height;
} kizuna_grey;

enum { KIZUNA_PICTURE_MESSAGE = 200 };

/* Read a whole file. The pixels are to be given back by free; `message` holds the library's own words on failure. */
kizuna_picture_status kizuna_png_read(const uint8_t *bytes, size_t count, kizuna_picture_limits limits,
                                      kizuna_grey *grey, char message[KIZUNA_PICTURE_MESSAGE]);
kizuna_picture_status kizuna_jpeg_read(const uint8_t *bytes, size_t count, kizuna_picture_limits limits,
                                       kizuna_grey *grey, char message[KIZUNA_PICTURE_MESSAGE]);

/* Write rows of one bit a pixel, each starting on a byte, 1 for white. The bytes are to be given back by free. */
kizuna_picture_status kizuna_png_write(const uint8_t *rows, uint32_t width, uint32_t height, uint8_t **bytes,
                                       size_t *count, char message[KIZUNA_PICTURE_MESSAGE]);

/* Copies of a grey picture, into rooms of the right size: width and height halved (rounded down, but at
   least 1), or doubled, or light and dark exchanged. */
void kizuna_grey_halve(const uint8_t *from, uint32_t width, uint32_t height, uint8_t *to);
void kizuna_grey_double(const uint8_t *from, uint32_t width, uint32_t height, uint8_t *to);
void kizuna_grey_invert(const uint8_t *from, uint32_t width, uint32_t height, uint8_t *to);

/* Copies that look at the square of pixels within a radius (at most 100) around each. False when memory is wanting.
   Sharpening adds `percent` of what a pixel differs from the mean there: edges grow steeper; with a negative number,
   softer. Levelling makes mean and spread the same everywhere: light, shadow and pale ink no longer matter. */
bool kizuna_grey_sharpen(const uint8_t *from, uint32_t width, uint32_t height, uint32_t radius, int32_t percent,
                         uint8_t *to);
bool kizuna_grey_level(const uint8_t *from, uint32_t width, uint32_t height, uint32_t radius, uint8_t *to);
