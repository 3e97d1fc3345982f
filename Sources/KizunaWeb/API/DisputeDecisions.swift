import KizunaLedger
import KizunaPayments
import KizunaSwitch

/// Disputes that the banks could not settle, two people for each decision (`flows.md` 7).
///
/// Every operation here comes out the same when it is repeated, so that no first answer has to be kept.
extension Desk {
    var disputeDecisionRoutes: [Route] {
        [
            Route(
                .post,
                "/v1/operations/disputes/{disputeId:id}/proposals",
                name: "proposeDisputeDecision",
                chapter: .operations,
                summary: "Proposes how an escalated dispute ends, in place of what was proposed before.",
                body: .json(.disputeProposalRequest),
                answers: .ok(
                    .decidedDispute.telling([
                        "state": .string(Dispute.State.escalated.name), "turn": .null, "dueAt": .null,
                        "proposal": Schema.disputeProposal.example,
                    ]),
                    "The dispute with the proposal."
                ),
                refusals: [.decisionNotPossible],
                idempotency: .needed,
                handler: .person(proposeDisputeDecision)
            ).needing(.operator),
            Route(
                .post,
                "/v1/operations/disputes/{disputeId:id}/withdrawals",
                name: "withdrawDisputeProposal",
                chapter: .operations,
                summary: "Takes the caller's own proposal back.",
                body: .json(.empty),
                answers: .ok(
                    .decidedDispute.telling([
                        "state": .string(Dispute.State.escalated.name), "turn": .null, "dueAt": .null,
                    ]),
                    "The dispute without the proposal."
                ),
                refusals: [.decisionNotPossible],
                idempotency: .needed,
                handler: .person(withdrawDisputeProposal)
            ).needing(.operator),
            Route(
                .post,
                "/v1/operations/disputes/{disputeId:id}/approvals",
                name: "approveDisputeDecision",
                chapter: .operations,
                summary: "Approves another person's proposal, and ends the dispute as it says.",
                body: .json(.approval),
                answers: .ok(.endedDispute, "The dispute, ended."),
                refusals: [.decisionNotPossible, .disputeNotPossible, .refundNotPossible, .liquidity],
                idempotency: .needed,
                handler: .person(approveDisputeDecision)
            ).needing(.approver),
        ]
    }

    private func proposeDisputeDecision(_ call: PersonCall) async throws(Problem) -> HTTPResponse {
        var fields = try JSONFields(call.body)
        let decision = try fields.choice("decision", among: Dispute.Decision.allCases, by: \.name)
        let note = try fields.string("note", maximum: DisputeEvent.longestNote)
        try fields.finish()
        return try await answer(.propose(decision, note: note), call)
    }

    private func withdrawDisputeProposal(_ call: PersonCall) async throws(Problem) -> HTTPResponse {
        let fields = try JSONFields(call.body)
        try fields.finish()
        return try await answer(.withdraw, call)
    }

    private func approveDisputeDecision(_ call: PersonCall) async throws(Problem) -> HTTPResponse {
        var fields = try JSONFields(call.body)
        return try await answer(.approve(fields.approvedProposal()), call)
    }

    private func answer(_ move: DecideDispute.Move, _ call: PersonCall) async throws(Problem) -> HTTPResponse {
        let command = DecideDispute(dispute: DisputeID(call.parameters.id("disputeId")), move: move)
        let (reply, _) = try await submit(Submission(caller: .person(call.person), command: .decideDispute(command)))
        guard case .dispute(let dispute) = reply else { unexpected(reply) }
        return .json(JSON(deciding: dispute))
    }
}

extension Schema {
    /// What `proposeDisputeDecision` reads.
    static let disputeProposalRequest = request([
        "decision": .words(Dispute.Decision.allCases.map(\.name)),
        "note": .text(1...DisputeEvent.longestNote, "The shop shows no receipt."),
    ])
    .named("DisputeProposalRequest", "How a dispute shall end; both banks read the note once it is approved.")

    /// A dispute that two persons have decided for the bank that opened it.
    fileprivate static let endedDispute = decidedDispute.telling([
        "state": .string(Dispute.State.accepted.name), "turn": .null, "dueAt": .null,
        "refundId": .string(ExampleID.refund), "proposal": disputeProposal.example, "approver": "dara",
    ])
}
