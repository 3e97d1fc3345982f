extension Migration {
    /// Payments that people look at. Whoever proposes is not who approves: the database sees to that too.
    static let exceptions = Migration(
        version: 9,
        sql: """
            CREATE TABLE exception_cases (
                payment BLOB PRIMARY KEY REFERENCES payments \(later),
                cause INTEGER NOT NULL CHECK (cause > 0),
                opened_at INTEGER NOT NULL,
                last_word INTEGER,
                refusal TEXT,
                proposal BLOB CHECK (length(proposal) = 16),
                decision INTEGER CHECK (decision IN (1, 2)),
                proposer TEXT,
                proposed_at INTEGER,
                note TEXT,
                approver TEXT CHECK (approver <> proposer),
                closed_at INTEGER,
                CHECK ((proposal IS NULL) = (decision IS NULL) AND (proposal IS NULL) = (proposer IS NULL)
                    AND (proposal IS NULL) = (proposed_at IS NULL) AND (proposal IS NULL) = (note IS NULL)),
                CHECK ((approver IS NULL) = (closed_at IS NULL) AND (approver IS NULL OR proposal IS NOT NULL))
            ) STRICT, WITHOUT ROWID;
            CREATE INDEX exception_cases_that_are_open ON exception_cases (payment) WHERE closed_at IS NULL;
            """
    )
}
