import KizunaLedger
package import KizunaMoney
import KizunaPayments
import KizunaSwitch
package import KizunaWeb

/// A simulated issuer that pays whatever it is told to, each time for another payer.
///
/// It remembers nothing: what makes a repeat harmless is that the same order asks the switch under the same keys.
package struct SandboxWallet: Sendable {
    private let client: SwitchClient
    private let issuer: String
    private let currency: Currency

    /// - Parameters:
    ///   - client: its way to the switch.
    ///   - issuer: its id there.
    ///   - currency: what its payers have.
    package init(_ client: SwitchClient, issuer: String, currency: Currency) {
        self.client = client
        self.issuer = issuer
        self.currency = currency
    }

    /// Scans, asks for the price, and pays.
    package func pay(_ order: SandboxOrder) async throws(SwitchProblem) -> JSON {
        let resolution = try await ask("/v1/resolutions", ["payload": .string(order.payload)], "resolve", order)
        guard resolution.text(at: "merchant", "acquirer") == order.acquirer.description else {
            throw SwitchProblem(status: 404, code: "merchant_not_found", detail: "This code is no shop's of yours.")
        }
        let wanted: JSON = ["resolutionId": resolution["id"] ?? .null, "payerCurrency": .string(currency.code)]
        let typed = order.amount.map { [JSON.Member(name: "amount", value: JSON($0))] } ?? []
        let quote = try await ask("/v1/quotes", wanted.adding(typed), "quote", order)
        let payment = try await ask("/v1/payments", submission(of: quote, order), "pay", order)
        return [
            "paymentId": payment["id"] ?? .null, "uetr": payment["uetr"] ?? .null, "state": payment["state"] ?? .null,
            "merchantAmount": payment["merchantAmount"] ?? .null, "payerDebit": quote["payerDebit"] ?? .null,
            "wallet": .string(issuer),
        ]
    }

    private func ask(
        _ path: String,
        _ body: JSON,
        _ step: String,
        _ order: SandboxOrder
    ) async throws(SwitchProblem) -> JSON {
        try await client.post(path, body, idempotencyKey: "\(order.id)-\(step)")
    }

    private func submission(of quote: JSON, _ order: SandboxOrder) -> JSON {
        [
            "quoteId": quote["id"] ?? .null,
            "uetr": .string(order.uetr.description),
            "merchantAmount": quote["merchantAmount"] ?? .null,
            "payerDebit": quote["payerDebit"] ?? .null,
            // A new payer each time, since each may pay so much a day.
            "payer": ["name": "Sandbox Payer", "account": .string(order.id.compact)],
        ]
    }
}

extension SandboxOrder {
    /// The payment's UETR: a UUID of version 4 that is the same for the same order.
    fileprivate var uetr: UniqueID {
        UniqueID(
            high: id.high & 0xFFFF_FFFF_FFFF_0FFF | 0x4000,
            low: id.low & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000
        )
    }
}

/// Where a simulated issuer is told how payments ended: it takes everything, since it keeps no accounts.
package struct SandboxMailbox: HTTPHandler {
    package init() {}

    package func respond(to request: HTTPRequest) async -> HTTPResponse { HTTPResponse(status: 204) }
}
