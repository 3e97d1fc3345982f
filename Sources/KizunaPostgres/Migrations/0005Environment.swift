extension Migration {
    /// Whether the database is live or a sandbox's: said once, and never changed.
    static let environment = Migration(
        version: 5,
        oldestProgram: 1,
        sql: """
            CREATE TABLE kizuna.environment (
                number int4 PRIMARY KEY CHECK (number = 1),
                name text NOT NULL CHECK (name IN ('live', 'sandbox'))
            );
            CREATE TRIGGER environment_is_not_changed BEFORE UPDATE OR DELETE ON kizuna.environment
            FOR EACH ROW EXECUTE FUNCTION kizuna.refuse('a database stays what it is');

            -- Where the roles are in use, switches go on without anybody granting anew.
            DO $$
            BEGIN
                IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'kizuna_app') THEN
                    GRANT SELECT, INSERT ON kizuna.environment TO kizuna_app;
                END IF;
            END $$;
            """
    )
}
