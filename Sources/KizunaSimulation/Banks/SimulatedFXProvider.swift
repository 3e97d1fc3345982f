package import KizunaMoney
import KizunaWeb

/// Publishes rates before they grow stale.
package struct SimulatedFXProvider: Sendable {
    /// The market of `flows.md` 6.3: USD/KHR 4,010, USD/JPY 149.50.
    package static let market: [(payer: Currency, merchant: Currency, mid: String)] = [
        (.khr, .jpy, "26.8227424749"), (.usd, .jpy, "0.0066889632"), (.jpy, .khr, "0.0372817955"),
        (.jpy, .usd, "149.5"),
    ]
    /// Half the spread of a card, and what the examples of `flows.md` 6.3 use.
    package static let spreadBasisPoints = 50
    private static let pause = Duration.seconds(20)

    private let client: SwitchClient
    private let identities: @Sendable () -> String

    package init(client: SwitchClient, identities: @escaping @Sendable () -> String) {
        self.client = client
        self.identities = identities
    }

    package func publish() async throws(SwitchProblem) {
        let rates = SimulatedFXProvider.market.map { row -> JSON in
            [
                "payerCurrency": .string(row.payer.code), "merchantCurrency": .string(row.merchant.code),
                "mid": .string(row.mid), "spreadBasisPoints": .number(String(SimulatedFXProvider.spreadBasisPoints)),
            ]
        }
        _ = try await client.post("/v1/rates", ["rates": .array(rates)], idempotencyKey: identities())
    }

    /// Publishes until the task is cancelled; a failure is tried again soon.
    package func run() async {
        while !Task.isCancelled {
            let isPublished = (try? await publish()) != nil
            try? await Task.sleep(for: isPublished ? SimulatedFXProvider.pause : .seconds(1))
        }
    }
}
