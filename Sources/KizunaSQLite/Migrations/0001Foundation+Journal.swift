extension Migration {
    /// First answers, to be given again. Which columns an answer fills depends on its kind.
    static let memory = """
        CREATE TABLE idempotency (
            institution INTEGER NOT NULL REFERENCES institutions \(later),
            operation INTEGER NOT NULL,
            key TEXT NOT NULL,
            fingerprint BLOB NOT NULL CHECK (length(fingerprint) = 16),
            created_at INTEGER NOT NULL,
            answer_kind INTEGER NOT NULL CHECK (answer_kind > 0),
            answer ANY NOT NULL,
            detail TEXT,
            PRIMARY KEY (institution, operation, key)
        ) STRICT, WITHOUT ROWID;
        """

    /// What is still to be done: rows come with the commit that decides and go with the one that knows it done.
    static let work = """
        CREATE TABLE messages (
            id BLOB PRIMARY KEY CHECK (length(id) = 16),
            kind INTEGER NOT NULL CHECK (kind > 0),
            destination INTEGER NOT NULL REFERENCES participants \(later),
            webhook BLOB CHECK (length(webhook) = 16),
            event INTEGER CHECK ((event IS NULL) = (webhook IS NULL)),
            payment BLOB NOT NULL REFERENCES payments \(later),
            refund BLOB REFERENCES refunds \(later),
            claim BLOB CHECK (length(claim) = 16),
            state INTEGER NOT NULL CHECK (state BETWEEN 1 AND 15),
            created_at INTEGER NOT NULL,
            standing INTEGER NOT NULL CHECK (standing IN (1, 2, 3)),
            attempts INTEGER NOT NULL CHECK (attempts >= 0),
            due_at INTEGER CHECK ((due_at IS NULL) = (standing = 3))
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX messages_that_wait ON messages (due_at) WHERE standing = 1;
        -- Those that do not go through at once are few; the others are in here never.
        CREATE INDEX messages_that_linger ON messages (destination, id) WHERE standing > 1 OR attempts > 0;

        CREATE TABLE timers (
            payment BLOB NOT NULL REFERENCES payments \(later),
            kind INTEGER NOT NULL CHECK (kind > 0),
            due_at INTEGER NOT NULL,
            PRIMARY KEY (payment, kind)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX timers_that_wait ON timers (due_at);
        """

    /// Kinds: 1 direct, 2 hold, 3 post, 4 void. A leg of a transaction is opened once (1 or 2); a hold is ended once (3
    /// or 4), as it was opened: its end names the opening line and has no accounts or amount of its own.
    static let journal = """
        CREATE TABLE journal (
            position INTEGER PRIMARY KEY,
            transaction_id BLOB NOT NULL CHECK (length(transaction_id) = 16),
            leg INTEGER NOT NULL,
            kind INTEGER NOT NULL CHECK (kind IN (1, 2)),
            debit INTEGER NOT NULL REFERENCES accounts \(later),
            credit INTEGER NOT NULL REFERENCES accounts \(later),
            minor_units INTEGER NOT NULL CHECK (minor_units > 0),
            at INTEGER NOT NULL,
            UNIQUE (transaction_id, leg),
            CHECK (debit <> credit AND debit % 1000 = credit % 1000)
        ) STRICT;
        CREATE TRIGGER journal_is_not_changed BEFORE UPDATE ON journal
        BEGIN SELECT RAISE(ABORT, 'the journal is only added to'); END;
        CREATE TRIGGER journal_is_not_shortened BEFORE DELETE ON journal
        BEGIN SELECT RAISE(ABORT, 'the journal is only added to'); END;

        CREATE TABLE journal_ends (
            position INTEGER PRIMARY KEY,
            opening INTEGER NOT NULL UNIQUE REFERENCES journal \(later),
            kind INTEGER NOT NULL CHECK (kind IN (3, 4)),
            at INTEGER NOT NULL
        ) STRICT;
        CREATE TRIGGER journal_ends_end_holds BEFORE INSERT ON journal_ends
        WHEN (SELECT kind FROM journal WHERE position = NEW.opening) IS NOT 2
        BEGIN SELECT RAISE(FAIL, 'only a hold can end'); END;
        CREATE TRIGGER journal_ends_are_not_changed BEFORE UPDATE ON journal_ends
        BEGIN SELECT RAISE(ABORT, 'the journal is only added to'); END;
        CREATE TRIGGER journal_ends_are_not_removed BEFORE DELETE ON journal_ends
        BEGIN SELECT RAISE(ABORT, 'the journal is only added to'); END;

        -- The whole journal as it is read and sealed.
        CREATE VIEW journal_lines AS
            SELECT position, transaction_id, leg, kind, debit, credit, minor_units, at FROM journal
            UNION ALL
            SELECT journal_ends.position, transaction_id, leg, journal_ends.kind, debit, credit, minor_units,
                journal_ends.at
            FROM journal_ends JOIN journal ON journal.position = journal_ends.opening;

        -- The lines of one commit, sealed: each digest runs over the one before.
        CREATE TABLE journal_groups (
            number INTEGER PRIMARY KEY,
            first_position INTEGER NOT NULL CHECK (first_position > 0),
            line_count INTEGER NOT NULL CHECK (line_count > 0),
            committed_at INTEGER NOT NULL,
            digest BLOB NOT NULL CHECK (length(digest) = 32)
        ) STRICT;
        CREATE TRIGGER journal_groups_are_not_changed BEFORE UPDATE ON journal_groups
        BEGIN SELECT RAISE(ABORT, 'the journal is only added to'); END;
        CREATE TRIGGER journal_groups_are_not_removed BEFORE DELETE ON journal_groups
        BEGIN SELECT RAISE(ABORT, 'the journal is only added to'); END;
        """
}
