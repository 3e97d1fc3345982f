import KizunaLedger
import KizunaPayments
import KizunaSwitch

/// What disputes have gathered: their history, and the files with what is said of them. All of it is only added to.
final class CaseFileTable {
    private let selectEvent: Statement
    private let insertEvent: Statement
    private let selectEvidence: Statement
    private let insertEvidence: Statement
    private let insertBytes: Statement

    init(_ connection: borrowing Connection) throws(StoreError) {
        selectEvent = try connection.prepare(
            "SELECT \(DisputeEvent.columnList) FROM dispute_events WHERE dispute = ? AND number = ?"
        )
        insertEvent = try connection.prepare(
            "INSERT INTO dispute_events (\(DisputeEvent.columnList)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
        )
        selectEvidence = try connection.prepare("SELECT \(Evidence.columnList) FROM evidence WHERE id = ?")
        insertEvidence = try connection.prepare(
            "INSERT INTO evidence (\(Evidence.columnList)) VALUES (?, ?, ?, ?, ?, ?, ?)"
        )
        insertBytes = try connection.prepare("INSERT INTO evidence_files (evidence, bytes) VALUES (?, ?)")
    }

    func event(_ key: DisputeEvent.Key) throws(StoreError) -> DisputeEvent? {
        try selectEvent.first({
            $0.add(key.dispute)
            $0.add(key.number)
        }) { columns throws(StoreError) in try DisputeEvent(&columns) }
    }

    func evidence(_ id: EvidenceID) throws(StoreError) -> Evidence? {
        try selectEvidence.first({ $0.add(id) }) { columns throws(StoreError) in try Evidence(&columns) }
    }

    func write(_ changes: [RecordTable<DisputeEvent.Key, DisputeEvent>.Change]) throws(StoreError) {
        for change in changes {
            guard let event = change.row, change.isNew else { throw .brokenRule("A case's history is only added to") }
            try insertEvent.run {
                $0.add(event.key.dispute)
                $0.add(event.key.number)
                $0.add(event.action)
                $0.add(event.actor)
                $0.add(event.state)
                $0.add(event.at)
                $0.add(event.note)
                $0.add(event.evidence)
            }
        }
    }

    /// Writes files, each with what is said of it.
    func write(
        _ changes: [RecordTable<EvidenceID, Evidence>.Change],
        _ files: [RecordTable<EvidenceID, [UInt8]>.Change]
    ) throws(StoreError) {
        for change in changes {
            guard let evidence = change.row, change.isNew else { throw .brokenRule("Evidence never changes") }
            guard files.contains(where: { $0.key == evidence.id }) else { throw .brokenRule("A file has bytes") }
            try insertEvidence.run {
                $0.add(evidence.id)
                $0.add(evidence.dispute)
                $0.add(evidence.side)
                $0.add(evidence.mediaType)
                $0.add(evidence.byteCount)
                $0.add(evidence.digest)
                $0.add(evidence.addedAt)
            }
        }
        for file in files {
            guard let bytes = file.row else { throw .brokenRule("Evidence never changes") }
            try insertBytes.run {
                $0.add(file.key)
                $0.add(bytes)
            }
        }
    }
}

/// What the column `actor_kind` says.
private enum ActorKind: Int {
    case participant = 1
    case operations = 2
    case system = 3
}

extension Parameters {
    /// Adds `actor_kind, actor`.
    fileprivate mutating func add(_ actor: DisputeEvent.Actor) {
        switch actor {
        case .participant(let id):
            add(ActorKind.participant)
            add(id.description)
        case .operations(let id):
            add(ActorKind.operations)
            add(id?.description)
        case .system:
            add(ActorKind.system)
            addNull()
        }
    }
}

extension DisputeEvent {
    static let columnList = "dispute, number, action, actor_kind, actor, state, at, note, evidence"

    init(_ columns: inout Columns) throws(StoreError) {
        self.init(
            key: Key(dispute: try columns.id(), number: columns.int()),
            action: try columns.value(),
            actor: try columns.actor(),
            state: try columns.value(),
            at: columns.timestamp(),
            note: try columns.optionalText(),
            evidence: try columns.optionalID()
        )
    }
}

extension Columns {
    fileprivate mutating func actor() throws(StoreError) -> DisputeEvent.Actor {
        let kind = try value(ActorKind.self)
        let name = try optionalText()
        switch kind {
        case .participant:
            guard let id = name.flatMap({ ParticipantID($0) }) else { throw .unreadable("who did something") }
            return .participant(id)
        case .operations: return .operations(name.flatMap { OperatorID($0) })
        case .system: return .system
        }
    }
}

extension Evidence {
    static let columnList = "id, dispute, side, media_type, byte_count, digest, added_at"

    init(_ columns: inout Columns) throws(StoreError) {
        self.init(
            id: try columns.id(),
            dispute: try columns.id(),
            side: try columns.value(),
            mediaType: try columns.value(),
            byteCount: columns.int(),
            digest: columns.bytes(),
            addedAt: columns.timestamp()
        )
    }
}
