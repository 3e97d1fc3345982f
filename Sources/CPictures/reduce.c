#include "internal.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

double kizuna_thread_seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

kizuna_picture_status kizuna_check_size(uint32_t width, uint32_t height, const kizuna_picture_limits *limits,
                                        kizuna_grey *grey) {
    grey->file_width = width;
    grey->file_height = height;
    if (width == 0 || height == 0) return KIZUNA_PICTURE_DAMAGED;
    if (width > limits->side || height > limits->side || (uint64_t)width * height > limits->pixels)
        return KIZUNA_PICTURE_TOO_LARGE;
    uint32_t reduction = 1;
    while ((uint64_t)(width / reduction) * (height / reduction) > limits->kept_pixels) reduction++;
    grey->reduction = reduction;
    grey->width = width / reduction > 0 ? width / reduction : 1;
    grey->height = height / reduction > 0 ? height / reduction : 1;
    return KIZUNA_PICTURE_DONE;
}

bool kizuna_reducer_start(kizuna_reducer *reducer, kizuna_grey *grey) {
    reducer->grey = grey;
    reducer->next_row = 0;
    reducer->sums = calloc(grey->width, sizeof(uint32_t));
    grey->pixels = malloc((size_t)grey->width * grey->height);
    return reducer->sums != NULL && grey->pixels != NULL;
}

void kizuna_reducer_add(kizuna_reducer *reducer, const uint8_t *row) {
    kizuna_grey *grey = reducer->grey;
    uint32_t reduction = grey->reduction;
    uint32_t line = reducer->next_row++;
    if (line / reduction >= grey->height) return;
    uint8_t *to = grey->pixels + (size_t)(line / reduction) * grey->width;
    if (reduction == 1) {
        memcpy(to, row, grey->width);
        return;
    }
    /* A side shorter than the factor has fewer pixels to take the mean of. */
    uint32_t columns = grey->file_width < reduction ? grey->file_width : reduction;
    for (uint32_t x = 0; x < grey->width; x++) {
        uint32_t sum = 0;
        for (uint32_t inner = 0; inner < columns; inner++) sum += row[(size_t)x * reduction + inner];
        reducer->sums[x] += sum / columns;
    }
    uint32_t lines = grey->file_height < reduction ? grey->file_height : reduction;
    if (line % reduction != lines - 1) return;
    for (uint32_t x = 0; x < grey->width; x++) {
        to[x] = (uint8_t)(reducer->sums[x] / lines);
        reducer->sums[x] = 0;
    }
}

void kizuna_reducer_end(kizuna_reducer *reducer) {
    free(reducer->sums);
    reducer->sums = NULL;
}
