#include "CPictures.h"

#include <math.h>
#include <stdlib.h>

static size_t lesser(size_t a, size_t b) { return a < b ? a : b; }

void kizuna_grey_halve(const uint8_t *from, uint32_t width, uint32_t height, uint8_t *to) {
    /* A side of one pixel keeps it. */
    size_t half_width = width > 1 ? width / 2 : 1, half_height = height > 1 ? height / 2 : 1;
    for (size_t y = 0; y < half_height; y++) {
        const uint8_t *upper = from + 2 * y * width, *lower = from + lesser(2 * y + 1, height - 1) * width;
        for (size_t x = 0; x < half_width; x++) {
            size_t left = 2 * x, right = lesser(2 * x + 1, width - 1);
            to[y * half_width + x] = (uint8_t)((upper[left] + upper[right] + lower[left] + lower[right] + 2) / 4);
        }
    }
}

/* Each new pixel takes nine parts of the nearest old one, three of its two nearest neighbours, one of the last. */
void kizuna_grey_double(const uint8_t *from, uint32_t width, uint32_t height, uint8_t *to) {
    for (size_t y = 0; y < 2 * (size_t)height; y++) {
        size_t near = y / 2, far = y % 2 == 0 ? (near > 0 ? near - 1 : 0) : (near + 1 < height ? near + 1 : near);
        const uint8_t *nearRow = from + near * width, *farRow = from + far * width;
        for (size_t x = 0; x < 2 * (size_t)width; x++) {
            size_t own = x / 2, other = x % 2 == 0 ? (own > 0 ? own - 1 : 0) : (own + 1 < width ? own + 1 : own);
            int sum = 9 * nearRow[own] + 3 * nearRow[other] + 3 * farRow[own] + farRow[other];
            to[y * 2 * width + x] = (uint8_t)((sum + 8) / 16);
        }
    }
}

void kizuna_grey_invert(const uint8_t *from, uint32_t width, uint32_t height, uint8_t *to) {
    size_t count = (size_t)width * height;
    for (size_t index = 0; index < count; index++) to[index] = (uint8_t)(255 - from[index]);
}

/* Sums over the square window around each pixel of a row, of what of it lies in the picture. Moving on by a row or a
   column adds one edge and takes away the other, so that the radius costs nothing. */
typedef struct window {
    const uint8_t *from;
    size_t width, height, radius;
    /* Of each column: sum and sum of squares over the rows of the window. */
    uint32_t *sums, *squares;
    /* Of each pixel of the row: mean, and mean of squares. */
    uint32_t *means, *square_means;
    size_t first_row, end_row;
} window;

static bool window_start(window *w, const uint8_t *from, uint32_t width, uint32_t height, uint32_t radius) {
    *w = (window){.from = from, .width = width, .height = height, .radius = radius};
    w->sums = calloc(4 * (size_t)width, sizeof(uint32_t));
    if (w->sums == NULL) return false;
    w->squares = w->sums + width;
    w->means = w->squares + width;
    w->square_means = w->means + width;
    return true;
}

static void window_take_row(window *w, size_t row, uint32_t sign) {
    const uint8_t *pixels = w->from + row * w->width;
    for (size_t x = 0; x < w->width; x++) {
        w->sums[x] += sign * pixels[x];
        w->squares[x] += sign * pixels[x] * pixels[x];
    }
}

static void window_move_to(window *w, size_t y) {
    size_t end = y + w->radius + 1 < w->height ? y + w->radius + 1 : w->height;
    size_t first = y > w->radius ? y - w->radius : 0;
    while (w->end_row < end) window_take_row(w, w->end_row++, 1);
    while (w->first_row < first) window_take_row(w, w->first_row++, (uint32_t)-1);
    uint32_t sum = 0, square = 0, rows = (uint32_t)(end - first);
    size_t left = 0, right = 0;
    for (size_t x = 0; x < w->width; x++) {
        for (; right < w->width && right <= x + w->radius; right++) {
            sum += w->sums[right];
            square += w->squares[right];
        }
        for (; left + w->radius < x; left++) {
            sum -= w->sums[left];
            square -= w->squares[left];
        }
        uint32_t count = rows * (uint32_t)(right - left);
        w->means[x] = (sum + count / 2) / count;
        w->square_means[x] = square / count;
    }
}

static void window_end(window *w) { free(w->sums); }

static uint8_t clamped(int value) { return (uint8_t)(value < 0 ? 0 : value > 255 ? 255 : value); }

bool kizuna_grey_sharpen(const uint8_t *from, uint32_t width, uint32_t height, uint32_t radius, int32_t percent,
                         uint8_t *to) {
    window w;
    if (!window_start(&w, from, width, height, radius)) return false;
    for (size_t y = 0; y < height; y++) {
        window_move_to(&w, y);
        for (size_t x = 0; x < width; x++) {
            int value = from[y * width + x], mean = (int)w.means[x];
            to[y * width + x] = clamped(value + (value - mean) * percent / 100);
        }
    }
    window_end(&w);
    return true;
}

bool kizuna_grey_level(const uint8_t *from, uint32_t width, uint32_t height, uint32_t radius, uint8_t *to) {
    /* Below this many steps of grey, differences are noise on plain paper, not ink. */
    const int least_spread = 4;
    window w;
    if (!window_start(&w, from, width, height, radius)) return false;
    for (size_t y = 0; y < height; y++) {
        window_move_to(&w, y);
        for (size_t x = 0; x < width; x++) {
            int mean = (int)w.means[x], spread = (int)sqrtf(fmaxf(0, (float)w.square_means[x] - (float)(mean * mean)));
            int difference = (from[y * width + x] - mean) * 80;
            to[y * width + x] = clamped(128 + difference / (spread > least_spread ? spread : least_spread));
        }
    }
    window_end(&w);
    return true;
}
