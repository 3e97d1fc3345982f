extension Migration {
    /// What limits and alerts remember: one small row for each payer, each shop and each subject of an alert.
    static let limits = Migration(
        version: 7,
        sql: """
            -- A payer is known by a digest only. Purchases are 34 bytes each; see PayerTable.
            CREATE TABLE payers (
                payer BLOB PRIMARY KEY CHECK (length(payer) = 16),
                known_since INTEGER NOT NULL,
                new_payer_yen INTEGER NOT NULL CHECK (new_payer_yen >= 0),
                day INTEGER NOT NULL,
                day_yen INTEGER NOT NULL CHECK (day_yen >= 0),
                day_payments INTEGER NOT NULL CHECK (day_payments >= 0),
                purchases BLOB NOT NULL CHECK (length(purchases) % 34 = 0)
            ) STRICT, WITHOUT ROWID;

            CREATE TABLE shop_paces (
                merchant BLOB PRIMARY KEY REFERENCES merchants \(Migration.later),
                day INTEGER NOT NULL,
                today INTEGER NOT NULL CHECK (today >= 0),
                usual_sixteenths INTEGER NOT NULL CHECK (usual_sixteenths >= 0)
            ) STRICT, WITHOUT ROWID;

            CREATE TABLE alerts (
                kind INTEGER NOT NULL CHECK (kind > 0),
                subject TEXT NOT NULL,
                raised_at INTEGER NOT NULL,
                cleared_at INTEGER,
                times_raised INTEGER NOT NULL CHECK (times_raised > 0),
                PRIMARY KEY (kind, subject)
            ) STRICT, WITHOUT ROWID;
            CREATE INDEX alerts_that_last ON alerts (kind) WHERE cleared_at IS NULL;
            """
    )
}
