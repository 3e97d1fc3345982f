import KizunaMoney
import KizunaPayments
import KizunaSwitch

/// Cases about payments on which the two banks do not agree (`flows.md` 7).
extension Desk {
    var disputeRoutes: [Route] {
        [
            Route(
                .post,
                "/v1/payments/{paymentId:id}/disputes",
                name: "openDispute",
                chapter: .disputes,
                summary: "Opens a case about a payment of the caller's.",
                body: .json(.disputeRequest),
                answers: .created(.dispute, "The case; the other bank is told.").located,
                refusals: .ofAmount + [.disputeNotPossible, .duplicate, .participantOffline],
                idempotency: .kept(.openDispute),
                handler: .participant(openDispute)
            ),
            Route(
                .get,
                "/v1/payments/{paymentId:id}/disputes",
                name: "listDisputesOfPayment",
                chapter: .disputes,
                summary: "Lists the disputes about a payment.",
                answers: .ok(.items(of: .dispute), "The disputes."),
                handler: .participant(listDisputesOfPayment)
            ),
            Route(
                .get,
                "/v1/disputes",
                name: "listDisputes",
                chapter: .disputes,
                summary: "Lists the disputes that the caller is a side of, a page at a time.",
                query: PageQuery<Dispute>.parameters + [
                    QueryParameter(
                        name: "state",
                        summary: "Only those in this state, such as OPENED.",
                        schema: .words(Dispute.State.allCases.map(\.name))
                    )
                ],
                answers: .ok(.page(of: .dispute), "A page of disputes."),
                handler: .participant(listDisputes)
            ),
            Route(
                .get,
                "/v1/disputes/{disputeId:id}",
                name: "getDispute",
                chapter: .disputes,
                summary: "Shows a case with its history and its files.",
                answers: .ok(.disputeCase, "The case."),
                handler: .participant(getDispute)
            ),
            Route(
                .post,
                "/v1/disputes/{disputeId:id}/actions",
                name: "actOnDispute",
                chapter: .disputes,
                summary:
                    "Accepts, rejects, escalates or withdraws a dispute, or asks for evidence; tells the entry made.",
                body: .json(.disputeAction),
                answers: .created(.evidenceAsked, "The entry in the case's history."),
                refusals: [.disputeNotPossible, .refundNotPossible, .participantOffline, .liquidity],
                idempotency: .kept(.actOnDispute),
                handler: .participant(actOnDispute)
            ),
        ] + evidenceRoutes
    }

    // MARK: Doing

    private func openDispute(_ call: ParticipantCall) async throws(Problem) -> HTTPResponse {
        var fields = try JSONFields(call.body)
        let reason: Dispute.Reason = try fields.choice("reason")
        let amount = try fields.optionalMoney("amount")
        let note = try fields.optionalString("note", maximum: DisputeEvent.longestNote)
        try fields.finish()
        let payment = PaymentID(call.parameters.id("paymentId"))
        let command = OpenDispute(payment: payment, reason: reason, amount: amount, note: note)
        let (reply, isReplay) = try await submit(.openDispute(command), for: call)
        guard case .dispute(let dispute) = reply else { unexpected(reply) }
        return .json(JSON(dispute), status: 201, location: "/v1/disputes/\(dispute.id)", isReplay: isReplay)
    }

    private func actOnDispute(_ call: ParticipantCall) async throws(Problem) -> HTTPResponse {
        var fields = try JSONFields(call.body)
        let action: DisputeVerb = try fields.choice("action")
        let note = try fields.optionalString("note", maximum: DisputeEvent.longestNote)
        try fields.finish()
        let dispute = DisputeID(call.parameters.id("disputeId"))
        let command = ActOnDispute(dispute: dispute, action: action.action, note: note)
        let (reply, isReplay) = try await submit(.actOnDispute(command), for: call)
        guard case .disputeEvent(let event) = reply else { unexpected(reply) }
        return .json(JSON(event), status: 201, isReplay: isReplay)
    }

    // MARK: Asking

    private func listDisputesOfPayment(_ call: ParticipantCall) async throws(Problem) -> HTTPResponse {
        let payment = try self.payment(of: call)
        guard call.participant == payment.issuer || call.participant == payment.acquirer else {
            throw .notFound("Disputes are between the payer's bank and the shop's.")
        }
        let disputes = try read { reader throws(StoreError) in try reader.disputes(of: payment.id) }
        return .json(["items": .array(disputes.map { JSON($0) })])
    }

    private func listDisputes(_ call: ParticipantCall) async throws(Problem) -> HTTPResponse {
        let page = try PageQuery<Dispute>(call.query)
        let state = try call.query.choice("state", among: Dispute.State.allCases, by: \.name)
        let found = try read { reader throws(StoreError) in
            try reader.disputes(of: call.participant, in: state, after: page.last, limit: page.limit + 1)
        }
        return page.response(found, id: \.id) { JSON($0) }
    }

    private func getDispute(_ call: ParticipantCall) async throws(Problem) -> HTTPResponse {
        let dispute = try self.dispute(of: call)
        let (events, evidence) = try read { reader throws(StoreError) in
            (try reader.events(of: dispute.id), try reader.evidence(of: dispute.id))
        }
        return .json(JSON(dispute, events, evidence))
    }

    /// The dispute that the path names, if the caller is a side of it.
    func dispute(of call: ParticipantCall) throws(Problem) -> Dispute {
        let id = DisputeID(call.parameters.id("disputeId"))
        let dispute = try read { reader throws(StoreError) in try reader.dispute(id) }
        guard let dispute, dispute.side(of: call.participant) != nil else {
            throw .notFound("No such dispute of yours.")
        }
        return dispute
    }
}

/// What a bank may do with a case, as it says it.
private enum DisputeVerb: String, CaseIterable {
    case accept = "ACCEPT"
    case reject = "REJECT"
    case askForEvidence = "ASK_FOR_EVIDENCE"
    case completeEvidence = "COMPLETE_EVIDENCE"
    case escalate = "ESCALATE"
    case withdraw = "WITHDRAW"

    var action: DisputeMachine.Action {
        switch self {
        case .accept: .accepted
        case .reject: .rejected
        case .askForEvidence: .evidenceAsked
        case .completeEvidence: .evidenceComplete
        case .escalate: .escalated
        case .withdraw: .withdrawn
        }
    }
}

extension Schema {
    /// An entry that answers the example of what is done.
    fileprivate static let evidenceAsked = disputeEvent.telling([
        "number": 2, "action": .string(DisputeMachine.Action.evidenceAsked.name), "by": "naniwa-acquiring",
        "state": .string(Dispute.State.awaitingEvidence.name), "note": "Which day was it?",
    ])

    /// What `openDispute` reads.
    static let disputeRequest = request([
        "reason": .words(Dispute.Reason.allCases, .notReceived),
        "amount": .payable("1480", .jpy).optional.saying("All that is left, unless said."),
        "note": .text(1...DisputeEvent.longestNote, "The goods have not come.").optional,
    ])
    .named("DisputeRequest", "A case to open.")

    /// What `actOnDispute` reads.
    static let disputeAction = request([
        "action": .words(DisputeVerb.allCases, .askForEvidence),
        "note": .text(1...DisputeEvent.longestNote, "Which day was it?").optional,
    ])
    .named("DisputeAction", "What a bank does with a case.")
}
