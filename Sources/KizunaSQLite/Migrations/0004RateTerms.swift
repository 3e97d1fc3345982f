extension Migration {
    /// What a rate adds by size and by issuer; it goes with the rate.
    static let rateTerms = Migration(
        version: 4,
        sql: """
            CREATE TABLE rate_tiers (
                payer_currency INTEGER NOT NULL,
                merchant_currency INTEGER NOT NULL,
                provider INTEGER NOT NULL,
                from_amount INTEGER NOT NULL CHECK (from_amount > 0),
                spread_basis_points INTEGER NOT NULL,
                PRIMARY KEY (payer_currency, merchant_currency, provider, from_amount),
                FOREIGN KEY (payer_currency, merchant_currency, provider) REFERENCES rates ON DELETE CASCADE \(later)
            ) STRICT, WITHOUT ROWID;

            CREATE TABLE rate_improvements (
                payer_currency INTEGER NOT NULL,
                merchant_currency INTEGER NOT NULL,
                provider INTEGER NOT NULL,
                issuer INTEGER NOT NULL REFERENCES participants \(later),
                basis_points INTEGER NOT NULL CHECK (basis_points > 0),
                PRIMARY KEY (payer_currency, merchant_currency, provider, issuer),
                FOREIGN KEY (payer_currency, merchant_currency, provider) REFERENCES rates ON DELETE CASCADE \(later)
            ) STRICT, WITHOUT ROWID;
            """
    )
}
