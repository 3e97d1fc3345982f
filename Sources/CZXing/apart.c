#include "CZXing.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* Between the processes: this head, then for each code its record and its text. */
typedef struct report_head {
    int32_t status;
    uint32_t count;
    uint64_t unread;
} report_head;

typedef struct report_code {
    int32_t corners[8];
    int32_t parts;
    uint32_t text_bytes;
} report_code;

/* 255 codes of 7,089 digits each are 1.8 MB. */
enum { MOST_REPORT_BYTES = 4 << 20 };

/* A busy machine may need so many times longer than the processor time that was allowed. */
enum { WALL_FACTOR = 10 };

static void write_all(int to, const void *bytes, size_t count) {
    const char *from = bytes;
    while (count > 0) {
        ssize_t written = write(to, from, count);
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) _exit(1);
        from += written;
        count -= (size_t)written;
    }
}

static void limit(int resource, rlim_t soft, rlim_t hard) {
    struct rlimit limits = {soft, hard};
    setrlimit(resource, &limits);
}

/* What the new process does: read, report, end. Nothing of Swift runs here. */
static void report(int to, const uint8_t *grey, int32_t width, int32_t height, kizuna_reading_options options,
                   uint32_t seconds) {
    limit(RLIMIT_CORE, 0, 0);
    limit(RLIMIT_CPU, seconds, seconds + 1);
    signal(SIGXCPU, SIG_DFL);
    signal(SIGPIPE, SIG_DFL);
    kizuna_read_codes codes;
    report_head head = {kizuna_codes_read(grey, width, height, options, &codes), (uint32_t)codes.count, codes.unread};
    write_all(to, &head, sizeof head);
    for (size_t index = 0; index < codes.count; index++) {
        const kizuna_read_code *code = &codes.codes[index];
        report_code record = {.parts = code->parts, .text_bytes = (uint32_t)code->text_bytes};
        memcpy(record.corners, code->corners, sizeof record.corners);
        write_all(to, &record, sizeof record);
        write_all(to, code->text, code->text_bytes);
    }
    _exit(0);
}

static int64_t milliseconds_now(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Everything that comes until the other end closes; NULL when time or room runs out. */
static uint8_t *receive(int from, int64_t deadline, size_t *count) {
    size_t room = 1 << 16;
    uint8_t *bytes = malloc(room);
    *count = 0;
    while (bytes != NULL) {
        int64_t left = deadline - milliseconds_now();
        struct pollfd ready = {.fd = from, .events = POLLIN};
        int polled = left > 0 ? poll(&ready, 1, (int)left) : 0;
        if (polled < 0 && errno == EINTR) continue;
        if (polled <= 0) break;
        ssize_t got = read(from, bytes + *count, room - *count);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) break;
        if (got == 0) return bytes;
        *count += (size_t)got;
        if (*count < room) continue;
        if (room >= MOST_REPORT_BYTES) break;
        uint8_t *larger = realloc(bytes, 2 * room);
        if (larger == NULL) break;
        bytes = larger;
        room *= 2;
    }
    free(bytes);
    return NULL;
}

/* Takes the report apart; a report that is not whole says nothing. */
static kizuna_reading_status parse(const uint8_t *bytes, size_t count, kizuna_read_codes *codes) {
    report_head head;
    if (count < sizeof head) return KIZUNA_READING_FAILED;
    memcpy(&head, bytes, sizeof head);
    size_t at = sizeof head;
    codes->unread = head.unread;
    codes->codes = calloc((size_t)head.count + 1, sizeof(kizuna_read_code));
    if (codes->codes == NULL) return KIZUNA_READING_OUT_OF_MEMORY;
    for (uint32_t index = 0; index < head.count; index++) {
        report_code record;
        if (count - at < sizeof record) return KIZUNA_READING_FAILED;
        memcpy(&record, bytes + at, sizeof record);
        at += sizeof record;
        if (count - at < record.text_bytes) return KIZUNA_READING_FAILED;
        kizuna_read_code *code = &codes->codes[index];
        code->text = malloc((size_t)record.text_bytes + 1);
        if (code->text == NULL) return KIZUNA_READING_OUT_OF_MEMORY;
        memcpy(code->text, bytes + at, record.text_bytes);
        memcpy(code->corners, record.corners, sizeof record.corners);
        code->text_bytes = record.text_bytes;
        code->parts = record.parts;
        codes->count++;
        at += record.text_bytes;
    }
    return (kizuna_reading_status)head.status;
}

static double seconds_of(struct timeval time) { return (double)time.tv_sec + (double)time.tv_usec / 1e6; }

/* Ends the process, if it has not ended; says how it did, and what processor time it took. */
static int end(pid_t process, bool must_end, double *seconds) {
    if (must_end) kill(process, SIGKILL);
    int status = 0;
    struct rusage used = {0};
    while (wait4(process, &status, 0, &used) < 0 && errno == EINTR) {}
    *seconds = seconds_of(used.ru_utime) + seconds_of(used.ru_stime);
    return status;
}

kizuna_reading_status kizuna_codes_read_apart(const uint8_t *grey, int32_t width, int32_t height,
                                              kizuna_reading_options options, uint32_t seconds,
                                              kizuna_read_codes *codes) {
    *codes = (kizuna_read_codes){NULL, 0, 0, 0};
    int ends[2];
    if (pipe(ends) != 0) return KIZUNA_READING_FAILED;
    pid_t process = fork();
    if (process == 0) {
        close(ends[0]);
        report(ends[1], grey, width, height, options, seconds);
    }
    close(ends[1]);
    if (process < 0) {
        close(ends[0]);
        return KIZUNA_READING_OUT_OF_MEMORY;
    }
    size_t count = 0;
    uint8_t *bytes = receive(ends[0], milliseconds_now() + (int64_t)seconds * 1000 * WALL_FACTOR, &count);
    close(ends[0]);
    double used;
    int ended = end(process, bytes == NULL, &used);
    bool was_stopped = bytes == NULL || (WIFSIGNALED(ended) && (WTERMSIG(ended) == SIGXCPU || WTERMSIG(ended) == SIGKILL));
    kizuna_reading_status status = was_stopped ? KIZUNA_READING_TOO_SLOW : parse(bytes, count, codes);
    free(bytes);
    if (status != KIZUNA_READING_DONE) kizuna_codes_free(codes);
    codes->seconds = used;
    return status;
}
