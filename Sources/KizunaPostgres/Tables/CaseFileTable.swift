import KizunaLedger
import KizunaPayments
import KizunaSwitch

/// The history of disputes, which is only added to.
extension Table where Key == DisputeEvent.Key, Row == DisputeEvent {
    static let disputeEvents = Table(
        "dispute_events",
        keys: Column<DisputeEvent.Key>.disputeEvents,
        fixed: [
            Column("action", .int2) { $0.add($1.action) },
            Column("actor_kind", .int2) { $0.add(ActorKind($1.actor)) },
            Column("actor", .text) { $0.add($1.actor.name) },
            Column("state", .int2) { $0.add($1.state) },
            Column("at", .int8) { $0.add($1.at) },
            Column("note", .text) { $0.add($1.note) },
            Column("evidence", .uuid) { $0.add($1.evidence) },
        ]
    )
}

extension Column where Source == DisputeEvent.Key {
    fileprivate static var disputeEvents: [Column<DisputeEvent.Key>] {
        [Column("dispute", .uuid) { $0.add($1.dispute) }, Column("number", .int4) { $0.add($1.number) }]
    }
}

extension Query where Row == DisputeEvent {
    static let disputeEvents = Query(
        "dispute, number, action, actor_kind, actor, state, at, note, evidence",
        from: "dispute_events"
    ) { columns, _ throws(StoreError) in
        DisputeEvent(
            key: DisputeEvent.Key(dispute: try columns.id(), number: columns.int()),
            action: try columns.value(),
            actor: try columns.actor(),
            state: try columns.value(),
            at: columns.timestamp(),
            note: try columns.optionalText(),
            evidence: try columns.optionalID()
        )
    }
}

extension Lookup where Key == DisputeEvent.Key, Row == DisputeEvent {
    static let disputeEvents = Lookup(
        .disputeEvents,
        by: Column<DisputeEvent.Key>.disputeEvents,
        matching: ["dispute", "number"]
    ) { $0.key }
}

/// Files, apart from what is said of them.
extension Table where Key == EvidenceID, Row == Evidence {
    static let evidence = Table(
        "evidence",
        keys: [Column("id", .uuid) { $0.add($1) }],
        fixed: [
            Column("dispute", .uuid) { $0.add($1.dispute) },
            Column("side", .int2) { $0.add($1.side) },
            Column("media_type", .int2) { $0.add($1.mediaType) },
            Column("byte_count", .int8) { $0.add($1.byteCount) },
            Column("digest", .bytea) { $0.add($1.digest) },
            Column("added_at", .int8) { $0.add($1.addedAt) },
        ]
    )

    /// Adds files, each with what is said of it.
    func writeFiles(of transaction: Transaction, to commit: inout CommitCommands) throws(StoreError) {
        let files = transaction.evidenceBytes.changes
        let changes = transaction.evidence.changes
        for case let evidence? in changes.map(\.row) {
            guard files.contains(where: { $0.key == evidence.id }) else { throw .brokenRule("A file has bytes") }
        }
        try write(changes, to: &commit)
        try Table<EvidenceID, [UInt8]>.evidenceFiles.write(files, to: &commit)
    }
}

extension Table where Key == EvidenceID, Row == [UInt8] {
    static let evidenceFiles = Table(
        "evidence_files",
        keys: [Column("evidence", .uuid) { $0.add($1) }],
        fixed: [Column("bytes", .bytea) { $0.add($1) }]
    )
}

extension Query where Row == Evidence {
    static let evidence = Query("id, dispute, side, media_type, byte_count, digest, added_at", from: "evidence") {
        columns,
        _ throws(StoreError) in
        Evidence(
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

extension Lookup where Key == EvidenceID, Row == Evidence {
    static let evidence = Lookup(.evidence, by: [Column("id", .uuid) { $0.add($1) }], matching: ["id"]) { $0.id }
}

/// What the column `actor_kind` says.
private enum ActorKind: Int {
    case participant = 1
    case operations = 2
    case system = 3

    init(_ actor: DisputeEvent.Actor) {
        switch actor {
        case .participant: self = .participant
        case .operations: self = .operations
        case .system: self = .system
        }
    }
}

extension DisputeEvent.Actor {
    fileprivate var name: String? {
        switch self {
        case .participant(let id): id.description
        case .operations(let id): id?.description
        case .system: nil
        }
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
