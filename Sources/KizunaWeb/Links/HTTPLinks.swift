import KizunaLedger
import KizunaMoney
import KizunaPayments
package import KizunaSwitch

/// Takes messages to the participants' own servers over HTTP, as signed JSON, and makes sense of the answers.
package struct HTTPLinks: Links {
    private let client: any HTTPClient
    private let signer: any MessageSigner
    private let clock: any Clock

    package init(client: any HTTPClient, signer: any MessageSigner, clock: any Clock) {
        self.client = client
        self.signer = signer
        self.clock = clock
    }

    package func deliver(_ delivery: Delivery, timeout: Duration) async -> DeliveryOutcome {
        guard let endpoint = delivery.destination.endpoint, let body = delivery.body?.encoded else { return .noAnswer }
        let url = endpoint.trimmingSlashes + delivery.message.kind.path
        let response: HTTPResponse
        do throws(HTTPClientError) {
            response = try await client.send(
                "POST",
                url,
                headers: headers(of: delivery, body),
                body: body,
                timeout: timeout
            )
        } catch {
            // Whatever happened on the way: whether the other side acted is not known, and it is asked again.
            return .noAnswer
        }
        return DeliveryAnswer.outcome(of: response, to: delivery.message.kind)
    }

    private func headers(of delivery: Delivery, _ body: [UInt8]) -> HTTPHeaders {
        let id = delivery.message.id.description
        let seconds = clock.now().milliseconds / 1_000
        let signature = signer.signature(id: id, timestampSeconds: seconds, body: body, for: delivery.destination.id)
        return [
            "Content-Type": "application/json",
            "webhook-id": id,
            "webhook-timestamp": String(seconds),
            "webhook-signature": signature,
            "traceparent": delivery.traceparent,
        ]
    }
}

extension OutboxMessage.Kind {
    /// Where a participant takes this kind of message, behind its endpoint.
    package var path: String {
        switch self {
        case .creditRequest: "/credit-requests"
        case .creditDecision: "/credit-decisions"
        case .paymentUpdate: "/payment-updates"
        case .refundNotice: "/refund-notices"
        case .statusQuery: "/status-queries"
        case .reversalRequest: "/reversal-requests"
        case .recallRequest: "/recall-requests"
        case .recallUpdate: "/recall-updates"
        case .disputeUpdate: "/dispute-updates"
        }
    }
}

extension Delivery {
    /// W3C Trace Context: all messages about one payment share its id as their trace, each is a span of its own.
    fileprivate var traceparent: String { "00-\(payment.id.value.compact)-\(message.id.compact.suffix(16))-01" }
}

extension String {
    fileprivate var trimmingSlashes: String {
        var text = self
        while text.hasSuffix("/") { text.removeLast() }
        return text
    }
}
