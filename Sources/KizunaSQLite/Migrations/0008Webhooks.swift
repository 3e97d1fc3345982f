extension Migration {
    /// Where participants and their shops are told of events.
    static let webhooks = Migration(
        version: 8,
        sql: """
            CREATE TABLE webhooks (
                id BLOB PRIMARY KEY CHECK (length(id) = 16),
                participant INTEGER NOT NULL REFERENCES participants \(later),
                url TEXT NOT NULL,
                events INTEGER NOT NULL CHECK (events > 0),
                merchant BLOB REFERENCES merchants \(later),
                created_at INTEGER NOT NULL,
                secret_number INTEGER NOT NULL CHECK (secret_number > 0),
                previous_secret_until INTEGER,
                last_at INTEGER,
                last_status INTEGER
            ) STRICT, WITHOUT ROWID;
            CREATE INDEX webhooks_of_participants ON webhooks (participant, id);
            """
    )
}
