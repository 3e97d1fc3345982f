#pragma once

#include "CPictures.h"

/* Processor time of this thread, so that a busy machine does not make a picture slow. */
double kizuna_thread_seconds(void);

/* Checks the size that a file declares, and says by which whole factor to make it smaller. */
kizuna_picture_status kizuna_check_size(uint32_t width, uint32_t height, const kizuna_picture_limits *limits,
                                        kizuna_grey *grey);

/* Adds up rows of a picture into rows of a smaller one: the mean of each square of pixels. */
typedef struct kizuna_reducer {
    kizuna_grey *grey;
    uint32_t *sums;
    uint32_t next_row;
} kizuna_reducer;

/* Makes room for the pixels of the smaller picture. */
bool kizuna_reducer_start(kizuna_reducer *reducer, kizuna_grey *grey);
/* Takes the next row of the file's picture. */
void kizuna_reducer_add(kizuna_reducer *reducer, const uint8_t *row);
void kizuna_reducer_end(kizuna_reducer *reducer);
