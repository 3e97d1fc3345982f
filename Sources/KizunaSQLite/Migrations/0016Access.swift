extension Migration {
    /// Changes of who is let in. Nobody changes it alone, and nobody decides about himself: the database sees to that too.
    static let access = Migration(
        version: 16,
        sql: """
            CREATE TABLE access_changes (
                id BLOB PRIMARY KEY CHECK (length(id) = 16),
                act INTEGER NOT NULL CHECK (act BETWEEN 1 AND 10),
                person TEXT,
                participant TEXT,
                key BLOB CHECK (length(key) = 16),
                grants_before INTEGER NOT NULL CHECK (grants_before >= 0),
                grants INTEGER NOT NULL CHECK (grants >= 0),
                days INTEGER CHECK (days > 0),
                author INTEGER NOT NULL CHECK (author IN (1, 2, 3)),
                proposer TEXT,
                note TEXT NOT NULL CHECK (length(note) <= 140),
                created_at INTEGER NOT NULL,
                approver TEXT CHECK (approver <> proposer AND (person IS NULL OR approver <> person)),
                approved_at INTEGER,
                standing INTEGER NOT NULL CHECK (standing IN (1, 2, 3, 4)),
                ended_at INTEGER,
                CHECK ((person IS NULL) <> (participant IS NULL)),
                CHECK ((author = 1) = (proposer IS NOT NULL)),
                CHECK ((approver IS NULL) = (approved_at IS NULL) AND (approver IS NULL OR proposer IS NOT NULL)),
                CHECK (standing <> 1 OR approver IS NULL),
                CHECK (standing <> 2 OR approver IS NOT NULL),
                CHECK (standing <> 3 OR author <> 1 OR approver IS NOT NULL),
                CHECK (author = 1 OR standing = 3),
                CHECK ((standing IN (1, 2)) = (ended_at IS NULL))
            ) STRICT, WITHOUT ROWID;
            CREATE INDEX access_changes_that_are_open ON access_changes (id) WHERE standing IN (1, 2);
            """
    )
}
