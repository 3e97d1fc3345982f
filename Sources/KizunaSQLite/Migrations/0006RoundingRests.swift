extension Migration {
    /// What rounding leaves with providers, as far as it is below a lot: in 10^-13 of a major unit.
    static let roundingRests = Migration(
        version: 6,
        sql: """
            CREATE TABLE rounding_rests (
                provider INTEGER NOT NULL REFERENCES participants \(later),
                currency INTEGER NOT NULL,
                parts INTEGER NOT NULL,
                PRIMARY KEY (provider, currency)
            ) STRICT, WITHOUT ROWID;
            """
    )
}
