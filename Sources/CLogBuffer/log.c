#include "CLogBuffer.h"

#include <sqlite3.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

/* As much as goes to the system in one call. SQLite's own file system writes less than 128 KiB at once, and what was
   copied is still in the processor's cache when it is copied on. */
enum { ROOM = 64 * 1024 };

/* A log; the standard file system's own file lies behind it. */
typedef struct kizuna_log {
    sqlite3_file base;
    unsigned char *room;
    int count;
    /* Where in the file the room's first byte belongs. */
    sqlite3_int64 start;
    int defers;
    /* Whether the log's head has been written and not synchronised. */
    int has_new_head;
    atomic_ullong deferred;
} log_file;

static sqlite3_vfs *standard;

static sqlite3_file *inner(sqlite3_file *file) { return (sqlite3_file *)((log_file *)file + 1); }

/* Writes what waits. Where that fails, what waited is given up: SQLite takes its transaction back. */
static int empty_room(sqlite3_file *file) {
    log_file *log = (log_file *)file;
    int count = log->count;
    if (count == 0) return SQLITE_OK;
    log->count = 0;
    return inner(file)->pMethods->xWrite(inner(file), log->room, count, log->start);
}

static int log_write(sqlite3_file *file, const void *bytes, int count, sqlite3_int64 place) {
    log_file *log = (log_file *)file;
    if (place == 0) log->has_new_head = 1;
    if (place != log->start + log->count || log->count + count > ROOM) {
        int code = empty_room(file);
        if (code != SQLITE_OK) return code;
        log->start = place;
    }
    if (count > ROOM) return inner(file)->pMethods->xWrite(inner(file), bytes, count, place);
    memcpy(log->room + log->count, bytes, (size_t)count);
    log->count += count;
    return SQLITE_OK;
}

static int log_read(sqlite3_file *file, void *bytes, int count, sqlite3_int64 place) {
    int code = empty_room(file);
    return code != SQLITE_OK ? code : inner(file)->pMethods->xRead(inner(file), bytes, count, place);
}

static int log_truncate(sqlite3_file *file, sqlite3_int64 size) {
    int code = empty_room(file);
    return code != SQLITE_OK ? code : inner(file)->pMethods->xTruncate(inner(file), size);
}

static int log_sync(sqlite3_file *file, int flags) {
    log_file *log = (log_file *)file;
    int code = empty_room(file);
    if (code != SQLITE_OK) return code;
    if (log->defers && !log->has_new_head) {
        atomic_fetch_add(&log->deferred, 1);
        return SQLITE_OK;
    }
    code = inner(file)->pMethods->xSync(inner(file), flags);
    if (code == SQLITE_OK) log->has_new_head = 0;
    return code;
}

static int log_size(sqlite3_file *file, sqlite3_int64 *size) {
    int code = empty_room(file);
    return code != SQLITE_OK ? code : inner(file)->pMethods->xFileSize(inner(file), size);
}

static int log_close(sqlite3_file *file) {
    int emptied = empty_room(file);
    int closed = inner(file)->pMethods->xClose(inner(file));
    free(((log_file *)file)->room);
    return emptied != SQLITE_OK ? emptied : closed;
}

static int log_lock(sqlite3_file *file, int level) { return inner(file)->pMethods->xLock(inner(file), level); }
static int log_unlock(sqlite3_file *file, int level) { return inner(file)->pMethods->xUnlock(inner(file), level); }

static int log_is_reserved(sqlite3_file *file, int *is_reserved) {
    return inner(file)->pMethods->xCheckReservedLock(inner(file), is_reserved);
}

static int log_control(sqlite3_file *file, int operation, void *argument) {
    return inner(file)->pMethods->xFileControl(inner(file), operation, argument);
}

static int log_sector_size(sqlite3_file *file) { return inner(file)->pMethods->xSectorSize(inner(file)); }

static int log_characteristics(sqlite3_file *file) {
    return inner(file)->pMethods->xDeviceCharacteristics(inner(file));
}

static const sqlite3_io_methods log_methods = {
    .iVersion = 1,
    .xClose = log_close,
    .xRead = log_read,
    .xWrite = log_write,
    .xTruncate = log_truncate,
    .xSync = log_sync,
    .xFileSize = log_size,
    .xLock = log_lock,
    .xUnlock = log_unlock,
    .xCheckReservedLock = log_is_reserved,
    .xFileControl = log_control,
    .xSectorSize = log_sector_size,
    .xDeviceCharacteristics = log_characteristics,
};

/* Any other file is the standard file system's and stands where it would have stood. */
static int open_file(sqlite3_vfs *system, const char *name, sqlite3_file *file, int flags, int *given_flags) {
    (void)system;
    if (!(flags & SQLITE_OPEN_WAL)) return standard->xOpen(standard, name, file, flags, given_flags);
    log_file *log = (log_file *)file;
    memset(log, 0, sizeof *log);
    log->room = malloc(ROOM);
    if (log->room == NULL) return SQLITE_NOMEM;
    int code = standard->xOpen(standard, name, inner(file), flags, given_flags);
    if (code == SQLITE_OK) {
        log->base.pMethods = &log_methods;
        return SQLITE_OK;
    }
    if (inner(file)->pMethods != NULL) inner(file)->pMethods->xClose(inner(file));
    free(log->room);
    return code;
}

int kizuna_register_log_buffer(void) {
    static sqlite3_vfs buffered;
    standard = sqlite3_vfs_find(NULL);
    if (standard == NULL) return SQLITE_ERROR;
    buffered = *standard;
    buffered.zName = KIZUNA_LOG_BUFFER;
    buffered.szOsFile += (int)sizeof(log_file);
    buffered.xOpen = open_file;
    buffered.pNext = NULL;
    return sqlite3_vfs_register(&buffered, 0);
}

kizuna_log *kizuna_log_of(sqlite3 *database) {
    sqlite3_file *file = NULL;
    if (sqlite3_file_control(database, "main", SQLITE_FCNTL_JOURNAL_POINTER, &file) != SQLITE_OK) return NULL;
    return file != NULL && file->pMethods == &log_methods ? (log_file *)file : NULL;
}

void kizuna_log_defer(kizuna_log *log, int defers) { log->defers = defers; }

unsigned long long kizuna_log_deferred(const kizuna_log *log) { return atomic_load(&log->deferred); }

int kizuna_log_synchronise(kizuna_log *log) {
    sqlite3_file *file = inner(&log->base);
    return file->pMethods->xSync(file, SQLITE_SYNC_NORMAL);
}
