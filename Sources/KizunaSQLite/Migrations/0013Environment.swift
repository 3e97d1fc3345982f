extension Migration {
    /// Whether the database is live or a sandbox's: said once, and never changed.
    static let environment = Migration(
        version: 13,
        sql: """
            CREATE TABLE environment (
                number INTEGER PRIMARY KEY CHECK (number = 1),
                name TEXT NOT NULL CHECK (name IN ('live', 'sandbox'))
            ) STRICT;
            CREATE TRIGGER environment_is_not_changed BEFORE UPDATE ON environment
            BEGIN SELECT RAISE(ABORT, 'a database stays what it is'); END;
            CREATE TRIGGER environment_is_not_forgotten BEFORE DELETE ON environment
            BEGIN SELECT RAISE(ABORT, 'a database stays what it is'); END;
            """
    )
}
