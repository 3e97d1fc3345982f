extension Migration {
    /// What the Bakong facade asks: payments by their hash, codes by what is remembered of them; and what it keeps.
    ///
    /// Payments that were completed before have no hash here: they are found by code and references.
    static let bakong = Migration(
        version: 10,
        sql: """
            -- The first eight bytes of the hash of each payment at a KHQR, written when the shop is paid.
            CREATE TABLE payment_hashes (
                prefix INTEGER NOT NULL,
                payment BLOB NOT NULL REFERENCES payments \(later),
                PRIMARY KEY (prefix, payment)
            ) STRICT, WITHOUT ROWID;

            CREATE TABLE code_notes (
                code BLOB PRIMARY KEY CHECK (length(code) = 16),
                note INTEGER NOT NULL CHECK (note IN (1, 2))
            ) STRICT, WITHOUT ROWID;

            CREATE TABLE bakong_projects (
                email TEXT PRIMARY KEY CHECK (length(email) BETWEEN 3 AND 100),
                id INTEGER NOT NULL UNIQUE,
                organisation TEXT NOT NULL,
                name TEXT NOT NULL,
                created_at INTEGER NOT NULL,
                standing INTEGER NOT NULL CHECK (standing IN (1, 2, 3)),
                code_digest BLOB UNIQUE CHECK (length(code_digest) = 32),
                CHECK ((code_digest IS NOT NULL) = (standing = 1))
            ) STRICT, WITHOUT ROWID;
            CREATE INDEX bakong_projects_by_standing ON bakong_projects (standing, created_at);

            CREATE TABLE bakong_keys (
                number INTEGER PRIMARY KEY CHECK (number > 0),
                secret BLOB NOT NULL CHECK (length(secret) = 32),
                created_at INTEGER NOT NULL
            ) STRICT;

            CREATE TABLE deep_links (
                id BLOB PRIMARY KEY CHECK (length(id) = 16),
                payload TEXT NOT NULL,
                app_name TEXT,
                icon_url TEXT,
                callback TEXT,
                expires_at INTEGER NOT NULL,
                CHECK ((app_name IS NULL) = (icon_url IS NULL) AND (app_name IS NULL) = (callback IS NULL))
            ) STRICT, WITHOUT ROWID;
            CREATE INDEX deep_links_that_lapse ON deep_links (expires_at);
            """
    )
}
