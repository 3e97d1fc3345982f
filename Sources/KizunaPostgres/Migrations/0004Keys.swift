extension Migration {
    /// What keys are, what they grant, and how long. Those that were there before may do all that they could.
    static let keys = Migration(
        version: 4,
        oldestProgram: 1,
        sql: """
            ALTER TABLE kizuna.api_keys
                ADD COLUMN kind int2 NOT NULL DEFAULT 1 CHECK (kind BETWEEN 1 AND 3),
                ADD COLUMN grants int4 NOT NULL DEFAULT 4095 CHECK (grants >= 0),
                ADD COLUMN expires_at int8,
                ADD COLUMN last_used_at int8;
            """
    )
}
