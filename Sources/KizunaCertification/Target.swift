import KizunaLedger
package import KizunaPayments
package import KizunaSwitch
package import KizunaWeb

/// What is tried: one side of a participant, and where it is spoken to.
package struct Target: Sendable {
    /// In which of its parts a participant is spoken to.
    package enum Side: String, Sendable, Hashable, CaseIterable {
        /// The payers' bank, at the participant's endpoint.
        case issuer
        /// The shops' bank, at the participant's endpoint.
        case acquirer
        /// A webhook's own address.
        case webhook
        /// The messages that a participant without an endpoint fetches itself.
        case inbox
        /// The rates that an FX provider has published.
        case rates
    }

    package let participant: Participant
    package let side: Side
    /// The endpoint, or the webhook's address; empty for an inbox, and for rates.
    package let url: String
    /// A shop of an acquirer's that may be paid.
    package let shop: Merchant?
    /// A shop of an acquirer's whose account is blocked or closed, if there is one.
    package let closedShop: Merchant?
    package let webhook: Webhook?
    /// What has not been taken out of the inbox.
    package let waiting: [OutboxMessage]
    /// The rates of all providers.
    package let boards: [RateBoard]
    /// With what the switch signs here; two while a webhook's secret is being changed.
    package let secrets: [SigningSecret]

    /// A participant's own endpoint, or another address in its place.
    package init(
        _ side: Side,
        of participant: Participant,
        at url: String,
        shop: Merchant? = nil,
        closedShop: Merchant? = nil
    ) {
        self.participant = participant
        self.side = side
        self.url = url
        self.shop = shop
        self.closedShop = closedShop
        webhook = nil
        (waiting, boards) = ([], [])
        secrets = [SigningSecret(of: participant.id)]
    }

    /// A webhook of a participant's.
    package init(_ webhook: Webhook, of participant: Participant, signedWith numbers: [Int], shop: Merchant?) {
        self.participant = participant
        side = .webhook
        url = webhook.url
        self.shop = shop
        closedShop = nil
        self.webhook = webhook
        (waiting, boards) = ([], [])
        secrets = numbers.map { SigningSecret(of: webhook, number: $0, participant: participant.id) }
    }

    /// The inbox of a participant that cannot be called.
    package init(inboxOf participant: Participant, waiting: [OutboxMessage]) {
        self.participant = participant
        side = .inbox
        url = ""
        shop = nil
        closedShop = nil
        webhook = nil
        self.waiting = waiting
        boards = []
        secrets = []
    }

    /// What an FX provider has published, among what all have.
    package init(ratesOf participant: Participant, among boards: [RateBoard]) {
        self.participant = participant
        side = .rates
        url = ""
        (shop, closedShop, webhook, waiting, secrets) = (nil, nil, nil, [], [])
        self.boards = boards
    }
}
