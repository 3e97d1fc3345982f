import KizunaLedger
import KizunaPayments
import KizunaSwitch

/// Recalls and disputes.
extension Reader {
    func recall(_ id: RecallID) throws(StoreError) -> Recall? { try recallTable.recall(id) }
    func recalls(of payment: PaymentID) throws(StoreError) -> [Recall] { try claims.recalls(of: payment) }

    func recalls(
        of participant: ParticipantID?,
        in state: Recall.State?,
        after: RecallID?,
        limit: Int
    ) throws(StoreError) -> [Recall] {
        try claims.recalls(of: participant, in: state, after: after, limit: limit)
    }

    func dispute(_ id: DisputeID) throws(StoreError) -> Dispute? { try disputeTable.dispute(id) }
    func disputes(of payment: PaymentID) throws(StoreError) -> [Dispute] { try claims.disputes(of: payment) }

    func disputes(
        of participant: ParticipantID?,
        in state: Dispute.State?,
        after: DisputeID?,
        limit: Int
    ) throws(StoreError) -> [Dispute] {
        try claims.disputes(of: participant, in: state, after: after, limit: limit)
    }

    func events(of dispute: DisputeID) throws(StoreError) -> [DisputeEvent] { try claims.events(of: dispute) }
    func evidence(_ id: EvidenceID) throws(StoreError) -> Evidence? { try caseFiles.evidence(id) }
    func evidence(of dispute: DisputeID) throws(StoreError) -> [Evidence] { try claims.evidence(of: dispute) }
    func bytes(of evidence: EvidenceID) throws(StoreError) -> [UInt8]? { try claims.bytes(of: evidence) }
}
