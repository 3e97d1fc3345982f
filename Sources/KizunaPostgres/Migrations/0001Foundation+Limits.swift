extension Migration {
    /// What limits and alerts remember: one small row for each payer, each shop and each subject of an alert.
    static let limits = """
        -- A payer is known by a digest only. Purchases are 34 bytes each; see PayerTable.
        CREATE TABLE kizuna.payers (
            payer uuid PRIMARY KEY,
            known_since int8 NOT NULL,
            new_payer_yen int8 NOT NULL CHECK (new_payer_yen >= 0),
            day int8 NOT NULL,
            day_yen int8 NOT NULL CHECK (day_yen >= 0),
            day_payments int8 NOT NULL CHECK (day_payments >= 0),
            purchases bytea NOT NULL CHECK (length(purchases) % 34 = 0)
        );

        CREATE TABLE kizuna.shop_paces (
            merchant uuid PRIMARY KEY REFERENCES kizuna.merchants,
            day int8 NOT NULL,
            today int8 NOT NULL CHECK (today >= 0),
            usual_sixteenths int8 NOT NULL CHECK (usual_sixteenths >= 0)
        ) WITH (fillfactor = 50);

        CREATE TABLE kizuna.alerts (
            kind int2 NOT NULL CHECK (kind > 0),
            subject text NOT NULL,
            raised_at int8 NOT NULL,
            cleared_at int8,
            times_raised int8 NOT NULL CHECK (times_raised > 0),
            PRIMARY KEY (kind, subject)
        );
        CREATE INDEX alerts_that_last ON kizuna.alerts (kind) WHERE cleared_at IS NULL;
        """

    /// Where participants and their shops are told of events.
    static let webhooks = """
        CREATE TABLE kizuna.webhooks (
            id uuid PRIMARY KEY,
            participant int4 NOT NULL REFERENCES kizuna.participants,
            url text NOT NULL,
            events int8 NOT NULL CHECK (events > 0),
            merchant uuid REFERENCES kizuna.merchants,
            created_at int8 NOT NULL,
            secret_number int8 NOT NULL CHECK (secret_number > 0),
            previous_secret_until int8,
            last_at int8,
            last_status int8
        );
        CREATE INDEX webhooks_of_participants ON kizuna.webhooks (participant, id);
        """
}
