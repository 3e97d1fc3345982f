extension Migration {
    /// What the Bakong facade asks: payments by their hash, codes by what is remembered of them; and what it keeps.
    ///
    /// Payments that were completed before, or by a program of the version before, have no hash here: they are found by
    /// code and references.
    static let bakong = Migration(
        version: 2,
        oldestProgram: 1,
        sql: """
            -- The first eight bytes of the hash of each payment at a KHQR, written when the shop is paid.
            CREATE TABLE kizuna.payment_hashes (
                prefix int8 NOT NULL,
                payment uuid NOT NULL,
                PRIMARY KEY (prefix, payment)
            );
            \(reference("payment_hashes", [("payments", "id", ["payment"])]))

            CREATE TABLE kizuna.code_notes (
                code uuid PRIMARY KEY,
                note int2 NOT NULL CHECK (note IN (1, 2))
            );

            -- A shop's Bakong account, without the merchant's id that may follow it in a code.
            CREATE INDEX merchants_by_account ON kizuna.merchants (split_part(key, '/', 1));

            CREATE TABLE kizuna.bakong_projects (
                email text PRIMARY KEY CHECK (length(email) BETWEEN 3 AND 100),
                id int8 NOT NULL UNIQUE,
                organisation text NOT NULL,
                name text NOT NULL,
                created_at int8 NOT NULL,
                standing int2 NOT NULL CHECK (standing IN (1, 2, 3)),
                code_digest bytea UNIQUE CHECK (length(code_digest) = 32),
                CHECK ((code_digest IS NOT NULL) = (standing = 1))
            );
            CREATE INDEX bakong_projects_by_standing ON kizuna.bakong_projects (standing, created_at);

            CREATE TABLE kizuna.bakong_keys (
                number int4 PRIMARY KEY CHECK (number > 0),
                secret bytea NOT NULL CHECK (length(secret) = 32),
                created_at int8 NOT NULL
            );

            CREATE TABLE kizuna.deep_links (
                id uuid PRIMARY KEY,
                payload text NOT NULL,
                app_name text,
                icon_url text,
                callback text,
                expires_at int8 NOT NULL,
                CHECK ((app_name IS NULL) = (icon_url IS NULL) AND (app_name IS NULL) = (callback IS NULL))
            );
            CREATE INDEX deep_links_that_lapse ON kizuna.deep_links (expires_at);

            -- Where the roles are in use, switches go on without anybody granting anew, and reports do not see the keys.
            DO $$
            BEGIN
                IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'kizuna_app') THEN
                    GRANT SELECT, INSERT ON kizuna.payment_hashes, kizuna.code_notes, kizuna.bakong_projects,
                        kizuna.bakong_keys, kizuna.deep_links TO kizuna_app;
                    GRANT UPDATE ON kizuna.bakong_projects TO kizuna_app;
                    GRANT DELETE ON kizuna.bakong_projects, kizuna.bakong_keys, kizuna.deep_links TO kizuna_app;
                END IF;
                IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'kizuna_read') THEN
                    REVOKE ALL ON kizuna.bakong_keys FROM kizuna_read;
                END IF;
            END $$;
            """
    )
}
