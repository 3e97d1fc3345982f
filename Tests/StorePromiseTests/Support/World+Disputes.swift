import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch

extension World {
    static func dispute(
        _ number: UInt64,
        of payment: UInt64,
        state: Dispute.State = .opened,
        by side: Dispute.Side = .issuer,
        reason: Dispute.Reason = .fraud,
        refund: RefundID? = nil,
        counts: (events: Int, evidence: Int, requests: Int) = (1, 0, 0),
        proposal: Dispute.Proposal? = nil,
        approver: String? = nil
    ) -> Dispute {
        Dispute(
            id: DisputeID(id(.dispute, number)),
            payment: PaymentID(id(.payment, payment)),
            issuer: issuer,
            acquirer: acquirer,
            openedBy: side,
            reason: reason,
            amount: yen(980),
            openedAt: now,
            answerDueAt: now.adding(.seconds(86_400)),
            state: state,
            dueAt: state == .escalated ? nil : now.adding(.seconds(3_600)),
            refund: refund,
            eventCount: counts.events,
            evidenceCount: counts.evidence,
            evidenceRequests: counts.requests,
            proposal: proposal,
            approver: approver.flatMap { OperatorID($0) }
        )
    }

    /// What Sokha proposes.
    static func proposal(_ decision: Dispute.Decision, note: String = "Sure.") -> Dispute.Proposal {
        Dispute.Proposal(
            id: UniqueID(high: 7, low: UInt64(decision.rawValue)),
            decision: decision,
            proposer: person("sokha"),
            at: now,
            note: note
        )
    }

    static func event(
        _ number: Int,
        of dispute: UInt64,
        action: DisputeMachine.Action = .opened,
        by actor: DisputeEvent.Actor = .participant(issuer),
        note: String? = nil,
        evidence: EvidenceID? = nil
    ) -> DisputeEvent {
        DisputeEvent(
            key: DisputeEvent.Key(dispute: DisputeID(id(.dispute, dispute)), number: number),
            action: action,
            actor: actor,
            state: .opened,
            at: now,
            note: note,
            evidence: evidence
        )
    }

    static func file(
        _ number: UInt64,
        of dispute: UInt64,
        type: Evidence.MediaType = .pdf,
        side: Dispute.Side = .acquirer,
        byteCount: Int = 3
    ) -> Evidence {
        Evidence(
            id: EvidenceID(id(.evidence, number)),
            dispute: DisputeID(id(.dispute, dispute)),
            side: side,
            mediaType: type,
            byteCount: byteCount,
            digest: [UInt8](repeating: UInt8(number), count: 32),
            addedAt: now
        )
    }

    /// Sets a file with its bytes.
    static func add(_ file: Evidence, in transaction: inout Transaction) {
        transaction.evidence.set(file.id, file)
        transaction.evidenceBytes.set(file.id, [UInt8](repeating: 0x41, count: file.byteCount))
    }
}
