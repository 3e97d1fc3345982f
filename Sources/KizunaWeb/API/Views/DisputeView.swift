import KizunaLedger
package import KizunaPayments

extension JSON {
    /// A dispute as both banks see it.
    package init(_ dispute: Dispute) {
        self = [
            "id": JSON(name: dispute.id),
            "paymentId": JSON(name: dispute.payment),
            "issuer": JSON(name: dispute.issuer),
            "acquirer": JSON(name: dispute.acquirer),
            "openedBy": JSON(name: dispute.participant(on: dispute.openedBy)),
            "reason": .string(dispute.reason.rawValue),
            "amount": JSON(dispute.amount),
            "state": .string(dispute.state.name),
            "turn": dispute.state.turn.flatMap { dispute.side(of: $0) }
                .map { JSON(name: dispute.participant(on: $0)) } ?? .null,
            "dueAt": dispute.dueAt.map { JSON($0) } ?? .null,
            "refundId": dispute.refund.map { JSON(name: $0) } ?? .null,
            "openedAt": JSON(dispute.openedAt),
            "changedAt": JSON(dispute.changedAt),
        ]
    }

    /// A case with everything that it has gathered.
    package init(_ dispute: Dispute, _ events: [DisputeEvent], _ evidence: [Evidence]) {
        self = JSON(dispute).adding([
            Member(name: "events", value: .array(events.map { JSON($0) })),
            Member(name: "evidence", value: .array(evidence.map { JSON($0) })),
        ])
    }

    /// An entry of a case's history.
    package init(_ event: DisputeEvent) {
        self = [
            "disputeId": JSON(name: event.key.dispute),
            "number": JSON(event.key.number),
            "action": .string(event.action.name),
            "by": .string(event.actor.name),
            "state": .string(event.state.name),
            "at": JSON(event.at),
            "note": JSON(event.note),
            "evidenceId": event.evidence.map { JSON(name: $0) } ?? .null,
        ]
    }

    /// What is said of a file.
    init(_ evidence: Evidence) {
        self = [
            "id": JSON(name: evidence.id),
            "disputeId": JSON(name: evidence.dispute),
            "side": evidence.side == .issuer ? "issuer" : "acquirer",
            "mediaType": .string(evidence.mediaType.name),
            "bytes": JSON(evidence.byteCount),
            "sha256": .string(evidence.digest.hexadecimal),
            "addedAt": JSON(evidence.addedAt),
        ]
    }
}

extension DisputeEvent.Actor {
    /// A participant's id, or whose hand at the switch it was: `operations/sokha`.
    fileprivate var name: String {
        switch self {
        case .participant(let id): id.description
        case .operations(let id): id.map { "operations/\($0)" } ?? "operations"
        case .system: "switch"
        }
    }
}

extension [UInt8] {
    fileprivate var hexadecimal: String {
        map { ($0 < 0x10 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
