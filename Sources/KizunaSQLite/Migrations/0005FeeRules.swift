extension Migration {
    /// The tariffs with all that they ever were.
    static let feeRules = Migration(
        version: 5,
        sql: """
            CREATE TABLE fee_rules (
                payer_country TEXT NOT NULL CHECK (length(payer_country) = 2),
                merchant_country TEXT NOT NULL CHECK (length(merchant_country) = 2),
                number INTEGER NOT NULL CHECK (number > 0),
                kind INTEGER NOT NULL CHECK (kind BETWEEN 1 AND 4),
                participant INTEGER REFERENCES participants \(later),
                currency INTEGER,
                first_category INTEGER CHECK (first_category BETWEEN 0 AND 9999),
                last_category INTEGER CHECK (last_category BETWEEN first_category AND 9999),
                size_currency INTEGER,
                size INTEGER CHECK (size > 0),
                basis_points INTEGER CHECK (basis_points >= 0),
                flat INTEGER CHECK (flat > 0),
                effective_from INTEGER NOT NULL,
                recorded_at INTEGER NOT NULL,
                PRIMARY KEY (payer_country, merchant_country, number)
            ) STRICT, WITHOUT ROWID;
            CREATE TRIGGER fee_rules_are_not_changed BEFORE UPDATE ON fee_rules
            BEGIN SELECT RAISE(ABORT, 'a line of a tariff is never changed'); END;
            CREATE TRIGGER fee_rules_are_not_removed BEFORE DELETE ON fee_rules
            BEGIN SELECT RAISE(ABORT, 'a line of a tariff is never removed'); END;
            """
    )
}
