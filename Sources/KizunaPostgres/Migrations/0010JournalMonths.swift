extension Migration {
    /// Looks for what a line ends among the months of the new lines only. Without their smallest and largest id, the
    /// server would open every month there is, for each commit.
    static let journalMonths = Migration(
        version: 10,
        oldestProgram: 1,
        sql: """
            CREATE OR REPLACE FUNCTION kizuna.check_journal() RETURNS trigger LANGUAGE plpgsql AS $$
            DECLARE
                first uuid;
                last uuid;
            BEGIN
                IF EXISTS (
                    SELECT FROM (SELECT debit AS named FROM added UNION SELECT credit FROM added) AS n
                    WHERE NOT EXISTS (SELECT FROM kizuna.accounts AS a WHERE a.number = n.named)
                ) THEN
                    RAISE EXCEPTION 'a line names an account that has not been opened'
                        USING ERRCODE = 'foreign_key_violation';
                END IF;
                -- There is no smallest of a uuid before PostgreSQL 18.
                SELECT (array_agg(transaction_id ORDER BY transaction_id))[1],
                    (array_agg(transaction_id ORDER BY transaction_id DESC))[1]
                INTO first, last FROM added WHERE is_end;
                IF first IS NOT NULL AND EXISTS (
                    SELECT FROM added AS e WHERE e.is_end AND NOT EXISTS (
                        SELECT FROM kizuna.journal AS o
                        WHERE o.transaction_id = e.transaction_id AND o.leg = e.leg AND NOT o.is_end AND o.kind = 2
                            AND o.debit = e.debit AND o.credit = e.credit AND o.minor_units = e.minor_units
                            AND o.transaction_id BETWEEN first AND last
                    )
                ) THEN
                    RAISE EXCEPTION 'a hold ends as it was opened' USING ERRCODE = 'check_violation';
                END IF;
                RETURN NULL;
            END $$;
            """
    )
}
