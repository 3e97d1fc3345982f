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
        self = JSON(dispute).adding(dispute.gathered(events, evidence))
    }

    /// A dispute as those see it who decide: with what is proposed, which the banks do not see.
    package init(deciding dispute: Dispute) {
        self = JSON(dispute).adding([
            Member(name: "proposal", value: dispute.proposal.map { JSON($0, $0.decision.name) } ?? .null),
            Member(name: "approver", value: JSON(dispute.approver?.description)),
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

extension Dispute {
    /// A case's history and its files.
    func gathered(_ events: [DisputeEvent], _ evidence: [Evidence]) -> [JSON.Member] {
        [
            JSON.Member(name: "events", value: .array(events.map { JSON($0) })),
            JSON.Member(name: "evidence", value: .array(evidence.map { JSON($0) })),
        ]
    }
}

extension Dispute.Decision {
    package var name: String {
        switch self {
        case .uphold: "UPHOLD"
        case .dismiss: "DISMISS"
        }
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
    var hexadecimal: String {
        map { ($0 < 0x10 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}

extension Schema {
    static let dispute = answer([
        "id": .id(ExampleID.dispute),
        "paymentId": .id(ExampleID.payment),
        "issuer": .participant("mekong-bank"),
        "acquirer": .participant("naniwa-acquiring"),
        "openedBy": .participant("mekong-bank"),
        "reason": .words(Dispute.Reason.allCases, .notReceived),
        "amount": .yen("1480"),
        "state": .words(Dispute.State.allCases.map(\.name)),
        "turn": .participant("naniwa-acquiring").nullable.saying(
            "Whose turn it is; null for the operator's, or nobody's."
        ),
        "dueAt": .timestamp.nullable,
        "refundId": .id(ExampleID.refund).null,
        "openedAt": .timestamp,
        "changedAt": .timestamp,
    ])
    .named("Dispute", "A case about a payment, between its two banks.")

    /// A dispute with everything that it has gathered.
    static let disputeCase = dispute.adding(gathered)
        .named("DisputeCase", "A case with its history and its files.")

    /// A dispute as those see it who decide.
    static let decidedDispute = dispute.adding([
        "proposal": disputeProposal.null, "approver": .text(2...20, "dara").null,
    ])
    .named("DisputeToDecide", "A dispute with what people propose about it, which the banks do not see.")

    static let decidedDisputeCase = decidedDispute.adding(gathered)
        .named("DisputeCaseToDecide", "A case with its history, its files and what people propose.")

    static let disputeProposal = proposal(
        Dispute.Decision.allCases.map(\.name),
        note: .text(1...DisputeEvent.longestNote, "The shop shows no receipt.")
    )
    .named("DisputeProposal", "How one person wants a dispute to end; another approves it.")

    private static let gathered: KeyValuePairs<String, Schema> = [
        "events": .list(of: disputeEvent), "evidence": .list(of: evidence),
    ]

    static let disputeEvent = answer([
        "disputeId": .id(ExampleID.dispute),
        "number": .count(1),
        "action": .words(DisputeMachine.Action.allCases.map(\.name)),
        "by": .text(1...40, "mekong-bank").saying("A participant, operations with a person's name, or switch."),
        "state": .words(Dispute.State.allCases.map(\.name)),
        "at": .timestamp,
        "note": .text(1...DisputeEvent.longestNote, "The goods have not come.").nullable,
        "evidenceId": .id(ExampleID.evidence).null,
    ])
    .named("DisputeEvent", "An entry of a case's history; it never changes.")

    static let evidence = answer([
        "id": .id(ExampleID.evidence),
        "disputeId": .id(ExampleID.dispute),
        "side": .words(["issuer", "acquirer"]),
        "mediaType": .words(Evidence.MediaType.allCases.map(\.name), "text/plain"),
        "bytes": .integer(1...Int64(Evidence.largestBytes), 33),
        "sha256": .text(
            matching: "^[0-9a-f]{64}$",
            "23fd61612c44d09676164f5daf25a946376fd540af0d535176d3c2fa95306eb4"
        ),
        "addedAt": .timestamp,
    ])
    .named("Evidence", "What is said of a file.")
}
