import KizunaCertification
import KizunaMoney
import KizunaPayments
import KizunaWeb

@testable import KizunaCommands

/// What can be wrong with a payers' bank and with a shop's software.
extension Defect {
    static let payments: [Defect] = [
        refusing("payment.success", .issuer) { $0.state == "COMPLETED" },
        refusing("payment.failure", .issuer) { $0.state == "REJECTED" },
        refusing("payment.unknown", .issuer) { $0.state == "UNKNOWN" },
        refusing("payment.every-state", .issuer) { $0.state == "EXCEPTION" },
        refusing("payment.every-reason", .issuer) { $0.body?.text(at: "reason", "code") == "liquidity" },
        refusing("payment.state-of-tomorrow", .issuer) { $0.state == "SCHEDULED" },
        forgetful("payment.repeated", .issuer, saying: .status(409)) {
            $0.path == "/payment-updates" ? $0.subject : nil
        },
        Defect("payment.backwards", .issuer) {
            let memory = Memory()
            return { request, bank in
                let message = Message(request)
                if message.state == "COMPLETED" { _ = memory.count(message.subject) }
                let isBackwards = message.state == "SENT" && memory.has(message.subject)
                return isBackwards ? .status(409) : await bank.signed.respond(to: request)
            }
        },
        refusing("payment.smallest", .issuer, in: .cambodia) { $0.amount == "1" },
        refusing("payment.largest", .issuer) { $0.amount == "2000.00" },
        alone("payment.many-at-once", .issuer),
    ]

    static let refunds: [Defect] = [
        refusing("refund.part", .issuer) { $0.isRefund },
        refusing("refund.rest", .issuer) { $0.isRefund && $0.body?.text(at: "paymentState") == "REFUNDED" },
        forgetful("refund.repeated", .issuer, saying: .status(409)) { $0.isRefund ? $0.body?.text(at: "id") : nil },
        refusing("refund.two-parts-backwards", .issuer) { $0.isRefund && $0.body?["part"] == 2 },
        Defect("refund.without-amount", .issuer) { $0.isRefund && $0.body?["payerAmount"] == nil ? .status(204) : nil },
    ]

    static let webhooks: [Defect] = [
        refusing("webhook.ping", .webhook) { $0.type == "ping" },
        refusing("webhook.every-event", .webhook) { $0.type == "merchant.refunded" },
        refusing("webhook.unknown-type", .webhook) { $0.type == "merchant.greeted" },
        // Knows the last message only, and takes an older one for a forgery.
        Defect("webhook.same-event-again", .webhook) {
            let memory = Memory()
            return { request, bank in
                memory.count(request.headers["webhook-id"] ?? "") > 0
                    ? .status(400) : await bank.signed.respond(to: request)
            }
        },
    ]

    // MARK: Kinds of them

    /// A bank that refuses what it should take.
    private static func refusing(
        _ check: String,
        _ side: Target.Side,
        in country: Country = .japan,
        _ isFooled: @escaping @Sendable (Message) -> Bool
    ) -> Defect {
        Defect(check, side, in: country) { isFooled($0) ? .status(422) : nil }
    }

    /// A bank that fails at some messages.
    static func failing(
        _ check: String,
        in country: Country = .japan,
        _ isFooled: @escaping @Sendable (Message) -> Bool
    ) -> Defect {
        Defect(check, in: country) { isFooled($0) ? .status(500) : nil }
    }

    /// A bank that answers a thing differently when it comes again.
    static func forgetful(
        _ check: String,
        _ side: Target.Side = .acquirer,
        link: Participant.LinkKind = .twoPhase,
        saying second: HTTPResponse,
        by name: @escaping @Sendable (Message) -> String?
    ) -> Defect {
        Defect(check, side, link: link) {
            let memory = Memory()
            return { request, bank in
                guard let name = name(Message(request)), memory.count(name) > 0 else {
                    return await bank.signed.respond(to: request)
                }
                return second
            }
        }
    }
}

extension Message {
    static var now: String { SystemClock().now().rfc3339 }
    var isRefund: Bool { path == "/refund-notices" }
    var type: String? { body?.text(at: "type") }
}
