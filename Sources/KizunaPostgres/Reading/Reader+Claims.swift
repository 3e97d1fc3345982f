import KizunaLedger
import KizunaPayments
import KizunaSwitch

/// Recalls and disputes.
extension Reader {
    private static let recall = Query.recalls.statement("WHERE id = $1::uuid")
    private static let recallsOfPayment = Query.recalls.statement("WHERE payment = $1::uuid ORDER BY id")
    private static let recallLists = ClaimLists(.recalls)
    private static let dispute = Query.disputes.statement("WHERE id = $1::uuid")
    private static let disputesOfPayment = Query.disputes.statement("WHERE payment = $1::uuid ORDER BY id")
    private static let disputeLists = ClaimLists(.disputes)
    private static let events = Query.disputeEvents.statement("WHERE dispute = $1::uuid ORDER BY number")
    private static let evidence = Query.evidence.statement("WHERE id = $1::uuid")
    private static let evidenceOfDispute = Query.evidence.statement("WHERE dispute = $1::uuid ORDER BY id")
    private static let exceptionCase = Query.exceptionCases.statement("WHERE payment = $1::uuid")
    private static let openCases = Query.exceptionCases.statement(
        "WHERE closed_at IS NULL AND payment > $1::uuid ORDER BY payment LIMIT $2::int8"
    )
    private static let bytes = Statement("SELECT bytes FROM evidence_files WHERE evidence = $1::uuid")

    func recall(_ id: RecallID) throws(StoreError) -> Recall? { try row(.recalls, Reader.recall) { $0.add(id.value) } }

    func recalls(of payment: PaymentID) throws(StoreError) -> [Recall] {
        try rows(.recalls, Reader.recallsOfPayment) { $0.add(payment.value) }
    }

    func recalls(
        of participant: ParticipantID?,
        in state: Recall.State?,
        after: RecallID?,
        limit: Int
    ) throws(StoreError) -> [Recall] {
        try claims(Reader.recallLists, of: participant, state?.rawValue, after?.value, limit)
    }

    func dispute(_ id: DisputeID) throws(StoreError) -> Dispute? {
        try row(.disputes, Reader.dispute) { $0.add(id.value) }
    }

    func disputes(of payment: PaymentID) throws(StoreError) -> [Dispute] {
        try rows(.disputes, Reader.disputesOfPayment) { $0.add(payment.value) }
    }

    func disputes(
        of participant: ParticipantID?,
        in state: Dispute.State?,
        after: DisputeID?,
        limit: Int
    ) throws(StoreError) -> [Dispute] {
        try claims(Reader.disputeLists, of: participant, state?.rawValue, after?.value, limit)
    }

    func events(of dispute: DisputeID) throws(StoreError) -> [DisputeEvent] {
        try rows(.disputeEvents, Reader.events) { $0.add(dispute.value) }
    }

    func evidence(_ id: EvidenceID) throws(StoreError) -> Evidence? {
        try row(.evidence, Reader.evidence) { $0.add(id.value) }
    }

    func evidence(of dispute: DisputeID) throws(StoreError) -> [Evidence] {
        try rows(.evidence, Reader.evidenceOfDispute) { $0.add(dispute.value) }
    }

    func bytes(of evidence: EvidenceID) throws(StoreError) -> [UInt8]? {
        try ask(Reader.bytes) { $0.add(evidence.value) }.first { columns in columns.bytes() }
    }

    func exceptionCase(of payment: PaymentID) throws(StoreError) -> ExceptionCase? {
        try row(.exceptionCases, Reader.exceptionCase) { $0.add(payment.value) }
    }

    func openExceptionCases(after: PaymentID?, limit: Int) throws(StoreError) -> [ExceptionCase] {
        try rows(.exceptionCases, Reader.openCases) { parameters in
            parameters.add(after?.value ?? UniqueID(high: 0, low: 0))
            parameters.add(Int64(max(0, limit)))
        }
    }

    private func claims<Row>(
        _ lists: ClaimLists<Row>,
        of participant: ParticipantID?,
        _ state: Int?,
        _ after: UniqueID?,
        _ limit: Int
    ) throws(StoreError) -> [Row] {
        var owner: Int32?
        if let participant {
            guard let number = try number(participant) else { return [] }
            owner = number
        }
        return try rows(lists.query, owner == nil ? lists.all : lists.ofParticipant) { parameters in
            // No id is all noughts, so every one is behind this.
            parameters.add(after ?? UniqueID(high: 0, low: 0))
            parameters.add(Int32(state ?? 0))
            parameters.add(Int64(max(0, limit)))
            if let owner { parameters.add(owner) }
        }
    }
}

/// The lists of one kind of claim: everybody's, and one participant's. The state 0 stands for any.
private struct ClaimLists<Row>: Sendable {
    let query: Query<Row>
    let all: Statement
    let ofParticipant: Statement

    init(_ query: Query<Row>) {
        self.query = query
        let behind = "WHERE id > $1::uuid AND ($2::int4 = 0 OR state = $2::int4)"
        all = query.statement("\(behind) ORDER BY id LIMIT $3::int8")
        ofParticipant = query.statement(
            "\(behind) AND (issuer = $4::int4 OR acquirer = $4::int4) ORDER BY id LIMIT $3::int8"
        )
    }
}
