import CPostgres
import KizunaSwitch

/// What an SQLSTATE means to the store: what to tell, and whether the same may be tried again.
struct SQLState: Sendable, Hashable {
    /// Five characters (PostgreSQL's manual, appendix A).
    let code: String

    /// The class: the first two characters.
    private var kind: Substring { code.prefix(2) }

    /// Whether the whole transaction may simply be run again: it fell victim to another one.
    var isCollision: Bool { code == "40001" || code == "40P01" }

    /// Whether this server cannot do it, but the same one later, or another one now, may: it is going down, starting,
    /// or a standby.
    var isPassing: Bool {
        kind == "08" || kind == "57" && code != "57014" || code == "25006" || code == "53300"
    }

    /// For messages: the code, the sentence that helps, and the server's own words.
    func error(_ words: String) -> StoreError {
        let (meaning, sentence) = meaning
        return StoreError(meaning, sentence, words: "PostgreSQL \(code): \(words)")
    }

    private var meaning: (StoreError.Code, String) {
        switch code {
        case "25006": return (.unavailable, "The database server takes no writes: it is a standby; find the primary.")
        case "3D000": return (.notUsable, "The server has no such database: create it, or correct the URL.")
        case "42501":
            return (.notUsable, "The role lacks a right: run 'kizuna migrate' as the owner, or use another role.")
        case "53100": return (.unavailable, "The server's disk is full: make room.")
        case "53300": return (.unavailable, "The server has no connection left: raise max_connections.")
        case "55P03", "57014": return (.unavailable, "The database was too slow and was stopped: see what holds it up.")
        case "40001", "40P01", "23P01": return (.conflict, "Another node changed the same records at the same moment.")
        default: break
        }
        switch kind {
        case "23": return (.constraint, "A rule that the database enforces was broken; this is a defect of the switch.")
        case "28": return (.notUsable, "The server refused the role or its password: correct the URL.")
        case "08", "57": return (.unavailable, "The database server is going down, starting, or out of reach.")
        case "53": return (.unavailable, "The database server lacks memory or room.")
        case "58": return (.unavailable, "The database server's disk failed: check it and the server's log.")
        case "XX": return (.corrupt, "The database is damaged: restore a backup.")
        default: return (.notUsable, "The database does not do what this version of Kizuna asks of it.")
        }
    }
}

/// What went wrong on a connection.
struct PostgresError: Error {
    enum Kind: Sendable, Hashable {
        /// The server answered with an error; the connection lives.
        case server(SQLState)
        /// The connection is lost or was given up; what was under way may have happened or not.
        case lost
        /// Said by this adapter itself.
        case own
        /// The others have given this node up; it must join again.
        case fenced
    }

    let kind: Kind
    let error: StoreError

    init(_ state: SQLState, words: String) {
        kind = .server(state)
        error = state.error(words)
    }

    init(lost words: String) {
        kind = .lost
        error = StoreError(.unavailable, "The database server cannot be reached.", words: words)
    }

    init(_ error: StoreError) {
        kind = .own
        self.error = error
    }

    static let fenced = PostgresError(
        kind: .fenced,
        error: StoreError(.unavailable, "This node was not seen for too long, and others took its work over.")
    )

    private init(kind: Kind, error: StoreError) {
        self.kind = kind
        self.error = error
    }

    /// Whether a connection that said so is of no use any more.
    var endsConnection: Bool {
        switch kind {
        case .lost: true
        case .server(let state): state.isPassing
        case .own, .fenced: false
        }
    }
}

extension StoreError {
    /// Rows are not what they were when the steps read them.
    static func changedElsewhere(_ table: String) -> StoreError {
        StoreError(.conflict, "Another node has changed rows of \(table) that were read here; they are read again.")
    }
}
