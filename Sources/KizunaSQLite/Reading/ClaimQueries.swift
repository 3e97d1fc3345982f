import KizunaLedger
import KizunaPayments
import KizunaSwitch

/// Recalls and disputes, for pages and the API.
final class ClaimQueries {
    private let institutions: Institutions
    private let selectRecalls: ClaimLists
    private let selectDisputes: ClaimLists
    private let selectEvents: Statement
    private let selectEvidence: Statement
    private let selectBytes: Statement

    init(_ connection: borrowing Connection, _ institutions: Institutions) throws(StoreError) {
        self.institutions = institutions
        selectRecalls = try ClaimLists(connection, "SELECT \(Recall.columnList) FROM recalls")
        selectDisputes = try ClaimLists(connection, "SELECT \(Dispute.columnList) FROM disputes")
        selectEvents = try connection.prepare(
            "SELECT \(DisputeEvent.columnList) FROM dispute_events WHERE dispute = ? ORDER BY number"
        )
        selectEvidence = try connection.prepare(
            "SELECT \(Evidence.columnList) FROM evidence WHERE dispute = ? ORDER BY id"
        )
        selectBytes = try connection.prepare("SELECT bytes FROM evidence_files WHERE evidence = ?")
    }

    func recalls(of payment: PaymentID) throws(StoreError) -> [Recall] {
        try selectRecalls.ofPayment.all({ $0.add(payment) }) { columns throws(StoreError) in
            try Recall(&columns, institutions)
        }
    }

    func recalls(
        of participant: ParticipantID?,
        in state: Recall.State?,
        after: RecallID?,
        limit: Int
    ) throws(StoreError) -> [Recall] {
        try selectRecalls.list(of: participant, institutions, state, after, limit) { columns throws(StoreError) in
            try Recall(&columns, institutions)
        }
    }

    func disputes(of payment: PaymentID) throws(StoreError) -> [Dispute] {
        try selectDisputes.ofPayment.all({ $0.add(payment) }) { columns throws(StoreError) in
            try Dispute(&columns, institutions)
        }
    }

    func disputes(
        of participant: ParticipantID?,
        in state: Dispute.State?,
        after: DisputeID?,
        limit: Int
    ) throws(StoreError) -> [Dispute] {
        try selectDisputes.list(of: participant, institutions, state, after, limit) { columns throws(StoreError) in
            try Dispute(&columns, institutions)
        }
    }

    func events(of dispute: DisputeID) throws(StoreError) -> [DisputeEvent] {
        try selectEvents.all({ $0.add(dispute) }) { columns throws(StoreError) in try DisputeEvent(&columns) }
    }

    func evidence(of dispute: DisputeID) throws(StoreError) -> [Evidence] {
        try selectEvidence.all({ $0.add(dispute) }) { columns throws(StoreError) in try Evidence(&columns) }
    }

    func bytes(of evidence: EvidenceID) throws(StoreError) -> [UInt8]? {
        try selectBytes.first({ $0.add(evidence) }) { $0.bytes() }
    }
}

/// The lists of one kind of claim: of a payment, of a participant, of all.
private final class ClaimLists {
    let ofPayment: Statement
    private let all: Statement
    private let ofParticipant: Statement

    init(_ connection: borrowing Connection, _ select: String) throws(StoreError) {
        ofPayment = try connection.prepare("\(select) WHERE payment = ? ORDER BY id")
        all = try connection.prepare("\(select) WHERE id > ? AND (?2 IS NULL OR state = ?2) ORDER BY id LIMIT ?3")
        ofParticipant = try connection.prepare(
            """
            \(select) WHERE id > ? AND (?2 IS NULL OR state = ?2) AND (issuer = ?4 OR acquirer = ?4)
            ORDER BY id LIMIT ?3
            """
        )
    }

    func list<Row>(
        of participant: ParticipantID?,
        _ institutions: Institutions,
        _ state: (some RawRepresentable<Int>)?,
        _ after: Identifier<some Any>?,
        _ limit: Int,
        read: (inout Columns) throws(StoreError) -> Row
    ) throws(StoreError) -> [Row] {
        let bind = { (parameters: inout Parameters) in
            // Every id is behind no bytes at all.
            if let after { parameters.add(after) } else { parameters.add([] as [UInt8]) }
            parameters.add((state?.rawValue).map { Int64($0) })
            parameters.add(max(0, limit))
        }
        guard let participant else { return try all.all(bind, read: read) }
        guard let number = try institutions.number(participant) else { return [] }
        return try ofParticipant.all(
            {
                bind(&$0)
                $0.add(number)
            },
            read: read
        )
    }
}
