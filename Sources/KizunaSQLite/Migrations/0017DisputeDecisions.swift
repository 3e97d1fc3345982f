extension Migration {
    /// How people decide disputes. Whoever proposes is not who approves: the database sees to that too.
    static let disputeDecisions = Migration(
        version: 17,
        sql: """
            ALTER TABLE disputes ADD COLUMN proposal BLOB CHECK (length(proposal) = 16);
            ALTER TABLE disputes ADD COLUMN decision INTEGER
                CHECK ((decision IS NULL) = (proposal IS NULL) AND decision IN (1, 2));
            ALTER TABLE disputes ADD COLUMN proposer TEXT CHECK ((proposer IS NULL) = (proposal IS NULL));
            ALTER TABLE disputes ADD COLUMN proposed_at INTEGER CHECK ((proposed_at IS NULL) = (proposal IS NULL));
            ALTER TABLE disputes ADD COLUMN note TEXT CHECK ((note IS NULL) = (proposal IS NULL));
            ALTER TABLE disputes ADD COLUMN approver TEXT
                CHECK (approver <> proposer)
                CHECK (approver IS NULL OR (proposal IS NOT NULL AND state = CASE decision WHEN 1 THEN 3 ELSE 6 END))
                CHECK (approver IS NOT NULL OR proposal IS NULL OR state = 5);
            """
    )
}
