import KizunaLedger
import KizunaPayments
import KizunaSwitch

/// Reads recalls and disputes.
extension MemoryReader {
    func recall(_ id: RecallID) -> Recall? { records.recalls[id] }

    func recalls(of payment: PaymentID) -> [Recall] {
        records.recalls.values.filter { $0.payment == payment }.sorted { $0.id < $1.id }
    }

    func recalls(of participant: ParticipantID?, in state: Recall.State?, after: RecallID?, limit: Int) -> [Recall] {
        let found = records.recalls.values.filter { recall in
            (participant == nil || recall.issuer == participant || recall.acquirer == participant)
                && (state == nil || recall.state == state) && after.map { $0 < recall.id } ?? true
        }
        return Array(found.sorted { $0.id < $1.id }.prefix(max(0, limit)))
    }

    func dispute(_ id: DisputeID) -> Dispute? { records.disputes[id] }

    func disputes(of payment: PaymentID) -> [Dispute] {
        records.disputes.values.filter { $0.payment == payment }.sorted { $0.id < $1.id }
    }

    func disputes(of participant: ParticipantID?, in state: Dispute.State?, after: DisputeID?, limit: Int) -> [Dispute]
    {
        let found = records.disputes.values.filter { dispute in
            (participant == nil || dispute.issuer == participant || dispute.acquirer == participant)
                && (state == nil || dispute.state == state) && after.map { $0 < dispute.id } ?? true
        }
        return Array(found.sorted { $0.id < $1.id }.prefix(max(0, limit)))
    }

    func events(of dispute: DisputeID) -> [DisputeEvent] {
        records.disputeEvents.values.filter { $0.key.dispute == dispute }.sorted { $0.key.number < $1.key.number }
    }

    func evidence(_ id: EvidenceID) -> Evidence? { records.evidence[id] }

    func evidence(of dispute: DisputeID) -> [Evidence] {
        records.evidence.values.filter { $0.dispute == dispute }.sorted { $0.id < $1.id }
    }

    func bytes(of evidence: EvidenceID) -> [UInt8]? { records.evidenceBytes[evidence] }
}
