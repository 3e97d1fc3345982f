import CPostgres
package import KizunaSwitch

/// Where a database is, as libpq reads it: `postgres://role@host:port/database?sslmode=verify-full`. Everything that
/// libpq knows may stand in it; several hosts and `target_session_attrs` too.
package struct ServerAddress: Sendable {
    /// The oldest server whose SQL this adapter speaks: 14.
    static let oldestServer: Int32 = 140_000

    /// As it was given, with what may be secret.
    package let url: String
    /// How long one statement may take: a switch that waits longer has nothing to tell its callers.
    let statementPatience: Duration
    /// How long an answer is waited for in all; longer than a statement may take, so that the server speaks first.
    var patience: Duration { statementPatience + .seconds(2) }

    /// Takes a URL that libpq understands.
    ///
    /// - Throws: ``StoreError/Code/notUsable`` when it is none; the message does not repeat it, for it may hold a
    ///   password.
    package init(url: String, statementPatience: Duration = .seconds(10)) throws(StoreError) {
        guard ServerAddress.matches(url) else {
            throw StoreError(.notUsable, "A PostgreSQL database is named postgres://role@host:port/name.")
        }
        var words: UnsafeMutablePointer<CChar>?
        guard let options = PQconninfoParse(url, &words) else {
            PQfreemem(words)
            throw StoreError(
                .notUsable,
                "The database's URL cannot be read: it looks like postgres://role:password@host:port/name?sslmode=require."
            )
        }
        PQconninfoFree(options)
        self.url = url
        self.statementPatience = statementPatience
    }

    /// Whether a text is meant as the address of a PostgreSQL database.
    package static func matches(_ text: String) -> Bool {
        text.hasPrefix("postgres://") || text.hasPrefix("postgresql://")
    }

    /// What libpq is told. What the URL says comes last and goes before ours.
    var connectionParameters: (keywords: [String], values: [String]) {
        let defaults = [
            ("fallback_application_name", "kizuna"), ("connect_timeout", "5"),
            // A server that has vanished shows within seconds, not after the hours that TCP would take.
            ("keepalives_idle", "5"), ("keepalives_interval", "2"), ("keepalives_count", "3"),
            ("tcp_user_timeout", "10000"), ("client_encoding", "UTF8"), ("dbname", url),
        ]
        return (defaults.map(\.0), defaults.map(\.1))
    }
}

/// What a session is for, and so what it is told first.
enum SessionUse: Sendable {
    /// The group committer's: it fetches or commits.
    case switching
    /// Pages', the API's and auditors'.
    case reading
    /// A migration, which may take long.
    case migrating
    /// The copy of a whole database, which may take long as well.
    case copying

    /// How long a step of a migration or a copy may take: an index over a large table takes its time.
    static let longPatience = Duration.seconds(3_600)

    /// Whether somebody waits for the answer.
    var isHurried: Bool { self == .switching || self == .reading }

    func setup(patience: Duration) -> String {
        let milliseconds = patience.components.seconds * 1_000
        let common = """
            SET search_path = kizuna, pg_catalog; SET timezone = 'UTC'; SET jit = off;
            SET client_min_messages = warning;
            SELECT set_config('synchronous_commit', 'on', false)
                WHERE current_setting('synchronous_commit') IN ('off', 'local');

            """
        // Plans are made once, for the general case. Rows are found by index whatever the statistics say of tables
        // that were empty when the plan was made; an empty table is not gone through for every row either.
        let planned = """
            SET plan_cache_mode = force_generic_plan; SET enable_seqscan = off; SET enable_hashjoin = off;
            SET enable_mergejoin = off; SET enable_material = off; SET enable_bitmapscan = off;

            """
        let hurried = """
            SET idle_in_transaction_session_timeout = '60s';
            SELECT set_config('statement_timeout', '\(milliseconds)', false)
                WHERE current_setting('statement_timeout') = '0';
            """
        switch self {
        case .switching, .reading: return common + planned + hurried
        case .migrating: return common + "SET lock_timeout = '\(milliseconds)';"
        case .copying: return common + planned + "SET lock_timeout = '\(milliseconds)';"
        }
    }
}
