#include <libpq-fe.h>

/// The five characters that say what kind of error it is; the field's code is a character constant.
static inline const char *kizuna_sqlstate(const PGresult *result) {
    return PQresultErrorField(result, PG_DIAG_SQLSTATE);
}

/// The server's own sentence, without the line of details, which repeats values.
static inline const char *kizuna_primary_message(const PGresult *result) {
    return PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
}
