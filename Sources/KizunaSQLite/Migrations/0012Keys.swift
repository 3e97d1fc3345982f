extension Migration {
    /// What keys are, what they grant, and how long. Those that were there before may do all that they could.
    static let keys = Migration(
        version: 12,
        sql: """
            ALTER TABLE api_keys ADD COLUMN kind INTEGER NOT NULL DEFAULT 1 CHECK (kind BETWEEN 1 AND 3);
            ALTER TABLE api_keys ADD COLUMN grants INTEGER NOT NULL DEFAULT 4095 CHECK (grants >= 0);
            ALTER TABLE api_keys ADD COLUMN expires_at INTEGER;
            ALTER TABLE api_keys ADD COLUMN last_used_at INTEGER;
            """
    )
}
