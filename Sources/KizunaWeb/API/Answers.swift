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
                summary: "Accepts or rejects a payment to a shop of the caller's; tells the decision.",
                idempotency: .needed,
                handler: .participant(answerPayment)
            )
        ]
    }

    private func answerPayment(_ call: ParticipantCall) async throws(Problem) -> HTTPResponse {
        let id = PaymentID(call.parameters.id("paymentId"))
        var fields = try JSONFields(call.body)
        let outcome = try fields.answer()
        try fields.finish()
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
}
