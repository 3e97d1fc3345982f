extension Migration {
    /// Who works for the switch and signs in to its pages.
    static let people = Migration(
        version: 6,
        oldestProgram: 1,
        sql: """
            CREATE TABLE kizuna.people (
                id text PRIMARY KEY CHECK (length(id) BETWEEN 2 AND 20),
                name text NOT NULL CHECK (length(name) BETWEEN 1 AND 70),
                roles int4 NOT NULL CHECK (roles > 0),
                standing int2 NOT NULL CHECK (standing IN (1, 2)),
                password_hash text NOT NULL,
                authenticator_key bytea NOT NULL CHECK (length(authenticator_key) = 20),
                last_step int8 NOT NULL CHECK (last_step >= 0),
                created_at int8 NOT NULL,
                changed_at int8 NOT NULL
            );

            -- Where the roles are in use, switches go on without anybody granting anew, and reports see no secrets.
            DO $$
            BEGIN
                IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'kizuna_app') THEN
                    GRANT SELECT, INSERT, UPDATE ON kizuna.people TO kizuna_app;
                END IF;
                IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'kizuna_read') THEN
                    REVOKE ALL ON kizuna.people FROM kizuna_read;
                END IF;
            END $$;
            """
    )
}
