#pragma once

/* A file system for SQLite whose write-ahead logs are written a piece at a time instead of a page's head and a page at
   a time: one call for some thirty. Everything else, and every lock, is the standard file system's own.

   What a log is given lies in memory until the log is synchronised, read, measured, cut or closed. A connection may
   therefore use it only with `synchronous = FULL`, where SQLite synchronises the log before it lets anybody know of
   what was written. A write that fails is reported by the call that carries it out, at the latest by the
   synchronisation, so that the commit fails as it would have. */

/* The name to open a connection with. */
#define KIZUNA_LOG_BUFFER "kizuna-log-buffer"

/* Makes the file system known, once for the process. Returns SQLite's own code. */
int kizuna_register_log_buffer(void);

struct sqlite3;

/* A connection's log. */
typedef struct kizuna_log kizuna_log;

/* The log of a connection that was opened with this file system; NULL where it has none, or none yet. It is there until
   the connection is closed. */
kizuna_log *kizuna_log_of(struct sqlite3 *database);

/* Whether commits leave it to kizuna_log_synchronise to have the log synchronised: they give it to the system and return.
   A log that begins anew is synchronised all the same, for without its new head on disk, what it had before would be read
   after a loss of power; and so must be whatever is not a commit: switch it off again at once.

   For the thread that has the connection. */
void kizuna_log_defer(kizuna_log *log, int defers);

/* How many commits have left it to others so far. Each is counted before any other connection can see it. From any
   thread. */
unsigned long long kizuna_log_deferred(const kizuna_log *log);

/* Has the log synchronised, with all commits that have been counted before. Returns SQLite's own code. From any thread. */
int kizuna_log_synchronise(kizuna_log *log);
