import KizunaPayments

extension Migration {
    /// Recalls and disputes of payments, with their history and evidence.
    ///
    /// What is open about a payment is read from the claims themselves: a recall is open in the states 1 and 2, a dispute
    /// in all but 3 and 6. Files are apart from what is said of them, so that reading a case does not pass over them.
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

            CREATE TABLE disputes (
                id BLOB PRIMARY KEY CHECK (length(id) = 16),
                payment BLOB NOT NULL REFERENCES payments \(later),
                issuer INTEGER NOT NULL REFERENCES participants \(later),
                acquirer INTEGER NOT NULL REFERENCES participants \(later),
                opened_by INTEGER NOT NULL CHECK (opened_by IN (1, 2)),
                reason TEXT NOT NULL,
                currency INTEGER NOT NULL,
                amount INTEGER NOT NULL CHECK (amount > 0),
                opened_at INTEGER NOT NULL,
                answer_due_at INTEGER NOT NULL,
                state INTEGER NOT NULL CHECK (state BETWEEN 1 AND 6),
                changed_at INTEGER NOT NULL,
                due_at INTEGER,
                refund BLOB REFERENCES refunds \(later),
                event_count INTEGER NOT NULL CHECK (event_count > 0),
                evidence_count INTEGER NOT NULL CHECK (evidence_count BETWEEN 0 AND \(Dispute.mostEvidence)),
                evidence_requests INTEGER NOT NULL CHECK (evidence_requests >= 0)
            ) STRICT, WITHOUT ROWID;
            CREATE UNIQUE INDEX disputes_one_open_of_a_payment ON disputes (payment) WHERE state NOT IN (3, 6);
            CREATE INDEX disputes_of_payments ON disputes (payment, id);
            CREATE INDEX disputes_of_issuers ON disputes (issuer, id);
            CREATE INDEX disputes_of_acquirers ON disputes (acquirer, id);

            CREATE TABLE dispute_events (
                dispute BLOB NOT NULL REFERENCES disputes \(later),
                number INTEGER NOT NULL CHECK (number > 0),
                action INTEGER NOT NULL CHECK (action > 0),
                actor_kind INTEGER NOT NULL CHECK (actor_kind BETWEEN 1 AND 3),
                actor TEXT,
                state INTEGER NOT NULL CHECK (state BETWEEN 1 AND 6),
                at INTEGER NOT NULL,
                note TEXT,
                evidence BLOB REFERENCES evidence \(later),
                PRIMARY KEY (dispute, number)
            ) STRICT, WITHOUT ROWID;
            CREATE TRIGGER dispute_events_are_not_changed BEFORE UPDATE ON dispute_events
            BEGIN SELECT RAISE(ABORT, 'a history is only added to'); END;
            CREATE TRIGGER dispute_events_are_not_removed BEFORE DELETE ON dispute_events
            BEGIN SELECT RAISE(ABORT, 'a history is only added to'); END;

            CREATE TABLE evidence (
                id BLOB PRIMARY KEY CHECK (length(id) = 16),
                dispute BLOB NOT NULL REFERENCES disputes \(later),
                side INTEGER NOT NULL CHECK (side IN (1, 2)),
                media_type INTEGER NOT NULL CHECK (media_type BETWEEN 1 AND 4),
                byte_count INTEGER NOT NULL CHECK (byte_count BETWEEN 1 AND \(Evidence.largestBytes)),
                digest BLOB NOT NULL CHECK (length(digest) = 32),
                added_at INTEGER NOT NULL
            ) STRICT, WITHOUT ROWID;
            CREATE INDEX evidence_of_disputes ON evidence (dispute, id);
            CREATE TRIGGER evidence_is_not_changed BEFORE UPDATE ON evidence
            BEGIN SELECT RAISE(ABORT, 'evidence never changes'); END;

            CREATE TABLE evidence_files (
                number INTEGER PRIMARY KEY,
                evidence BLOB NOT NULL UNIQUE REFERENCES evidence \(later),
                bytes BLOB NOT NULL
            ) STRICT;
            CREATE TRIGGER evidence_files_are_as_long_as_they_say BEFORE INSERT ON evidence_files
            WHEN length(NEW.bytes) IS NOT (SELECT byte_count FROM evidence WHERE id = NEW.evidence)
            BEGIN SELECT RAISE(ABORT, 'a file is as long as it says'); END;
            CREATE TRIGGER evidence_files_are_not_changed BEFORE UPDATE ON evidence_files
            BEGIN SELECT RAISE(ABORT, 'evidence never changes'); END;
            """
    )
}
