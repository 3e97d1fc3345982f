import KizunaMoney
import KizunaPayments
import KizunaSwitch

/// Money back from a shop, at the original rate (`flows.md` 6.4, 7).
extension Desk {
    var refundRoutes: [Route] {
        [
            Route(
                .post,
                "/v1/payments/{paymentId:id}/refunds",
                name: "createRefund",
                chapter: .refunds,
                summary: "Refunds a payment to a shop of the caller's, in full or in part.",
                body: .json(.refundRequest),
                answers: .created(.refund, "The refund; the money has moved."),
                refusals: .ofAmount + [.refundNotPossible, .uetrUsed, .liquidity],
                idempotency: .kept(.refund),
                handler: .participant(createRefund)
            ),
            Route(
                .get,
                "/v1/payments/{paymentId:id}/refunds",
                name: "listRefunds",
                chapter: .refunds,
                summary: "Lists a payment's refunds.",
                answers: .ok(.items(of: .refund), "The refunds, the oldest first."),
                handler: .participant(listRefunds)
            ),
        ]
    }

    private func createRefund(_ call: ParticipantCall) async throws(Problem) -> HTTPResponse {
        var fields = try JSONFields(call.body)
        let uetr = try fields.uetr("uetr")
        let amount = try fields.optionalMoney("amount")
        let reason = try fields.choice("reason", among: Refund.Reason.ofShops)
        try fields.finish()
        let payment = PaymentID(call.parameters.id("paymentId"))
        let command = RequestRefund(payment: payment, uetr: uetr, amount: amount, reason: reason)
        let (reply, isReplay) = try await submit(.refund(command), for: call)
        guard case .refund(let refund) = reply else { unexpected(reply) }
        return .json(JSON(refund), status: 201, isReplay: isReplay)
    }

    private func listRefunds(_ call: ParticipantCall) async throws(Problem) -> HTTPResponse {
        let payment = try self.payment(of: call)
        let refunds = try read { reader throws(StoreError) in try reader.refunds(of: payment.id) }
        return .json(["items": .array(refunds.map { JSON($0) })])
    }
}

extension Schema {
    /// What `createRefund` reads.
    static let refundRequest = request([
        "uetr": .newUETR.showing(.string(ExampleID.refundUETR)),
        "amount": .payable("500", .jpy).optional.saying("All that is left, unless said."),
        "reason": .words(Refund.Reason.ofShops, .customerRequest),
    ])
    .named("RefundRequest", "Money to give back.")
}
