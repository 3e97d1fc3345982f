extension Migration {
    /// The outbox with checks that cost nothing: for a list of three values SQLite builds a table of its own at every
    /// statement, for a range it does not.
    static let messages = Migration(
        version: 11,
        sql: """
            CREATE TABLE messages_anew (
                id BLOB PRIMARY KEY CHECK (length(id) = 16),
                kind INTEGER NOT NULL CHECK (kind > 0),
                destination INTEGER NOT NULL REFERENCES participants \(later),
                webhook BLOB CHECK (length(webhook) = 16),
                event INTEGER CHECK ((event IS NULL) = (webhook IS NULL)),
                payment BLOB NOT NULL REFERENCES payments \(later),
                refund BLOB REFERENCES refunds \(later),
                claim BLOB CHECK (length(claim) = 16),
                state INTEGER NOT NULL CHECK (state BETWEEN 1 AND 15),
                created_at INTEGER NOT NULL,
                standing INTEGER NOT NULL CHECK (standing BETWEEN 1 AND 3),
                attempts INTEGER NOT NULL CHECK (attempts >= 0),
                due_at INTEGER CHECK ((due_at IS NULL) = (standing = 3))
            ) STRICT, WITHOUT ROWID;
            INSERT INTO messages_anew SELECT * FROM messages;
            DROP TABLE messages;
            ALTER TABLE messages_anew RENAME TO messages;
            CREATE INDEX messages_that_wait ON messages (due_at) WHERE standing = 1;
            -- Those that do not go through at once are few; the others are in here never.
            CREATE INDEX messages_that_linger ON messages (destination, id) WHERE standing > 1 OR attempts > 0;
            """
    )
}
