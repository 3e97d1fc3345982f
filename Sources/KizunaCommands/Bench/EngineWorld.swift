import KizunaCrypto
import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaQR
import KizunaSwitch

/// The banks and quotes that the engine is measured with.
struct EngineWorld: Sendable {
    /// A payment that is ready to be submitted.
    struct Order: Sendable {
        let submission: Submission
    }

    private struct Pair: Sendable {
        let issuer: ParticipantID
        let resolution: ResolutionID
    }

    private static let pairCount = 64

    private let committer: GroupCommitter
    private let pairs: [Pair]

    init(committer: GroupCommitter) async throws {
        self.committer = committer
        let provider = try EngineWorld.participant("engine-fx")
        try await EngineWorld.join(provider, .japan, .fxProvider, committer)
        var pairs: [Pair] = []
        for number in 1...EngineWorld.pairCount {
            let issuer = try EngineWorld.participant("engine-issuer-\(number)")
            let acquirer = try EngineWorld.participant("engine-acquirer-\(number)")
            try await EngineWorld.join(issuer, .cambodia, .issuer, committer)
            try await EngineWorld.join(acquirer, .japan, .acquirer, committer)
            pairs.append(try await EngineWorld.open(issuer, acquirer, store: number, committer))
        }
        self.pairs = pairs
    }

    /// Quotes for so many payments.
    func orders(_ count: Int, spread: EngineBenchmark.Spread) async throws -> [Order] {
        try await publish()
        let workers = 256
        return try await withThrowingTaskGroup(of: [Order].self) { group in
            for worker in 0..<workers {
                group.addTask {
                    var orders: [Order] = []
                    for number in stride(from: worker, to: count, by: workers) {
                        orders.append(try await order(spread == .hotPair ? pairs[0] : pairs[number % pairs.count]))
                    }
                    return orders
                }
            }
            var all: [Order] = []
            for try await orders in group { all += orders }
            return all.shuffled()
        }
    }

    private func order(_ pair: Pair) async throws -> Order {
        let asked = RequestQuote(
            resolution: pair.resolution,
            payerCurrency: .khr,
            amount: Money(minorUnits: 1_980, currency: .jpy)
        )
        let reply = try await EngineWorld.succeed(.quote(asked), by: .participant(pair.issuer), committer)
        guard case .quote(let quote) = reply else { throw Refusal(.technical, "Not a quote.") }
        var random = SystemRandom()
        let uetr = UETR(.version4(using: &random))
        let command = SubmitPayment(
            quote: quote.id,
            uetr: uetr,
            merchantAmount: quote.price.merchantAmount,
            payerDebit: quote.price.payerDebit,
            // A payer of its own: limits are per payer.
            payer: PayerKey(.version4(using: &random)),
            payerName: "Chan Sokha",
            payerAccount: "001-234-567-KHR",
            acceptedAt: nil
        )
        let key = IdempotencyKey(participant: pair.issuer, operation: .submit, text: uetr.description)
        return Order(
            submission: Submission(
                caller: .participant(pair.issuer),
                command: .submit(command),
                idempotency: IdempotencyToken(key: key, fingerprint: uetr.value)
            )
        )
    }

    private func publish() async throws {
        let rate = PublishRate(
            pair: CurrencyPair(payer: .khr, merchant: .jpy),
            mid: try Rate(reference: "26.8227424749"),
            spreadBasisPoints: 50
        )
        let provider = try EngineWorld.participant("engine-fx")
        _ = try await EngineWorld.succeed(.publishRates([rate]), by: .participant(provider), committer)
    }

    private static func open(
        _ issuer: ParticipantID,
        _ acquirer: ParticipantID,
        store number: Int,
        _ committer: GroupCommitter
    ) async throws -> Pair {
        let level = String(repeating: "0", count: 6 - String(number).utf8.count) + String(number)
        let shop = RegisterMerchant(
            key: .jpqr(levels: ["0000000000001", "0001", "000001", level]),
            name: "ENGINE SHOP",
            localName: nil,
            city: "TOKYO",
            categoryCode: "5812",
            acceptsForeignPayers: true
        )
        _ = try await succeed(.registerMerchant(shop), by: .participant(acquirer), committer)
        var random = SystemRandom()
        let resolve = Resolve(payload: try code(level4: level), code: CodeDigest(.version4(using: &random)))
        let reply = try await succeed(.resolve(resolve), by: .participant(issuer), committer)
        guard case .resolution(let resolution, _) = reply else { throw Refusal(.technical, "Not a resolution.") }
        return Pair(issuer: issuer, resolution: resolution.id)
    }

    private static func join(
        _ id: ParticipantID,
        _ country: Country,
        _ roles: Participant.Roles,
        _ committer: GroupCommitter
    ) async throws {
        let participant = Participant(
            id: id,
            name: id.description,
            country: country,
            roles: roles,
            endpoint: "http://127.0.0.1:9/",
            issuerFeeBasisPoints: 50
        )
        _ = try await succeed(
            .joinParticipant(participant, netDebitCaps: Institution.netDebitCaps),
            by: .operations,
            committer
        )
    }

    private static func succeed(
        _ command: Command,
        by caller: Caller,
        _ committer: GroupCommitter
    ) async throws -> Reply {
        try await committer.submit(Submission(caller: caller, command: command)).result.get()
    }

    private static func participant(_ text: String) throws -> ParticipantID {
        guard let id = ParticipantID(text) else { throw Refusal(.technical, "Not a participant's id.") }
        return id
    }
}

extension EngineWorld {
    /// The text of a shop's printed code.
    private static func code(level4: String) throws -> String {
        guard let store = StoreIdentifier(level1: "0000000000001", level2: "0001", level3: "000001", level4: level4)
        else { throw Refusal(.technical, "Not a store identifier.") }
        let draft = JPQRDraft(
            store: store,
            name: "ENGINE SHOP",
            city: "TOKYO",
            postalCode: "1000001",
            localName: "エンジン商店"
        )
        return try draft.written().payload.text
    }
}
