package import KizunaSwitch

/// Three roles, so that nobody can do more than his work needs: the owner, who migrates; `kizuna_app`, as which
/// switches log in or of which their role is a member; and `kizuna_read`, for reports.
///
/// The application has no right to change or remove a line of the journal, and none to change the shape of anything. The
/// triggers that keep the journal stand beside that, against the owner's mistakes.
enum Roles {
    static let script = """
        \(making("kizuna_app"))
        \(making("kizuna_read"))
        REVOKE ALL ON ALL TABLES IN SCHEMA kizuna FROM PUBLIC, kizuna_app, kizuna_read;
        REVOKE ALL ON ALL FUNCTIONS IN SCHEMA kizuna FROM PUBLIC;
        GRANT USAGE ON SCHEMA kizuna TO kizuna_app, kizuna_read;
        GRANT SELECT ON ALL TABLES IN SCHEMA kizuna TO kizuna_app, kizuna_read;
        ALTER DEFAULT PRIVILEGES IN SCHEMA kizuna GRANT SELECT ON TABLES TO kizuna_app, kizuna_read;

        GRANT INSERT ON ALL TABLES IN SCHEMA kizuna TO kizuna_app;
        GRANT USAGE ON ALL SEQUENCES IN SCHEMA kizuna TO kizuna_app;
        GRANT EXECUTE ON FUNCTION kizuna.extend_journal(int4) TO kizuna_app;
        GRANT UPDATE ON kizuna.participants, kizuna.accounts, kizuna.api_keys, kizuna.merchants, kizuna.rates,
            kizuna.rounding_rests, kizuna.payers, kizuna.shop_paces, kizuna.alerts, kizuna.webhooks, kizuna.exception_cases, kizuna.recalls, kizuna.disputes, kizuna.payments, kizuna.payment_counts, kizuna.code_claims, kizuna.messages, kizuna.timers,
            kizuna.journal_head, kizuna.nodes, kizuna.bakong_projects, kizuna.people,
            kizuna.shop_freezes, kizuna.access_changes TO kizuna_app;
        GRANT DELETE ON kizuna.rates, kizuna.rate_tiers, kizuna.rate_improvements, kizuna.resolutions, kizuna.quotes, kizuna.code_claims, kizuna.idempotency,
            kizuna.messages, kizuna.timers, kizuna.webhooks,
            kizuna.exception_cases, kizuna.bakong_projects, kizuna.bakong_keys, kizuna.deep_links,
            kizuna.audit_log TO kizuna_app;
        REVOKE SELECT ON kizuna.bakong_keys, kizuna.people FROM kizuna_read;
        REVOKE INSERT ON kizuna.migrations, kizuna.journal_head, kizuna.payment_counts FROM kizuna_app;
        """

    /// Makes a role where it is missing. Roles belong to the server, so another database's owner may make it at the same
    /// time; whoever comes second finds it there.
    static func making(_ role: String) -> String {
        """
        DO $$
        BEGIN
            IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '\(role)') THEN
                CREATE ROLE \(role) NOLOGIN;
            END IF;
        EXCEPTION WHEN duplicate_object OR unique_violation THEN
            NULL;
        END $$;
        """
    }
}

extension PostgresStore {
    /// Makes the roles, where they are missing, and grants each what it needs; for the owner to run.
    package static func grantRoles(_ address: ServerAddress) throws(StoreError) {
        let session = Session(to: address, for: .migrating)
        do throws(PostgresError) { try session.execute(Roles.script) } catch { throw error.error }
    }
}
