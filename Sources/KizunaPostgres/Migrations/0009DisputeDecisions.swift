extension Migration {
    /// How people decide disputes. Whoever proposes is not who approves: the database sees to that too.
    static let disputeDecisions = Migration(
        version: 9,
        oldestProgram: 1,
        sql: """
            ALTER TABLE kizuna.disputes
                ADD COLUMN proposal uuid,
                ADD COLUMN decision int2 CHECK (decision IN (1, 2)),
                ADD COLUMN proposer text,
                ADD COLUMN proposed_at int8,
                ADD COLUMN note text,
                ADD COLUMN approver text CHECK (approver <> proposer),
                ADD CHECK ((proposal IS NULL) = (decision IS NULL) AND (proposal IS NULL) = (proposer IS NULL)
                    AND (proposal IS NULL) = (proposed_at IS NULL) AND (proposal IS NULL) = (note IS NULL)),
                ADD CHECK (approver IS NULL
                    OR (proposal IS NOT NULL AND state = CASE decision WHEN 1 THEN 3 ELSE 6 END)),
                ADD CHECK (approver IS NOT NULL OR proposal IS NULL OR state = 5);
            """
    )
}
