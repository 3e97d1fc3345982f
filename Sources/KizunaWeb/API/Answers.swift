import KizunaPayments
import KizunaSwitch

/// A shop's bank that answers a credit request by a call of its own (`flows.md` 4.1, step 10).
extension Desk {
    var answerRoutes: [Route] {
        [
            Route(
                .post,
                "/v1/payments/{paymentId:id}/answer",
                name: "answerPayment",
                chapter: .answering,
                summary: "Accepts or rejects a payment to a shop of the caller's; tells the decision.",
                body: .json(.paymentAnswer),
                answers: .ok(
                    .payment.telling(["state": "COMPLETED", "outcome": "success"]),
                    "The payment, and thereby the decision."
                ),
                refusals: [.answerNotPossible, .duplicate],
                idempotency: .needed,
                handler: .participant(answerPayment)
            ),
            Route(
                .post,
                "/v1/payments/{paymentId:id}/reversal-answer",
                name: "answerReversal",
                chapter: .answering,
                summary: "Confirms or refuses the reversal of a payment that the switch has asked the caller for.",
                body: .json(.reversalAnswer),
                answers: .ok(
                    .payment.telling([
                        "state": "REVERSED", "outcome": "failure", "reason": Schema.rejection.example,
                    ]),
                    "The payment."
                ),
                refusals: [.answerNotPossible],
                idempotency: .needed,
                handler: .participant(answerReversal)
            ),
        ]
    }

    private func answerPayment(_ call: ParticipantCall) async throws(Problem) -> HTTPResponse {
        var fields = try JSONFields(call.body)
        let outcome = try fields.answer()
        try fields.finish()
        return try await take(outcome, from: call)
    }

    private func answerReversal(_ call: ParticipantCall) async throws(Problem) -> HTTPResponse {
        var fields = try JSONFields(call.body)
        let outcome = try fields.reversalAnswer()
        try fields.finish()
        return try await take(outcome, from: call)
    }

    private func take(_ outcome: DeliveryOutcome, from call: ParticipantCall) async throws(Problem) -> HTTPResponse {
        let id = PaymentID(call.parameters.id("paymentId"))
        let (reply, _) = try await submit(.destinationAnswered(payment: id, outcome), for: call)
        guard case .payment(let payment) = reply else { unexpected(reply) }
        return .json(JSON(payment))
    }
}

extension JSONFields {
    fileprivate mutating func answer() throws(Problem) -> DeliveryOutcome {
        let status = try string("status", maximum: 16)
        let reason = try optionalString("reason", maximum: 64)
        switch status {
        case "ACCEPTED":
            guard reason == nil else { throw invalid("reason", "belongs to REJECTED only") }
            return .accepted
        case "REJECTED":
            guard let reason else { return .refused(.technical) }
            guard let code = DestinationReason.code(for: reason) else {
                throw invalid("reason", "must be one of \(DestinationReason.names)")
            }
            return .refused(code)
        default:
            throw invalid("status", "must be ACCEPTED or REJECTED")
        }
    }

    fileprivate mutating func reversalAnswer() throws(Problem) -> DeliveryOutcome {
        let status = try string("status", maximum: 16)
        let reason = try optionalString("reason", maximum: 4)
        switch status {
        case "CANCELLED":
            guard reason == nil else { throw invalid("reason", "belongs to REFUSED only") }
            return .cancelled
        case "REFUSED":
            guard let refusal = reason.flatMap({ ReversalRefusal(rawValue: $0) }) else {
                let codes = ReversalRefusal.allCases.map(\.rawValue).sorted()
                throw invalid("reason", "must be one of \(codes.joined(separator: ", "))")
            }
            return .cancellationRefused(refusal)
        default:
            throw invalid("status", "must be CANCELLED or REFUSED")
        }
    }
}

extension Schema {
    /// What ``JSONFields/answer()`` reads.
    static let paymentAnswer = choice([
        request(["status": .words(["ACCEPTED"])]),
        request([
            "status": .words(["REJECTED"]),
            "reason": .words(DestinationReason.texts, RefusalCode.merchantClosed.rawValue).optional
                .saying("One of Kizuna's codes, or a reason of ISO 20022."),
        ]),
    ])
    .named("PaymentAnswer", "What the shop's bank says to a credit request.")

    /// What ``JSONFields/reversalAnswer()`` reads.
    static let reversalAnswer = choice([
        request(["status": .words(["CANCELLED"])]),
        request(["status": .words(["REFUSED"]), "reason": .words(ReversalRefusal.allCases, .customerDecision)]),
    ])
    .named("ReversalAnswer", "What the shop's bank says to a reversal request.")
}
