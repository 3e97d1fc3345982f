extension Migration {
    /// The second exchange of the quotes that go over another currency. Most do not, and have no row here.
    static let bridges = Migration(
        version: 2,
        sql: """
            CREATE TABLE bridges (
                quote INTEGER PRIMARY KEY REFERENCES quotes ON DELETE CASCADE \(later),
                provider INTEGER NOT NULL REFERENCES participants \(later),
                currency INTEGER NOT NULL,
                amount INTEGER NOT NULL CHECK (amount > 0),
                payer_side_digits INTEGER NOT NULL CHECK (payer_side_digits > 0),
                payer_side_decimals INTEGER NOT NULL CHECK (payer_side_decimals BETWEEN 0 AND 10),
                payer_side_mid_digits INTEGER NOT NULL CHECK (payer_side_mid_digits > 0),
                payer_side_mid_decimals INTEGER NOT NULL CHECK (payer_side_mid_decimals BETWEEN 0 AND 10),
                merchant_side_digits INTEGER NOT NULL CHECK (merchant_side_digits > 0),
                merchant_side_decimals INTEGER NOT NULL CHECK (merchant_side_decimals BETWEEN 0 AND 10),
                merchant_side_mid_digits INTEGER NOT NULL CHECK (merchant_side_mid_digits > 0),
                merchant_side_mid_decimals INTEGER NOT NULL CHECK (merchant_side_mid_decimals BETWEEN 0 AND 10)
            ) STRICT;
            """
    )
}
