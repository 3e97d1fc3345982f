extension Migration {
    /// What is still to be done: rows come with the commit that decides and go with the one that knows it done. Each
    /// belongs to a node.
    static let work = """
        CREATE TABLE kizuna.messages (
            id uuid PRIMARY KEY,
            payment uuid NOT NULL,
            refund uuid,
            claim uuid,
            webhook uuid,
            created_at int8 NOT NULL,
            attempts int8 NOT NULL CHECK (attempts >= 0),
            due_at int8 CHECK ((due_at IS NULL) = (standing = 3)),
            destination int4 NOT NULL,
            node int4 NOT NULL,
            kind int2 NOT NULL CHECK (kind > 0),
            state int2 NOT NULL CHECK (state BETWEEN 1 AND 15),
            standing int2 NOT NULL CHECK (standing IN (1, 2, 3)),
            event int2 CHECK ((event IS NULL) = (webhook IS NULL))
        );
        CREATE INDEX messages_that_wait ON kizuna.messages (node, due_at) WHERE standing = 1;
        -- Those that do not go through at once are few; the others are in here never.
        CREATE INDEX messages_that_linger ON kizuna.messages (destination, id) WHERE standing > 1 OR attempts > 0;
        \(reference("messages", [("participants", "number", ["destination"]), ("payments", "id", ["payment"]), ("refunds", "id", ["refund"])]))

        CREATE TABLE kizuna.timers (
            payment uuid NOT NULL,
            due_at int8 NOT NULL,
            node int4 NOT NULL,
            kind int2 NOT NULL CHECK (kind > 0),
            PRIMARY KEY (payment, kind)
        );
        CREATE INDEX timers_that_wait ON kizuna.timers (node, due_at);
        \(reference("timers", [("payments", "id", ["payment"])]))
        """

    /// Kinds: 1 direct, 2 hold, 3 post, 4 void. A leg of a transaction is opened once (1 or 2); a hold is ended once (3
    /// or 4), as it was opened. Ids of transactions begin with the moment at which they were made, so a partition by
    /// id is one by month, and all lines of a transaction lie in one.
    static let journal = """
        CREATE TABLE kizuna.journal (
            transaction_id uuid NOT NULL,
            position int8 NOT NULL,
            minor_units int8 NOT NULL CHECK (minor_units > 0),
            at int8 NOT NULL,
            leg int4 NOT NULL,
            debit int4 NOT NULL,
            credit int4 NOT NULL,
            kind int2 NOT NULL CHECK (kind BETWEEN 1 AND 4),
            is_end bool NOT NULL CHECK (is_end = (kind > 2)),
            UNIQUE (transaction_id, leg, is_end),
            CHECK (debit <> credit AND debit % 1000 = credit % 1000)
        ) PARTITION BY RANGE (transaction_id);
        CREATE INDEX journal_in_order ON kizuna.journal (position);
        CREATE TABLE kizuna.journal_of_no_month PARTITION OF kizuna.journal DEFAULT;

        CREATE FUNCTION kizuna.check_journal() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF EXISTS (
                SELECT FROM (SELECT debit AS named FROM added UNION SELECT credit FROM added) AS n
                WHERE NOT EXISTS (SELECT FROM kizuna.accounts AS a WHERE a.number = n.named)
            ) THEN
                RAISE EXCEPTION 'a line names an account that has not been opened'
                    USING ERRCODE = 'foreign_key_violation';
            END IF;
            IF EXISTS (
                SELECT FROM added AS e WHERE e.is_end AND NOT EXISTS (
                    SELECT FROM kizuna.journal AS o
                    WHERE o.transaction_id = e.transaction_id AND o.leg = e.leg AND NOT o.is_end AND o.kind = 2
                        AND o.debit = e.debit AND o.credit = e.credit AND o.minor_units = e.minor_units
                )
            ) THEN
                RAISE EXCEPTION 'a hold ends as it was opened' USING ERRCODE = 'check_violation';
            END IF;
            RETURN NULL;
        END $$;
        CREATE TRIGGER journal_is_whole AFTER INSERT ON kizuna.journal
        REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION kizuna.check_journal();
        CREATE TRIGGER journal_is_only_added_to BEFORE UPDATE OR DELETE ON kizuna.journal
        FOR EACH ROW EXECUTE FUNCTION kizuna.refuse('the journal is only added to');

        -- The lines of one commit, sealed: each digest runs over the one before.
        CREATE TABLE kizuna.journal_groups (
            number int8 PRIMARY KEY,
            first_position int8 NOT NULL CHECK (first_position > 0),
            line_count int8 NOT NULL CHECK (line_count > 0),
            committed_at int8 NOT NULL,
            digest bytea NOT NULL CHECK (length(digest) = 32)
        );
        CREATE TRIGGER journal_groups_are_only_added_to BEFORE UPDATE OR DELETE ON kizuna.journal_groups
        FOR EACH ROW EXECUTE FUNCTION kizuna.refuse('the journal is only added to');

        -- The end of the chain: whoever adds to the journal locks it until the commit.
        CREATE TABLE kizuna.journal_head (
            is_it bool PRIMARY KEY DEFAULT true CHECK (is_it),
            number int8 NOT NULL,
            next_position int8 NOT NULL,
            digest bytea NOT NULL
        ) WITH (fillfactor = 10);
        INSERT INTO kizuna.journal_head (number, next_position, digest) VALUES (0, 1, '');

        -- Makes the partitions of this month and the next ones. Where lines lie in the default partition that belong
        -- to a month, they stay there, and so does the month.
        CREATE FUNCTION kizuna.extend_journal(months int4) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
        SET search_path = pg_catalog AS $$
        DECLARE
            month timestamp := date_trunc('month', now() AT TIME ZONE 'UTC');
            partition text;
        BEGIN
            PERFORM pg_advisory_xact_lock(\(Migration.lockNumber));
            FOR ahead IN 0..months LOOP
                partition := to_char(month, '"journal_"YYYY_MM');
                IF to_regclass('kizuna.' || partition) IS NULL THEN
                    BEGIN
                        EXECUTE format(
                            'CREATE TABLE kizuna.%I PARTITION OF kizuna.journal FOR VALUES FROM (%L) TO (%L)',
                            partition, kizuna.first_id(month), kizuna.first_id(month + interval '1 month')
                        );
                    EXCEPTION WHEN check_violation THEN NULL;
                    END;
                END IF;
                month := month + interval '1 month';
            END LOOP;
        END $$;

        -- The smallest id of version 7 that can have been made at a moment.
        CREATE FUNCTION kizuna.first_id(moment timestamp) RETURNS uuid LANGUAGE sql IMMUTABLE
        SET search_path = pg_catalog AS $$
            SELECT (lpad(to_hex((extract(epoch FROM moment) * 1000)::int8), 12, '0') || repeat('0', 20))::uuid
        $$;
        """

    /// The programs that share this database. A node that is not seen any more has left, and others take its work
    /// over; a row is removed only after its commits have been added to the row 0.
    static let nodes = """
        CREATE TABLE kizuna.nodes (
            number int4 GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
            commits int8 NOT NULL DEFAULT 0,
            seen_at timestamptz NOT NULL DEFAULT clock_timestamp(),
            left_at timestamptz,
            is_settled bool NOT NULL DEFAULT false
        ) WITH (fillfactor = 10);
        INSERT INTO kizuna.nodes (number, left_at, is_settled) VALUES (0, now(), true);
        SELECT kizuna.extend_journal(3);
        """
}
