extension Migration {
    /// Changes of who is let in. Nobody changes it alone, and nobody decides about himself: the database sees to that too.
    static let access = Migration(
        version: 8,
        oldestProgram: 1,
        sql: """
            CREATE TABLE kizuna.access_changes (
                id uuid PRIMARY KEY,
                act int2 NOT NULL CHECK (act BETWEEN 1 AND 10),
                person text,
                participant text,
                key uuid,
                grants_before int4 NOT NULL CHECK (grants_before >= 0),
                grants int4 NOT NULL CHECK (grants >= 0),
                days int4 CHECK (days > 0),
                author int2 NOT NULL CHECK (author IN (1, 2, 3)),
                proposer text,
                note text NOT NULL CHECK (length(note) <= 140),
                created_at int8 NOT NULL,
                approver text CHECK (approver <> proposer AND (person IS NULL OR approver <> person)),
                approved_at int8,
                standing int2 NOT NULL CHECK (standing IN (1, 2, 3, 4)),
                ended_at int8,
                CHECK ((person IS NULL) <> (participant IS NULL)),
                CHECK ((author = 1) = (proposer IS NOT NULL)),
                CHECK ((approver IS NULL) = (approved_at IS NULL) AND (approver IS NULL OR proposer IS NOT NULL)),
                CHECK (standing <> 1 OR approver IS NULL),
                CHECK (standing <> 2 OR approver IS NOT NULL),
                CHECK (standing <> 3 OR author <> 1 OR approver IS NOT NULL),
                CHECK (author = 1 OR standing = 3),
                CHECK ((standing IN (1, 2)) = (ended_at IS NULL))
            );
            CREATE INDEX access_changes_that_are_open ON kizuna.access_changes (id) WHERE standing IN (1, 2);

            -- Where the roles are in use, switches go on without anybody granting anew. There is no secret in it.
            DO $$
            BEGIN
                IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'kizuna_app') THEN
                    GRANT SELECT, INSERT, UPDATE ON kizuna.access_changes TO kizuna_app;
                END IF;
                IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'kizuna_read') THEN
                    GRANT SELECT ON kizuna.access_changes TO kizuna_read;
                END IF;
            END $$;
            """
    )
}
