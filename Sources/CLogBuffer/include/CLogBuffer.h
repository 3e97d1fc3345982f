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
