extension Migration {
    /// Recalls of payments.
    ///
    /// What is open about a payment is read from the claims themselves: states 1 and 2 are the open ones.
    static let claims = Migration(
        version: 3,
        sql: """
            CREATE TABLE recalls (
                id BLOB PRIMARY KEY CHECK (length(id) = 16),
                payment BLOB NOT NULL REFERENCES payments \(later),
                issuer INTEGER NOT NULL REFERENCES participants \(later),
                acquirer INTEGER NOT NULL REFERENCES participants \(later),
                reason TEXT NOT NULL,
                currency INTEGER NOT NULL,
                amount INTEGER NOT NULL CHECK (amount > 0),
                requested_at INTEGER NOT NULL,
                answer_due_at INTEGER NOT NULL,
                state INTEGER NOT NULL CHECK (state BETWEEN 1 AND 5),
                changed_at INTEGER NOT NULL,
                refusal TEXT,
                refund BLOB REFERENCES refunds \(later),
                freeze_due_at INTEGER,
                freeze_state INTEGER CHECK (freeze_state BETWEEN 1 AND 4),
                frozen_amount INTEGER CHECK (frozen_amount BETWEEN 1 AND amount),
                freeze_reported_at INTEGER,
                CHECK ((freeze_due_at IS NULL) = (freeze_state IS NULL)),
                CHECK ((frozen_amount IS NOT NULL) = (freeze_state IS 2))
            ) STRICT, WITHOUT ROWID;
            CREATE UNIQUE INDEX recalls_one_open_of_a_payment ON recalls (payment) WHERE state <= 2;
            CREATE INDEX recalls_of_payments ON recalls (payment, id);
            CREATE INDEX recalls_of_issuers ON recalls (issuer, id);
            CREATE INDEX recalls_of_acquirers ON recalls (acquirer, id);
            """
    )
}
