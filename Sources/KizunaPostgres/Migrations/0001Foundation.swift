extension Migration {
    /// Participants, accounts, shops, rates, the records of payments and refunds, the journal, and the nodes.
    ///
    /// The database enforces what it can by itself. Institutions and accounts have small numbers here, which nobody
    /// outside sees. Moments are milliseconds, amounts are minor units, currencies their ISO 4217 numbers.
    ///
    /// What is never removed (participants, shops, accounts, payments) cannot vanish between a check and a commit, so
    /// references to it need no lock: they are checked by a trigger for all rows of a statement together, at a
    /// fraction of what a foreign key costs for each row. References to what may go are foreign keys.
    static let foundation = Migration(
        version: 1,
        oldestProgram: 1,
        sql: [
            refusal, institutions, shopsAndRates, promises, payments, checks, claims, limits, webhooks, work, journal,
            nodes,
        ]
        .joined(separator: "\n")
    )

    private static let refusal = """
        -- Stops what must never happen; the trigger says in which words.
        CREATE FUNCTION kizuna.refuse() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'integrity_constraint_violation';
        END $$;
        """

    private static let institutions = """
        -- Everybody who owns an account or is named in a record, the switch itself among them.
        CREATE TABLE kizuna.institutions (
            number int4 GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            id text NOT NULL UNIQUE CHECK (length(id) BETWEEN 2 AND 20)
        );

        CREATE TABLE kizuna.participants (
            number int4 PRIMARY KEY REFERENCES kizuna.institutions,
            name text NOT NULL,
            country text NOT NULL CHECK (length(country) = 2),
            roles int4 NOT NULL CHECK (roles >= 0),
            status int2 NOT NULL CHECK (status IN (1, 2)),
            link_kind int2 NOT NULL CHECK (link_kind IN (1, 2)),
            endpoint text,
            issuer_fee_basis_points int8 NOT NULL
        );
        CREATE TRIGGER participants_stay BEFORE DELETE ON kizuna.participants
        FOR EACH ROW EXECUTE FUNCTION kizuna.refuse('a participant is never removed');

        CREATE TABLE kizuna.api_keys (
            id uuid PRIMARY KEY,
            participant int4 REFERENCES kizuna.participants,
            operator text CHECK (length(operator) BETWEEN 2 AND 20),
            digest bytea NOT NULL UNIQUE CHECK (length(digest) = 32),
            created_at int8 NOT NULL,
            revoked_at int8,
            CHECK ((participant IS NULL) <> (operator IS NULL))
        );
        CREATE TRIGGER api_keys_stay BEFORE DELETE ON kizuna.api_keys
        FOR EACH ROW EXECUTE FUNCTION kizuna.refuse('a key is revoked and never removed');

        -- An account's number ends in its currency's, so that a journal line can check both its sides by itself.
        CREATE SEQUENCE kizuna.account_numbers AS int4 MAXVALUE 2147482;
        CREATE TABLE kizuna.accounts (
            number int4 PRIMARY KEY,
            owner int4 NOT NULL REFERENCES kizuna.institutions,
            role int2 NOT NULL CHECK (role > 0),
            currency int2 NOT NULL CHECK (currency = number % 1000),
            net_debit_cap int8,
            debits_posted int8 NOT NULL CHECK (debits_posted >= 0),
            credits_posted int8 NOT NULL CHECK (credits_posted >= 0),
            debits_held int8 NOT NULL CHECK (debits_held >= 0),
            credits_held int8 NOT NULL CHECK (credits_held >= 0),
            UNIQUE (owner, role, currency)
        ) WITH (fillfactor = 40);
        CREATE TRIGGER accounts_stay BEFORE DELETE ON kizuna.accounts
        FOR EACH ROW EXECUTE FUNCTION kizuna.refuse('an account is never removed');

        -- A cap may be lowered below what is owed already; but nobody may come to owe more past an unchanged cap.
        CREATE TRIGGER accounts_keep_their_cap BEFORE UPDATE ON kizuna.accounts FOR EACH ROW
        WHEN (NEW.net_debit_cap = OLD.net_debit_cap
            AND NEW.debits_posted + NEW.debits_held - NEW.credits_posted > NEW.net_debit_cap
            AND NEW.debits_posted + NEW.debits_held - NEW.credits_posted
                > OLD.debits_posted + OLD.debits_held - OLD.credits_posted)
        EXECUTE FUNCTION kizuna.refuse('an account keeps its net debit cap');
        """

    private static let shopsAndRates = """
        CREATE TABLE kizuna.merchants (
            id uuid PRIMARY KEY,
            acquirer int4 NOT NULL REFERENCES kizuna.participants,
            key text NOT NULL UNIQUE,
            name text NOT NULL,
            local_name text,
            city text NOT NULL,
            category_code text NOT NULL,
            accepts_foreign_payers bool NOT NULL,
            status int2 NOT NULL CHECK (status IN (1, 2, 3))
        );
        CREATE INDEX merchants_of_acquirers ON kizuna.merchants (acquirer, id);
        CREATE TRIGGER merchants_stay BEFORE DELETE ON kizuna.merchants
        FOR EACH ROW EXECUTE FUNCTION kizuna.refuse('a shop is closed and never removed');

        CREATE TABLE kizuna.rates (
            payer_currency int2 NOT NULL,
            merchant_currency int2 NOT NULL,
            provider int4 NOT NULL REFERENCES kizuna.participants,
            mid_decimals int2 NOT NULL CHECK (mid_decimals BETWEEN 0 AND 10),
            mid_digits int8 NOT NULL CHECK (mid_digits > 0),
            spread_basis_points int8 NOT NULL,
            published_at int8 NOT NULL,
            PRIMARY KEY (payer_currency, merchant_currency, provider)
        );

        -- What a rate adds by size and by issuer; it goes with the rate.
        CREATE TABLE kizuna.rate_tiers (
            payer_currency int2 NOT NULL,
            merchant_currency int2 NOT NULL,
            provider int4 NOT NULL,
            from_amount int8 NOT NULL CHECK (from_amount > 0),
            spread_basis_points int8 NOT NULL,
            PRIMARY KEY (payer_currency, merchant_currency, provider, from_amount),
            FOREIGN KEY (payer_currency, merchant_currency, provider) REFERENCES kizuna.rates ON DELETE CASCADE
        );
        CREATE TABLE kizuna.rate_improvements (
            payer_currency int2 NOT NULL,
            merchant_currency int2 NOT NULL,
            provider int4 NOT NULL,
            issuer int4 NOT NULL REFERENCES kizuna.participants,
            basis_points int8 NOT NULL CHECK (basis_points > 0),
            PRIMARY KEY (payer_currency, merchant_currency, provider, issuer),
            FOREIGN KEY (payer_currency, merchant_currency, provider) REFERENCES kizuna.rates ON DELETE CASCADE
        );

        -- All that rates say, line by line.
        CREATE VIEW kizuna.rate_lines AS
            SELECT payer_currency, merchant_currency, provider, 1::int2 AS part, mid_digits AS a,
                mid_decimals AS b, spread_basis_points AS c, published_at AS d, NULL::int4 AS issuer
            FROM kizuna.rates
            UNION ALL
            SELECT payer_currency, merchant_currency, provider, 2::int2, from_amount, 0::int2, spread_basis_points,
                0::int8, NULL::int4
            FROM kizuna.rate_tiers
            UNION ALL
            SELECT payer_currency, merchant_currency, provider, 3::int2, 0::int8, 0::int2, basis_points, 0::int8, issuer
            FROM kizuna.rate_improvements;

        -- The tariffs with all that they ever were.
        CREATE TABLE kizuna.fee_rules (
            payer_country text NOT NULL CHECK (length(payer_country) = 2),
            merchant_country text NOT NULL CHECK (length(merchant_country) = 2),
            number int4 NOT NULL CHECK (number > 0),
            kind int2 NOT NULL CHECK (kind BETWEEN 1 AND 4),
            participant int4 REFERENCES kizuna.participants,
            currency int2,
            first_category int2 CHECK (first_category BETWEEN 0 AND 9999),
            last_category int2 CHECK (last_category BETWEEN first_category AND 9999),
            size_currency int2,
            size int8 CHECK (size > 0),
            basis_points int8 CHECK (basis_points >= 0),
            flat int8 CHECK (flat > 0),
            effective_from int8 NOT NULL,
            recorded_at int8 NOT NULL,
            PRIMARY KEY (payer_country, merchant_country, number)
        );
        CREATE TRIGGER fee_rules_are_only_added_to BEFORE UPDATE OR DELETE ON kizuna.fee_rules
        FOR EACH ROW EXECUTE FUNCTION kizuna.refuse('a line of a tariff is never changed or removed');

        -- What rounding leaves with providers, as far as it is below a lot: in 10^-13 of a major unit.
        CREATE TABLE kizuna.rounding_rests (
            provider int4 NOT NULL REFERENCES kizuna.participants,
            currency int2 NOT NULL,
            parts int8 NOT NULL,
            PRIMARY KEY (provider, currency)
        ) WITH (fillfactor = 10);
        """

    /// Resolutions and quotes lapse by themselves and may be cleared away, so a quote does not hold on to its
    /// resolution; a payment holds on to its quote.
    private static let promises = """
        CREATE TABLE kizuna.resolutions (
            id uuid PRIMARY KEY,
            merchant uuid NOT NULL,
            code uuid NOT NULL,
            issuer int4 NOT NULL,
            acquirer int4 NOT NULL,
            fixed_amount int8 CHECK (fixed_amount > 0),
            created_at int8 NOT NULL,
            expires_at int8 NOT NULL,
            currency int2 NOT NULL,
            is_single_use bool NOT NULL,
            payer_country text NOT NULL CHECK (length(payer_country) = 2),
            scheme text NOT NULL,
            reference text
        );

        CREATE TABLE kizuna.quotes (
            id uuid PRIMARY KEY,
            resolution uuid NOT NULL,
            issuer int4 NOT NULL,
            provider int4 NOT NULL,
            merchant_amount int8 NOT NULL CHECK (merchant_amount > 0),
            interbank_amount int8 NOT NULL CHECK (interbank_amount > 0),
            issuer_fee int8 NOT NULL CHECK (issuer_fee >= 0),
            rate_digits int8 NOT NULL CHECK (rate_digits > 0),
            mid_digits int8 NOT NULL CHECK (mid_digits > 0),
            merchant_discount int8 NOT NULL CHECK (merchant_discount >= 0),
            interchange int8 NOT NULL CHECK (interchange >= 0),
            switch_fee int8 NOT NULL CHECK (switch_fee >= 0),
            created_at int8 NOT NULL,
            expires_at int8 NOT NULL,
            merchant_currency int2 NOT NULL,
            payer_currency int2 NOT NULL,
            rate_decimals int2 NOT NULL CHECK (rate_decimals BETWEEN 0 AND 10),
            mid_decimals int2 NOT NULL CHECK (mid_decimals BETWEEN 0 AND 10),
            possible_duplicate bool
        );

        -- The second exchange of the quotes that go over another currency. Most do not, and have no row here.
        CREATE TABLE kizuna.bridges (
            quote uuid PRIMARY KEY REFERENCES kizuna.quotes ON DELETE CASCADE,
            provider int4 NOT NULL REFERENCES kizuna.participants,
            currency int2 NOT NULL,
            amount int8 NOT NULL CHECK (amount > 0),
            payer_side_digits int8 NOT NULL CHECK (payer_side_digits > 0),
            payer_side_decimals int2 NOT NULL CHECK (payer_side_decimals BETWEEN 0 AND 10),
            payer_side_mid_digits int8 NOT NULL CHECK (payer_side_mid_digits > 0),
            payer_side_mid_decimals int2 NOT NULL CHECK (payer_side_mid_decimals BETWEEN 0 AND 10),
            merchant_side_digits int8 NOT NULL CHECK (merchant_side_digits > 0),
            merchant_side_decimals int2 NOT NULL CHECK (merchant_side_decimals BETWEEN 0 AND 10),
            merchant_side_mid_digits int8 NOT NULL CHECK (merchant_side_mid_digits > 0),
            merchant_side_mid_decimals int2 NOT NULL CHECK (merchant_side_mid_decimals BETWEEN 0 AND 10)
        );
        """

    /// A payment costs what its quote says: the price is written there only. A quote pays once because no two payments
    /// may name the same one; which payment used it is read from there.
    private static let payments = """
        CREATE TABLE kizuna.payments (
            id uuid PRIMARY KEY,
            uetr uuid NOT NULL,
            quote uuid NOT NULL UNIQUE REFERENCES kizuna.quotes,
            merchant uuid NOT NULL,
            code uuid NOT NULL,
            submitted_at int8 NOT NULL,
            changed_at int8 NOT NULL,
            refunded_by_merchant int8 NOT NULL CHECK (refunded_by_merchant >= 0),
            refunded_to_payer int8 NOT NULL CHECK (refunded_to_payer >= 0),
            issuer int4 NOT NULL,
            acquirer int4 NOT NULL,
            provider int4 NOT NULL,
            state int2 NOT NULL CHECK (state BETWEEN 1 AND 15),
            link_kind int2 NOT NULL CHECK (link_kind IN (1, 2)),
            refund_parts int2 NOT NULL CHECK (refund_parts BETWEEN 0 AND 20),
            is_single_use bool NOT NULL,
            possible_duplicate bool NOT NULL,
            payer uuid NOT NULL,
            reason text,
            history bytea NOT NULL
        ) WITH (fillfactor = 70);
        CREATE TRIGGER payments_stay BEFORE DELETE ON kizuna.payments
        FOR EACH ROW EXECUTE FUNCTION kizuna.refuse('a payment is never removed');

        -- No more goes back than was paid.
        CREATE FUNCTION kizuna.check_refunded() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF EXISTS (
                SELECT FROM kizuna.quotes WHERE id = NEW.quote
                    AND (NEW.refunded_by_merchant > merchant_amount OR NEW.refunded_to_payer > interbank_amount)
            ) THEN
                RAISE EXCEPTION 'no more is refunded than was paid' USING ERRCODE = 'check_violation';
            END IF;
            RETURN NEW;
        END $$;
        CREATE TRIGGER payments_refund_what_was_paid BEFORE UPDATE ON kizuna.payments
        FOR EACH ROW WHEN (NEW.refund_parts > 0) EXECUTE FUNCTION kizuna.check_refunded();

        -- Names and texts; nothing here decides about money.
        CREATE TABLE kizuna.parties (
            payment uuid PRIMARY KEY,
            payer_name text NOT NULL,
            payer_account text NOT NULL,
            merchant_name text NOT NULL,
            merchant_local_name text,
            merchant_city text NOT NULL,
            merchant_key text NOT NULL,
            reference text
        );

        CREATE TABLE kizuna.refunds (
            id uuid PRIMARY KEY,
            payment uuid NOT NULL,
            uetr uuid NOT NULL,
            acquirer int4 NOT NULL,
            issuer int4 NOT NULL,
            merchant_amount int8 NOT NULL CHECK (merchant_amount > 0),
            payer_amount int8 NOT NULL CHECK (payer_amount >= 0),
            issuer_fee_returned int8 NOT NULL CHECK (issuer_fee_returned >= 0),
            bridge_amount int8 CHECK (bridge_amount >= 0),
            created_at int8 NOT NULL,
            part int2 NOT NULL CHECK (part BETWEEN 1 AND 20),
            merchant_currency int2 NOT NULL,
            payer_currency int2 NOT NULL,
            bridge_currency int2,
            reason text NOT NULL,
            UNIQUE (payment, part)
        );

        -- One UETR for one payment or refund, whichever it is.
        CREATE TABLE kizuna.uetrs (
            uetr uuid PRIMARY KEY,
            bearer uuid NOT NULL
        );

        CREATE TABLE kizuna.payment_counts (
            state int2 PRIMARY KEY CHECK (state BETWEEN 1 AND 15),
            payments int8 NOT NULL CHECK (payments >= 0)
        ) WITH (fillfactor = 10);
        INSERT INTO kizuna.payment_counts SELECT state, 0 FROM generate_series(1, 15) AS s(state);

        CREATE TABLE kizuna.code_claims (
            code uuid PRIMARY KEY,
            payment uuid NOT NULL
        );

        -- First answers, to be given again. Which columns an answer fills depends on its kind.
        CREATE TABLE kizuna.idempotency (
            fingerprint uuid NOT NULL,
            answer_id uuid,
            created_at int8 NOT NULL,
            institution int4 NOT NULL REFERENCES kizuna.institutions,
            operation int2 NOT NULL,
            answer_kind int2 NOT NULL CHECK (answer_kind > 0),
            key text NOT NULL,
            answer_text text,
            detail text,
            PRIMARY KEY (key, institution, operation)
        );
        """
}
