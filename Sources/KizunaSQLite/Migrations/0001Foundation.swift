extension Migration {
    /// Participants, accounts, shops, rates, the records of payments and refunds, and the journal.
    ///
    /// The database enforces what it can by itself: see the comments. Institutions and accounts have small numbers
    /// here, which nobody outside sees. Ids are 16 bytes. Moments are milliseconds, amounts are minor units,
    /// currencies their ISO 4217 numbers.
    static let foundation = Migration(
        version: 1,
        sql: [institutions, shopsAndRates, promises, payments, memory, work, journal].joined(separator: "\n")
    )

    /// References are checked when the transaction commits: the checks then need no way back to before each single
    /// statement, which costs more than they do. For the same reason the rows that every payment adds come by `INSERT
    /// OR FAIL`, and a trigger on them raises FAIL: whoever writes takes the whole transaction back when one fails.
    static let later = "DEFERRABLE INITIALLY DEFERRED"

    private static let institutions = """
        -- Everybody who owns an account or is named in a record, the switch itself among them.
        CREATE TABLE institutions (
            number INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE CHECK (length(id) BETWEEN 2 AND 20)
        ) STRICT;

        CREATE TABLE participants (
            number INTEGER PRIMARY KEY REFERENCES institutions \(later),
            name TEXT NOT NULL,
            country TEXT NOT NULL CHECK (length(country) = 2),
            roles INTEGER NOT NULL CHECK (roles >= 0),
            status INTEGER NOT NULL CHECK (status IN (1, 2)),
            link_kind INTEGER NOT NULL CHECK (link_kind IN (1, 2)),
            endpoint TEXT,
            issuer_fee_basis_points INTEGER NOT NULL
        ) STRICT;

        CREATE TABLE api_keys (
            id BLOB PRIMARY KEY CHECK (length(id) = 16),
            participant INTEGER REFERENCES participants \(later),
            operator TEXT CHECK (length(operator) BETWEEN 2 AND 20),
            digest BLOB NOT NULL UNIQUE CHECK (length(digest) = 32),
            created_at INTEGER NOT NULL,
            revoked_at INTEGER,
            CHECK ((participant IS NULL) <> (operator IS NULL))
        ) STRICT, WITHOUT ROWID;

        -- An account's number ends in its currency's, so that a journal line can check both its sides by itself.
        CREATE TABLE accounts (
            number INTEGER PRIMARY KEY,
            owner INTEGER NOT NULL REFERENCES institutions \(later),
            role INTEGER NOT NULL CHECK (role > 0),
            currency INTEGER NOT NULL CHECK (currency = number % 1000),
            net_debit_cap INTEGER,
            debits_posted INTEGER NOT NULL CHECK (debits_posted >= 0),
            credits_posted INTEGER NOT NULL CHECK (credits_posted >= 0),
            debits_held INTEGER NOT NULL CHECK (debits_held >= 0),
            credits_held INTEGER NOT NULL CHECK (credits_held >= 0),
            UNIQUE (owner, role, currency)
        ) STRICT;

        -- A cap may be lowered below what is owed already; but nobody may come to owe more past an unchanged cap.
        CREATE TRIGGER accounts_keep_their_cap BEFORE UPDATE ON accounts
        WHEN NEW.net_debit_cap = OLD.net_debit_cap
            AND NEW.debits_posted + NEW.debits_held - NEW.credits_posted > NEW.net_debit_cap
            AND NEW.debits_posted + NEW.debits_held - NEW.credits_posted
                > OLD.debits_posted + OLD.debits_held - OLD.credits_posted
        BEGIN SELECT RAISE(ABORT, 'an account keeps its net debit cap'); END;
        """

    private static let shopsAndRates = """
        CREATE TABLE merchants (
            id BLOB PRIMARY KEY CHECK (length(id) = 16),
            acquirer INTEGER NOT NULL REFERENCES participants \(later),
            key TEXT NOT NULL UNIQUE,
            name TEXT NOT NULL,
            local_name TEXT,
            city TEXT NOT NULL,
            category_code TEXT NOT NULL,
            accepts_foreign_payers INTEGER NOT NULL CHECK (accepts_foreign_payers IN (0, 1)),
            status INTEGER NOT NULL CHECK (status IN (1, 2, 3))
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX merchants_of_acquirers ON merchants (acquirer, id);

        CREATE TABLE rates (
            payer_currency INTEGER NOT NULL,
            merchant_currency INTEGER NOT NULL,
            provider INTEGER NOT NULL REFERENCES participants \(later),
            mid_digits INTEGER NOT NULL CHECK (mid_digits > 0),
            mid_decimals INTEGER NOT NULL CHECK (mid_decimals BETWEEN 0 AND 10),
            spread_basis_points INTEGER NOT NULL,
            published_at INTEGER NOT NULL,
            PRIMARY KEY (payer_currency, merchant_currency, provider)
        ) STRICT, WITHOUT ROWID;
        """

    /// Resolutions and quotes lapse by themselves and may be cleared away, so a quote does not hold on to its
    /// resolution; a payment holds on to its quote.
    private static let promises = """
        CREATE TABLE resolutions (
            id BLOB PRIMARY KEY CHECK (length(id) = 16),
            issuer INTEGER NOT NULL REFERENCES participants \(later),
            payer_country TEXT NOT NULL CHECK (length(payer_country) = 2),
            scheme TEXT NOT NULL,
            merchant BLOB NOT NULL REFERENCES merchants \(later),
            acquirer INTEGER NOT NULL REFERENCES participants \(later),
            currency INTEGER NOT NULL,
            fixed_amount INTEGER CHECK (fixed_amount > 0),
            code BLOB NOT NULL CHECK (length(code) = 16),
            is_single_use INTEGER NOT NULL CHECK (is_single_use IN (0, 1)),
            reference TEXT,
            created_at INTEGER NOT NULL,
            expires_at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;

        -- The rows are kept in the order in which they came, whatever their ids: a payment, which comes soon after its
        -- quote, then finds and fills pages that are at hand.
        CREATE TABLE quotes (
            number INTEGER PRIMARY KEY,
            id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
            resolution BLOB NOT NULL CHECK (length(resolution) = 16),
            issuer INTEGER NOT NULL REFERENCES participants \(later),
            provider INTEGER NOT NULL REFERENCES participants \(later),
            merchant_currency INTEGER NOT NULL,
            payer_currency INTEGER NOT NULL,
            merchant_amount INTEGER NOT NULL CHECK (merchant_amount > 0),
            interbank_amount INTEGER NOT NULL CHECK (interbank_amount > 0),
            issuer_fee INTEGER NOT NULL CHECK (issuer_fee >= 0),
            rate_digits INTEGER NOT NULL CHECK (rate_digits > 0),
            rate_decimals INTEGER NOT NULL CHECK (rate_decimals BETWEEN 0 AND 10),
            mid_digits INTEGER NOT NULL CHECK (mid_digits > 0),
            mid_decimals INTEGER NOT NULL CHECK (mid_decimals BETWEEN 0 AND 10),
            merchant_discount INTEGER NOT NULL CHECK (merchant_discount >= 0),
            interchange INTEGER NOT NULL CHECK (interchange >= 0),
            switch_fee INTEGER NOT NULL CHECK (switch_fee >= 0),
            created_at INTEGER NOT NULL,
            expires_at INTEGER NOT NULL,
            possible_duplicate INTEGER CHECK (possible_duplicate IN (0, 1))
        ) STRICT;
        """

    /// A payment costs what its quote says: the price is written there only. A quote pays once because no two payments
    /// may name the same one; which payment used it is read from there.
    private static let payments = """
        CREATE TABLE payments (
            id BLOB PRIMARY KEY CHECK (length(id) = 16),
            uetr BLOB NOT NULL CHECK (length(uetr) = 16),
            quote INTEGER NOT NULL UNIQUE REFERENCES quotes \(later),
            issuer INTEGER NOT NULL REFERENCES participants \(later),
            acquirer INTEGER NOT NULL REFERENCES participants \(later),
            provider INTEGER NOT NULL REFERENCES participants \(later),
            merchant BLOB NOT NULL REFERENCES merchants \(later),
            link_kind INTEGER NOT NULL CHECK (link_kind IN (1, 2)),
            code BLOB NOT NULL CHECK (length(code) = 16),
            is_single_use INTEGER NOT NULL CHECK (is_single_use IN (0, 1)),
            submitted_at INTEGER NOT NULL,
            state INTEGER NOT NULL CHECK (state BETWEEN 1 AND 15),
            reason TEXT,
            changed_at INTEGER NOT NULL,
            refund_parts INTEGER NOT NULL CHECK (refund_parts BETWEEN 0 AND 20),
            refunded_by_merchant INTEGER NOT NULL CHECK (refunded_by_merchant >= 0),
            refunded_to_payer INTEGER NOT NULL CHECK (refunded_to_payer >= 0),
            history BLOB NOT NULL,
            payer BLOB NOT NULL CHECK (length(payer) = 16),
            possible_duplicate INTEGER NOT NULL CHECK (possible_duplicate IN (0, 1))
        ) STRICT, WITHOUT ROWID;

        -- No more goes back than was paid.
        CREATE TRIGGER payments_refund_what_was_paid BEFORE UPDATE OF refunded_by_merchant, refunded_to_payer
        ON payments WHEN NEW.refund_parts > 0
        BEGIN
            SELECT RAISE(ABORT, 'no more is refunded than was paid') FROM quotes WHERE number = NEW.quote
                AND (NEW.refunded_by_merchant > merchant_amount OR NEW.refunded_to_payer > interbank_amount);
        END;

        -- Names and texts; nothing here decides about money.
        CREATE TABLE parties (
            payment BLOB PRIMARY KEY REFERENCES payments \(later),
            payer_name TEXT NOT NULL,
            payer_account TEXT NOT NULL,
            merchant_name TEXT NOT NULL,
            merchant_local_name TEXT,
            merchant_city TEXT NOT NULL,
            merchant_key TEXT NOT NULL,
            reference TEXT
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE refunds (
            id BLOB PRIMARY KEY CHECK (length(id) = 16),
            payment BLOB NOT NULL REFERENCES payments \(later),
            uetr BLOB NOT NULL CHECK (length(uetr) = 16),
            acquirer INTEGER NOT NULL REFERENCES participants \(later),
            issuer INTEGER NOT NULL REFERENCES participants \(later),
            part INTEGER NOT NULL CHECK (part BETWEEN 1 AND 20),
            merchant_currency INTEGER NOT NULL,
            payer_currency INTEGER NOT NULL,
            merchant_amount INTEGER NOT NULL CHECK (merchant_amount > 0),
            bridge_currency INTEGER,
            bridge_amount INTEGER CHECK (bridge_amount >= 0),
            payer_amount INTEGER NOT NULL CHECK (payer_amount >= 0),
            issuer_fee_returned INTEGER NOT NULL CHECK (issuer_fee_returned >= 0),
            reason TEXT NOT NULL,
            created_at INTEGER NOT NULL,
            UNIQUE (payment, part)
        ) STRICT, WITHOUT ROWID;

        -- One UETR for one payment or refund, whichever it is.
        CREATE TABLE uetrs (
            uetr BLOB PRIMARY KEY,
            bearer BLOB NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE TRIGGER payments_take_their_uetr AFTER INSERT ON payments
        BEGIN INSERT INTO uetrs VALUES (NEW.uetr, NEW.id); END;
        CREATE TRIGGER refunds_take_their_uetr AFTER INSERT ON refunds
        BEGIN INSERT INTO uetrs VALUES (NEW.uetr, NEW.id); END;

        CREATE TABLE payment_counts (
            state INTEGER PRIMARY KEY CHECK (state BETWEEN 1 AND 15),
            payments INTEGER NOT NULL CHECK (payments >= 0)
        ) STRICT;
        INSERT INTO payment_counts VALUES (1, 0), (2, 0), (3, 0), (4, 0), (5, 0), (6, 0), (7, 0), (8, 0), (9, 0),
            (10, 0), (11, 0), (12, 0), (13, 0), (14, 0), (15, 0);

        CREATE TABLE code_claims (
            code BLOB PRIMARY KEY CHECK (length(code) = 16),
            payment BLOB NOT NULL REFERENCES payments \(later)
        ) STRICT, WITHOUT ROWID;
        """
}
