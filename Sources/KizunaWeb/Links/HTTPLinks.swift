import KizunaLedger
import KizunaMoney
import KizunaPayments
package import KizunaSwitch

/// Takes messages to the participants' own servers over HTTP, as signed JSON, and makes sense of the answers.
package struct HTTPLinks: Links {
    private let client: any HTTPClient
    private let signer: any MessageSigner
    private let clock: any Clock
    private let log: any EventLog

    package init(
        client: any HTTPClient,
        signer: any MessageSigner,
        clock: any Clock,
        log: any EventLog = NoLog()
    ) {
        self.log = log
        self.client = client
        self.signer = signer
        self.clock = clock
    }

    package func deliver(
        _ delivery: Delivery,
        timeout: Duration,
        answer: @escaping @Sendable (DeliveryOutcome) -> Void
    ) {
        Task {
            let began = ContinuousClock.now
            let outcome = await deliver(delivery, timeout: timeout)
            log.note(.delivery(delivery, outcome, took: began.duration(to: .now)))
            answer(outcome)
        }
    }

    /// Delivers one message and waits for the answer.
    package func deliver(_ delivery: Delivery, timeout: Duration) async -> DeliveryOutcome {
        let message = delivery.message
        guard let endpoint = delivery.destination.endpoint, let path = message.kind.path,
            let body = delivery.body?.encoded
        else { return .noAnswer }
        let seconds = nowSeconds
        let id = message.id.description
        let signature = signer.signature(id: id, timestampSeconds: seconds, body: body, for: delivery.destination.id)
        var headers = headers(id: id, seconds, signature)
        headers.add("traceparent", delivery.traceparent)
        guard let response = await post(endpoint.trimmingSlashes + path, headers, body, timeout) else {
            return .noAnswer
        }
        return DeliveryAnswer.outcome(of: response, to: message.kind)
    }

    package func announce(
        _ announcement: Announcement,
        timeout: Duration,
        answer: @escaping @Sendable (Int?) -> Void
    ) {
        Task { answer(await announce(announcement, timeout: timeout)) }
    }

    /// Tells a webhook of an event and waits for the status of its answer.
    package func announce(_ announcement: Announcement, timeout: Duration) async -> Int? {
        guard let body = announcement.body?.encoded else { return nil }
        let seconds = nowSeconds
        let id = announcement.id.description
        let numbers = announcement.webhook.secretNumbers(at: clock.now())
        let signatures = numbers.map { number in
            let secret = SigningSecret(of: announcement.webhook, number: number, participant: announcement.participant)
            return signer.signature(id: id, timestampSeconds: seconds, body: body, with: secret)
        }
        var headers = headers(id: id, seconds, signatures.joined(separator: " "))
        if let delivery = announcement.delivery { headers.add("traceparent", delivery.traceparent) }
        return await post(announcement.webhook.url, headers, body, timeout)?.status
    }

    private var nowSeconds: Int64 { clock.now().milliseconds / 1_000 }

    private func headers(id: String, _ seconds: Int64, _ signature: String) -> HTTPHeaders {
        [
            "Content-Type": "application/json",
            "webhook-id": id,
            "webhook-timestamp": String(seconds),
            "webhook-signature": signature,
        ]
    }

    /// - Returns: `nil` whatever happened on the way: whether the other side acted is not known, and it is asked again.
    private func post(
        _ url: String,
        _ headers: HTTPHeaders,
        _ body: [UInt8],
        _ timeout: Duration
    ) async -> HTTPResponse? {
        do throws(HTTPClientError) {
            return try await client.send("POST", url, headers: headers, body: body, timeout: timeout)
        } catch {
            return nil
        }
    }
}

extension Announcement {
    /// The payload of Standard Webhooks: `{"type": …, "timestamp": …, "data": …}`; `nil` for an event about nothing,
    /// which is a defect.
    package var body: JSON? {
        guard let event else { return ["type": "ping", "timestamp": JSON(at), "data": .object([])] }
        return delivery?.data(of: event).map {
            ["type": .string(event.name), "timestamp": JSON(at), "data": $0]
        }
    }
}

extension Webhook.Event {
    package var name: String {
        switch self {
        case .paymentUpdated: "payment.updated"
        case .paymentDecided: "payment.decided"
        case .refundCreated: "refund.created"
        case .merchantPaid: "merchant.paid"
        case .merchantRefunded: "merchant.refunded"
        }
    }
}

extension OutboxMessage.Kind {
    /// Where a participant takes this kind of message, behind its endpoint; `nil` for events, which go to a webhook's
    /// own address.
    package var path: String? {
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
        case .event: nil
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
