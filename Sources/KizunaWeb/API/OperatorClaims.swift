import KizunaPayments
import KizunaSwitch

/// Recalls and disputes at the operator's desk: all of them, with their files, and the decision on a dispute that the
/// banks could not settle (`flows.md` 7).
extension Desk {
    var operatorClaimRoutes: [Route] {
        [
            Route(
                .get,
                "/v1/operations/recalls",
                name: "listAllRecalls",
                chapter: .operations,
                summary: "Lists everybody's recalls, a page at a time.",
                query: PageQuery<Recall>.parameters + [
                    QueryParameter(
                        name: "state",
                        summary: "Only those in this state, such as LAPSED.",
                        schema: .words(Recall.State.allCases.map(\.name))
                    )
                ],
                answers: .ok(.page(of: .recall), "A page of recalls."),
                handler: .person(listAllRecalls)
            ),
            Route(
                .get,
                "/v1/operations/disputes",
                name: "listAllDisputes",
                chapter: .operations,
                summary: "Lists everybody's disputes, a page at a time.",
                query: PageQuery<Dispute>.parameters + [
                    QueryParameter(
                        name: "state",
                        summary: "Only those in this state, such as ESCALATED.",
                        schema: .words(Dispute.State.allCases.map(\.name))
                    )
                ],
                answers: .ok(.page(of: .dispute), "A page of disputes."),
                handler: .person(listAllDisputes)
            ),
            Route(
                .get,
                "/v1/operations/disputes/{disputeId:id}",
                name: "getAnyDispute",
                chapter: .operations,
                summary: "Shows a case with its history and its files.",
                answers: .ok(.disputeCase, "The case."),
                handler: .person(getAnyDispute)
            ),
            Route(
                .get,
                "/v1/operations/disputes/{disputeId:id}/evidence/{evidenceId:id}",
                name: "getAnyEvidence",
                chapter: .operations,
                summary: "Hands out a file of a case.",
                answers: .file,
                handler: .person(getAnyEvidence)
            ),
            Route(
                .post,
                "/v1/operations/disputes/{disputeId:id}/decision",
                name: "decideDispute",
                chapter: .operations,
                summary: "Decides an escalated dispute for or against the bank that opened it; tells the entry made.",
                body: .json(.disputeDecision),
                answers: .ok(
                    .disputeUpheld,
                    "The entry in the case's history."
                ),
                refusals: [.disputeNotPossible, .refundNotPossible, .liquidity],
                idempotency: .needed,
                handler: .person(decideDispute)
            ),
        ]
    }

    private func listAllRecalls(_ call: PersonCall) async throws(Problem) -> HTTPResponse {
        let page = try PageQuery<Recall>(call.query)
        let state = try call.query.choice("state", among: Recall.State.allCases, by: \.name)
        let found = try read { reader throws(StoreError) in
            try reader.recalls(of: nil, in: state, after: page.last, limit: page.limit + 1)
        }
        return page.response(found, id: \.id) { JSON($0) }
    }

    private func listAllDisputes(_ call: PersonCall) async throws(Problem) -> HTTPResponse {
        let page = try PageQuery<Dispute>(call.query)
        let state = try call.query.choice("state", among: Dispute.State.allCases, by: \.name)
        let found = try read { reader throws(StoreError) in
            try reader.disputes(of: nil, in: state, after: page.last, limit: page.limit + 1)
        }
        return page.response(found, id: \.id) { JSON($0) }
    }

    private func getAnyDispute(_ call: PersonCall) async throws(Problem) -> HTTPResponse {
        let id = DisputeID(call.parameters.id("disputeId"))
        let found = try read { reader throws(StoreError) in
            (dispute: try reader.dispute(id), events: try reader.events(of: id), evidence: try reader.evidence(of: id))
        }
        guard let dispute = found.dispute else { throw .notFound("No such dispute.") }
        return .json(JSON(dispute, found.events, found.evidence))
    }

    private func getAnyEvidence(_ call: PersonCall) async throws(Problem) -> HTTPResponse {
        try evidence(EvidenceID(call.parameters.id("evidenceId")), of: DisputeID(call.parameters.id("disputeId")))
    }

    private func decideDispute(_ call: PersonCall) async throws(Problem) -> HTTPResponse {
        var fields = try JSONFields(call.body)
        let decision: DisputeDecision = try fields.choice("decision")
        let note = try fields.optionalString("note", maximum: DisputeEvent.longestNote)
        try fields.finish()
        let dispute = DisputeID(call.parameters.id("disputeId"))
        let command = Command.actOnDispute(ActOnDispute(dispute: dispute, action: decision.action, note: note))
        let (reply, _) = try await submit(Submission(caller: .person(call.person), command: command))
        guard case .disputeEvent(let event) = reply else { unexpected(reply) }
        return .json(JSON(event))
    }
}

/// How an operator ends a dispute.
private enum DisputeDecision: String, CaseIterable {
    case uphold = "UPHOLD"
    case dismiss = "DISMISS"

    var action: DisputeMachine.Action {
        switch self {
        case .uphold: .upheld
        case .dismiss: .dismissed
        }
    }
}

extension Schema {
    /// An entry that answers the example of a decision.
    fileprivate static let disputeUpheld = disputeEvent.telling([
        "number": 7, "action": .string(DisputeMachine.Action.upheld.name), "by": "operations/sokha",
        "state": .string(Dispute.State.accepted.name), "note": "The shop shows no receipt.",
    ])

    /// What `decideDispute` reads.
    static let disputeDecision = request([
        "decision": .words(DisputeDecision.allCases),
        "note": .text(1...DisputeEvent.longestNote, "The shop shows no receipt.").optional,
    ])
    .named("DisputeDecision", "How an operator ends a dispute.")
}
