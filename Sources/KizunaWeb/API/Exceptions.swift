import KizunaLedger
import KizunaPayments
import KizunaSwitch

/// Payments that people decide about, two for each decision (`flows.md` 4.6).
///
/// Every operation here comes out the same when it is repeated, so that no first answer has to be kept.
extension Desk {
    var exceptionRoutes: [Route] {
        [
            Route(
                .get,
                "/v1/operations/exceptions",
                name: "listExceptions",
                chapter: .operations,
                summary: "Lists the payments that people were called to and have not decided about.",
                query: PageQuery<Payment>.parameters,
                answers: .ok(.page(of: .exceptionCase), "A page of payments."),
                handler: .person(listExceptions)
            ),
            Route(
                .get,
                "/v1/operations/exceptions/{paymentId:id}",
                name: "getException",
                chapter: .operations,
                summary: "Shows why people were called to a payment, what is proposed and what was decided.",
                answers: .ok(.exceptionCase, "The case."),
                handler: .person(getException)
            ),
            Route(
                .post,
                "/v1/operations/exceptions/{paymentId:id}/proposals",
                name: "proposeDecision",
                chapter: .operations,
                summary: "Proposes to honour or to reverse a payment, in place of what was proposed before.",
                body: .json(.proposalRequest),
                answers: .ok(
                    .exceptionCase.telling(["proposal": Schema.proposal.example]),
                    "The case with the proposal."
                ),
                refusals: [.decisionNotPossible],
                idempotency: .needed,
                handler: .person(proposeDecision)
            ).needing(.operator),
            Route(
                .post,
                "/v1/operations/exceptions/{paymentId:id}/withdrawals",
                name: "withdrawProposal",
                chapter: .operations,
                summary: "Takes the caller's own proposal back.",
                body: .json(.empty),
                answers: .ok(.exceptionCase, "The case without the proposal."),
                refusals: [.decisionNotPossible],
                idempotency: .needed,
                handler: .person(withdrawProposal)
            ).needing(.operator),
            Route(
                .post,
                "/v1/operations/exceptions/{paymentId:id}/approvals",
                name: "approveProposal",
                chapter: .operations,
                summary: "Approves another person's proposal, and does what it says.",
                body: .json(.approval),
                answers: .ok(.closedExceptionCase, "The case, closed."),
                refusals: [.decisionNotPossible, .duplicate, .liquidity],
                idempotency: .needed,
                handler: .person(approveProposal)
            ).needing(.approver),
        ]
    }

    // MARK: Looking

    private func listExceptions(_ call: PersonCall) async throws(Problem) -> HTTPResponse {
        let page = try PageQuery<Payment>(call.query)
        var cases: [PaymentID: ExceptionCase] = [:]
        let found = try read { reader throws(StoreError) in
            var found: [Payment] = []
            for opened in try reader.openExceptionCases(after: page.last, limit: page.limit + 1) {
                guard let payment = try reader.payment(opened.payment) else { continue }
                cases[payment.id] = opened
                found.append(payment)
            }
            return found
        }
        return page.response(found, id: \.id) { payment in
            cases[payment.id].map { JSON($0, of: payment) } ?? .null
        }
    }

    private func getException(_ call: PersonCall) async throws(Problem) -> HTTPResponse {
        let id = PaymentID(call.parameters.id("paymentId"))
        let (opened, payment) = try read { reader throws(StoreError) in
            (try reader.exceptionCase(of: id), try reader.payment(id))
        }
        guard let opened, let payment else { throw .notFound("Nobody has been called to a payment with this id.") }
        return .json(JSON(opened, of: payment))
    }

    // MARK: Deciding

    private func proposeDecision(_ call: PersonCall) async throws(Problem) -> HTTPResponse {
        var fields = try JSONFields(call.body)
        let decision = try fields.choice("decision", among: ExceptionCase.Decision.allCases, by: \.name)
        let note = try fields.string("note", maximum: ExceptionCase.longestNote)
        try fields.finish()
        let payment = PaymentID(call.parameters.id("paymentId"))
        return try await answer(
            .proposeDecision(ProposeDecision(payment: payment, decision: decision, note: note)),
            call
        )
    }

    private func withdrawProposal(_ call: PersonCall) async throws(Problem) -> HTTPResponse {
        let fields = try JSONFields(call.body)
        try fields.finish()
        return try await answer(.withdrawProposal(payment: PaymentID(call.parameters.id("paymentId"))), call)
    }

    private func approveProposal(_ call: PersonCall) async throws(Problem) -> HTTPResponse {
        var fields = try JSONFields(call.body)
        let proposal = try fields.approvedProposal()
        let payment = PaymentID(call.parameters.id("paymentId"))
        return try await answer(.approveProposal(ApproveProposal(payment: payment, proposal: proposal)), call)
    }

    private func answer(_ command: Command, _ call: PersonCall) async throws(Problem) -> HTTPResponse {
        let (reply, _) = try await submit(Submission(caller: .person(call.person), command: command))
        guard case .exceptionCase(let opened, let payment) = reply else { unexpected(reply) }
        return .json(JSON(opened, of: payment))
    }
}

extension Schema {
    /// What `proposeDecision` reads.
    static let proposalRequest = request([
        "decision": .words(ExceptionCase.Decision.allCases.map(\.name)),
        "note": .text(1...ExceptionCase.longestNote, "The shop's bank confirms by letter."),
    ])
    .named("ProposalRequest", "A decision to propose.")
}
