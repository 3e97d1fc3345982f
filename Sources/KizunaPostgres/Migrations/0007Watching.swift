extension Migration {
    /// Shops that people have frozen, and what people have looked at and done. Whoever freezes is not who lifts, and
    /// nothing that was written down changes or goes before its time: the database sees to that too.
    static let watching = Migration(
        version: 7,
        oldestProgram: 1,
        sql: """
            CREATE TABLE kizuna.shop_freezes (
                shop uuid PRIMARY KEY REFERENCES kizuna.merchants,
                frozen_by text NOT NULL,
                frozen_at int8 NOT NULL,
                reason text NOT NULL CHECK (length(reason) BETWEEN 1 AND 140),
                lifted_by text CHECK (lifted_by <> frozen_by),
                lifted_at int8,
                lift_reason text CHECK (length(lift_reason) BETWEEN 1 AND 140),
                CHECK ((lifted_by IS NULL) = (lifted_at IS NULL) AND (lifted_by IS NULL) = (lift_reason IS NULL))
            );
            CREATE INDEX shop_freezes_in_force ON kizuna.shop_freezes (shop) WHERE lifted_at IS NULL;

            CREATE TABLE kizuna.audit_log (
                id uuid PRIMARY KEY,
                at int8 NOT NULL,
                person text NOT NULL CHECK (length(person) BETWEEN 2 AND 20),
                act int2 NOT NULL CHECK (act > 0),
                subject uuid,
                detail text CHECK (length(detail) <= 200)
            );
            CREATE INDEX audit_log_of_people ON kizuna.audit_log (person, id);
            CREATE INDEX audit_log_about ON kizuna.audit_log (subject, id) WHERE subject IS NOT NULL;

            -- What goes through at once never touches it.
            CREATE INDEX messages_of_payments_that_linger ON kizuna.messages (payment, id)
                WHERE standing > 1 OR attempts > 0;

            CREATE TRIGGER audit_log_is_not_changed BEFORE UPDATE ON kizuna.audit_log
            FOR EACH ROW EXECUTE FUNCTION kizuna.refuse('what was written down is not changed');
            -- 400 days, by the clock of those who write.
            CREATE FUNCTION kizuna.keep_audit_log() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF OLD.at > (SELECT at FROM kizuna.audit_log ORDER BY id DESC LIMIT 1) - 34560000000 THEN
                    RAISE EXCEPTION 'what was written down is kept' USING ERRCODE = 'integrity_constraint_violation';
                END IF;
                RETURN OLD;
            END $$;
            CREATE TRIGGER audit_log_is_kept BEFORE DELETE ON kizuna.audit_log
            FOR EACH ROW EXECUTE FUNCTION kizuna.keep_audit_log();

            -- Where the roles are in use, switches go on without anybody granting anew.
            DO $$
            BEGIN
                IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'kizuna_app') THEN
                    GRANT SELECT, INSERT, UPDATE ON kizuna.shop_freezes TO kizuna_app;
                    GRANT SELECT, INSERT, DELETE ON kizuna.audit_log TO kizuna_app;
                END IF;
            END $$;
            """
    )
}
