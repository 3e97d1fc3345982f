extension Migration {
    /// Shops that people have frozen, and what people have looked at and done. Whoever freezes is not who lifts, and
    /// nothing that was written down changes or goes before its time: the database sees to that too.
    static let watching = Migration(
        version: 15,
        sql: """
            CREATE TABLE shop_freezes (
                shop BLOB PRIMARY KEY REFERENCES merchants \(later),
                frozen_by TEXT NOT NULL,
                frozen_at INTEGER NOT NULL,
                reason TEXT NOT NULL CHECK (length(reason) BETWEEN 1 AND 140),
                lifted_by TEXT CHECK (lifted_by <> frozen_by),
                lifted_at INTEGER,
                lift_reason TEXT CHECK (length(lift_reason) BETWEEN 1 AND 140),
                CHECK ((lifted_by IS NULL) = (lifted_at IS NULL) AND (lifted_by IS NULL) = (lift_reason IS NULL))
            ) STRICT, WITHOUT ROWID;
            CREATE INDEX shop_freezes_in_force ON shop_freezes (shop) WHERE lifted_at IS NULL;

            CREATE TABLE audit_log (
                id BLOB PRIMARY KEY CHECK (length(id) = 16),
                at INTEGER NOT NULL,
                person TEXT NOT NULL CHECK (length(person) BETWEEN 2 AND 20),
                act INTEGER NOT NULL CHECK (act > 0),
                subject BLOB CHECK (length(subject) = 16),
                detail TEXT CHECK (length(detail) <= 200)
            ) STRICT, WITHOUT ROWID;
            CREATE INDEX audit_log_of_people ON audit_log (person, id);
            CREATE INDEX audit_log_about ON audit_log (subject, id) WHERE subject IS NOT NULL;

            -- What goes through at once never touches it.
            CREATE INDEX messages_of_payments_that_linger ON messages (payment, id)
                WHERE standing > 1 OR attempts > 0;

            CREATE TRIGGER audit_log_is_not_changed BEFORE UPDATE ON audit_log
            BEGIN SELECT RAISE(ABORT, 'what was written down is not changed'); END;
            -- 400 days, by the clock of those who write.
            CREATE TRIGGER audit_log_is_kept BEFORE DELETE ON audit_log
            WHEN OLD.at > (SELECT at FROM audit_log ORDER BY id DESC LIMIT 1) - 34560000000
            BEGIN SELECT RAISE(ABORT, 'what was written down is kept'); END;
            """
    )
}
