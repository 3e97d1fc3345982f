extension Migration {
    /// Who works for the switch and signs in to its pages.
    static let people = Migration(
        version: 14,
        sql: """
            CREATE TABLE people (
                id TEXT PRIMARY KEY CHECK (length(id) BETWEEN 2 AND 20),
                name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 70),
                roles INTEGER NOT NULL CHECK (roles > 0),
                standing INTEGER NOT NULL CHECK (standing IN (1, 2)),
                password_hash TEXT NOT NULL,
                authenticator_key BLOB NOT NULL CHECK (length(authenticator_key) = 20),
                last_step INTEGER NOT NULL CHECK (last_step >= 0),
                created_at INTEGER NOT NULL,
                changed_at INTEGER NOT NULL
            ) STRICT, WITHOUT ROWID;
            """
    )
}
