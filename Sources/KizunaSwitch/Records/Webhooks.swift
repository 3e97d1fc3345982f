package import KizunaLedger
package import KizunaMoney
package import KizunaPayments

/// An address at which a participant, or one of its shops, is told of events; beside the one at which the switch asks
/// the participant itself.
package struct Webhook: Sendable, Hashable {
    /// What may be told. The raw value is what is stored, as the bit of that number.
    package enum Event: Int, Sendable, Hashable, CaseIterable {
        /// To the issuer: where a payment stands has changed.
        case paymentUpdated = 0
        /// To the issuer: a payer gets money back.
        case refundCreated = 1
        /// To the acquirer: a payment was committed or aborted.
        case paymentDecided = 2
        /// To the acquirer or its shop: the shop is paid.
        case merchantPaid = 3
        /// To the acquirer or its shop: the shop gave money back.
        case merchantRefunded = 4
    }

    /// What became of the last attempt to tell it something.
    package struct Outcome: Sendable, Hashable {
        package let at: Timestamp
        /// The status of the answer; `nil` when there was none.
        package let status: Int?

        package init(at: Timestamp, status: Int?) {
            self.at = at
            self.status = status
        }
    }

    /// How long a secret that was replaced goes on signing beside the new one.
    package static let secretOverlap = Duration.seconds(24 * 60 * 60)

    package let id: UniqueID
    package let url: String
    package let events: Set<Event>
    /// Only what concerns this shop; `nil` for every shop.
    package let merchant: MerchantID?
    package let createdAt: Timestamp
    /// Which secret signs, counted from 1. Secrets themselves are derived and not kept.
    package private(set) var secretNumber: Int
    /// Until when the secret before signs too.
    package private(set) var previousSecretUntil: Timestamp?
    package var lastOutcome: Outcome?

    package init(
        id: UniqueID,
        url: String,
        events: Set<Event>,
        merchant: MerchantID?,
        createdAt: Timestamp,
        secretNumber: Int = 1,
        previousSecretUntil: Timestamp? = nil,
        lastOutcome: Outcome? = nil
    ) {
        self.id = id
        self.url = url
        self.events = events
        self.merchant = merchant
        self.createdAt = createdAt
        self.secretNumber = secretNumber
        self.previousSecretUntil = previousSecretUntil
        self.lastOutcome = lastOutcome
    }

    /// The numbers of the secrets that sign at a moment, the newest first.
    package func secretNumbers(at now: Timestamp) -> [Int] {
        guard let previousSecretUntil, now < previousSecretUntil else { return [secretNumber] }
        return [secretNumber, secretNumber - 1]
    }

    /// The webhook as a call on it was answered: with the secret of that moment, and without what came later.
    func asAnswered(secretNumber: Int) -> Webhook {
        var webhook = self
        webhook.secretNumber = secretNumber
        webhook.previousSecretUntil = nil
        webhook.lastOutcome = nil
        return webhook
    }

    mutating func rotateSecret(at now: Timestamp) {
        secretNumber += 1
        previousSecretUntil = now.adding(Webhook.secretOverlap)
    }

    func wants(_ event: Event, about merchant: MerchantID) -> Bool {
        events.contains(event) && self.merchant ?? merchant == merchant
    }
}

/// All webhooks of one participant, the oldest first. Without any it leaves no row and reads like none.
package struct Webhooks: Sendable, Hashable {
    /// More would be a fan-out that somebody else should do.
    package static let most = 8

    package private(set) var all: [Webhook]

    package init(_ all: [Webhook] = []) { self.all = all }

    package subscript(id: UniqueID) -> Webhook? { all.first { $0.id == id } }

    mutating func add(_ webhook: Webhook) { all.append(webhook) }
    mutating func remove(_ id: UniqueID) { all.removeAll { $0.id == id } }

    /// Changes one, if it is there.
    mutating func change(_ id: UniqueID, _ body: (inout Webhook) -> Void) -> Webhook? {
        guard let index = all.firstIndex(where: { $0.id == id }) else { return nil }
        body(&all[index])
        return all[index]
    }
}
