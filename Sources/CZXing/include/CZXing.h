#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* A small C face of ZXing-C++: grey pixels in, the QR codes that were read out. No exception leaves it. */

typedef enum kizuna_binarizer {
    /* Each pixel against its neighbourhood: shadows, photographs. */
    KIZUNA_BINARIZER_LOCAL,
    /* All pixels against the valley between the two peaks of their histogram. */
    KIZUNA_BINARIZER_GLOBAL,
    /* All pixels against 127. */
    KIZUNA_BINARIZER_FIXED,
} kizuna_binarizer;

typedef struct kizuna_reading_options {
    kizuna_binarizer binarizer;
    /* The pixels are one upright symbol and nothing else, as a generator leaves them. */
    bool is_pure;
    /* Look at every row and at smaller copies too. */
    bool is_thorough;
    /* More codes than this are not looked for. */
    uint8_t maximum_codes;
} kizuna_reading_options;

typedef struct kizuna_read_code {
    /* UTF-8, not terminated; bytes without a declared character set stay as they are when they are UTF-8. */
    uint8_t *text;
    size_t text_bytes;
    /* x and y of the corners, clockwise from the one that is top left in the upright symbol. */
    int32_t corners[8];
    /* How many symbols share the text (structured append); 1 when this one has all of it. */
    int32_t parts;
} kizuna_read_code;

typedef struct kizuna_read_codes {
    kizuna_read_code *codes;
    size_t count;
    /* Symbols that were seen but whose error correction did not come out. */
    size_t unread;
    /* Processor time that the reading took, when it ran in a process of its own. */
    double seconds;
} kizuna_read_codes;

typedef enum kizuna_reading_status {
    KIZUNA_READING_DONE,
    KIZUNA_READING_OUT_OF_MEMORY,
    KIZUNA_READING_FAILED,
    KIZUNA_READING_TOO_SLOW,
} kizuna_reading_status;

/* Reads what an 8-bit grey picture shows. `codes` is to be given back by kizuna_codes_free when the result is done. */
kizuna_reading_status kizuna_codes_read(const uint8_t *grey, int32_t width, int32_t height,
                                        kizuna_reading_options options, kizuna_read_codes *codes);

/* The same in a process of its own, which is ended when it has used so many seconds of processor time. The library tries
   all triples of what could be the corners of a code: a few kilobytes can draw a picture that takes it days. */
kizuna_reading_status kizuna_codes_read_apart(const uint8_t *grey, int32_t width, int32_t height,
                                              kizuna_reading_options options, uint32_t seconds,
                                              kizuna_read_codes *codes);

void kizuna_codes_free(kizuna_read_codes *codes);

#ifdef __cplusplus
}
#endif
