import KizunaCertification
import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch

/// A participant as the database knows it, with what is needed to speak to it.
struct CertifiedParticipant {
    private let participant: Participant
    private let store: any Store

    /// Shops that are looked through for one that may be paid, and for one that may not.
    private static let mostShops = 200
    /// Messages that are looked through.
    private static let mostMessages = 500

    init(_ participant: Participant, _ store: any Store) {
        self.participant = participant
        self.store = store
    }

    /// Its sides, at its endpoint or at another address in its place; its inbox where it has neither; its rates.
    ///
    /// - Throws: ``Refusal`` for a shops' bank without a shop.
    func targets(at endpoint: String?) throws -> [Target] {
        let sides: [(Target.Side, Participant.Roles)] = [(.issuer, .issuer), (.acquirer, .acquirer)]
        let played = sides.filter { participant.roles.contains($0.1) }.map(\.0)
        let rates = participant.roles.contains(.fxProvider) ? [try self.rates()] : []
        guard !played.isEmpty else { return rates }
        guard let url = endpoint ?? participant.endpoint else { return [try inbox()] + rates }
        return try played.map { side in
            side == .acquirer ? try acquirer(at: url) : Target(side, of: participant, at: url)
        } + rates
    }

    private func rates() throws -> Target {
        let boards = try store.read { reader throws(StoreError) in try reader.rateBoards() }
        return Target(ratesOf: participant, among: boards)
    }

    /// One of its webhooks.
    func target(webhook id: UniqueID, at now: Timestamp) throws -> Target {
        let (webhooks, shops) = try store.read { reader throws(StoreError) in
            (
                try reader.webhooks(of: participant.id),
                try reader.merchants(of: participant.id, after: nil, limit: CertifiedParticipant.mostShops)
            )
        }
        guard let webhook = webhooks?[id] else {
            throw Refusal(.notFound, "\(participant.id) has no webhook \(id)")
        }
        let shop = shops.first { $0.id == webhook.merchant } ?? shops.first
        return Target(webhook, of: participant, signedWith: webhook.secretNumbers(at: now), shop: shop)
    }

    private func acquirer(at url: String) throws -> Target {
        let shops = try store.read { reader throws(StoreError) in
            try reader.merchants(of: participant.id, after: nil, limit: CertifiedParticipant.mostShops)
        }
        guard let shop = shops.first(where: { $0.status == .active && $0.acceptsForeignPayers }) else {
            throw Refusal(
                .notFound,
                "\(participant.id) has no shop that may be paid: register one with POST /v1/merchants first"
            )
        }
        let closed = shops.first { $0.status != .active }
        return Target(.acquirer, of: participant, at: url, shop: shop, closedShop: closed)
    }

    private func inbox() throws -> Target {
        let waiting = try store.read { reader throws(StoreError) in
            try reader.undelivered(
                to: participant.id,
                nil,
                after: nil,
                limit: CertifiedParticipant.mostMessages
            )
        }
        return Target(inboxOf: participant, waiting: waiting)
    }
}
