#pragma once

#include <stddef.h>

/* The pages of docs/ that a running switch shows, as they were when it was built. */

enum kizuna_guide_kind {
    /* A page for those who join. */
    KIZUNA_GUIDE_JOINING,
    /* A page for those who run a switch. */
    KIZUNA_GUIDE_RUNNING,
    /* A picture or a program that a page leads to. */
    KIZUNA_GUIDE_FILE,
};

struct kizuna_guide {
    /* Where it is below docs/. */
    const char *path;
    enum kizuna_guide_kind kind;
    const unsigned char *bytes;
    size_t count;
};

/* The one with this number, in the order of the list; null past the last. */
const struct kizuna_guide *kizuna_guide(size_t number);
