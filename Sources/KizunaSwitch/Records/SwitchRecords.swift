package import KizunaLedger
package import KizunaMoney
package import KizunaPayments

/// Names an answer that must be given again when the same request comes again.
package struct IdempotencyKey: Sendable, Hashable {
    /// Which endpoint the key was used at: the same key at another one is another key.
    package enum Operation: Int, Sendable, Hashable, CaseIterable {
        case resolve = 1
        case quote = 2
        case submit = 3
        case refund = 4
        case registerMerchant = 5
        case publishRates = 6
        case recall = 7
        case openDispute = 8
        case actOnDispute = 9
        case addEvidence = 10
        case addWebhook = 20
        case rotateWebhookSecret = 21
    }

    package let participant: ParticipantID
    package let operation: Operation
    /// 1 to 64 visible ASCII characters.
    package let text: String

    package init(participant: ParticipantID, operation: Operation, text: String) {
        self.participant = participant
        self.operation = operation
        self.text = text
    }
}

/// The first answer to an idempotent request, kept in the same commit as what it did.
package struct IdempotencyRecord: Sendable, Hashable {
    /// The first 128 bits of the SHA-256 of the request's canonical body.
    package let fingerprint: UniqueID
    package let answer: StoredAnswer
    package let createdAt: Timestamp

    package init(fingerprint: UniqueID, answer: StoredAnswer, createdAt: Timestamp) {
        self.fingerprint = fingerprint
        self.answer = answer
        self.createdAt = createdAt
    }
}

/// What was answered, by reference: what it refers to never changes in the respects that the answer showed.
package enum StoredAnswer: Sendable, Hashable {
    case resolution(ResolutionID)
    case quote(QuoteID)
    case payment(PaymentID)
    /// How the payment stands, whenever it is asked.
    case paymentReport(PaymentID)
    case refund(RefundID)
    case recall(RecallID)
    case dispute(DisputeID)
    case disputeEvent(DisputeEvent.Key)
    case evidence(EvidenceID)
    case merchant(MerchantKey)
    case webhook(UniqueID, secretNumber: Int)
    case ratesPublished(count: Int)
    case refused(Refusal)
}

/// A message on its way out: written in the commit that decided it, removed in the one that learns it arrived.
package struct OutboxMessage: Sendable, Hashable {
    package enum Kind: Int, Sendable, Hashable, CaseIterable {
        /// To the acquirer: will you credit this shop?
        case creditRequest = 1
        /// To the acquirer: committed, or aborted.
        case creditDecision = 2
        /// To the issuer: the payment's state has changed.
        case paymentUpdate = 3
        /// To the issuer: credit the payer a refund.
        case refundNotice = 4
        /// To a single-phase acquirer that stayed silent: what became of it?
        case statusQuery = 5
        /// To a single-phase acquirer: undo it, if you have credited it.
        case reversalRequest = 6
        /// To the acquirer: money is wanted back; will you give it?
        case recallRequest = 7
        /// To the issuer or the acquirer: a recall's state, or its freeze, has changed.
        case recallUpdate = 8
        /// To one of the two banks: a dispute has changed.
        case disputeUpdate = 9
        /// To a webhook: something has happened.
        case event = 20
    }

    /// The webhook that a message goes to, and what it is told.
    package struct Target: Sendable, Hashable {
        package let webhook: UniqueID
        package let event: Webhook.Event

        package init(webhook: UniqueID, event: Webhook.Event) {
            self.webhook = webhook
            self.event = event
        }
    }

    /// Who has the message in hand.
    package enum Standing: Int, Sendable, Hashable, CaseIterable {
        /// The courier, who sends it when it is due.
        case sending = 1
        /// Its receiver, who cannot be called and has to ask; until it is due, somebody there has fetched it.
        case inInbox = 2
        /// Nobody: it has failed too often, and is sent again only when somebody asks for it.
        case givenUp = 3
    }

    /// Stable over all attempts: the receiver knows a repeat by it.
    package let id: UniqueID
    package let kind: Kind
    package let destination: ParticipantID
    /// Of an event: where it goes. All else goes to the destination itself.
    package let target: Target?
    package let payment: PaymentID
    package let refund: RefundID?
    /// The recall or the dispute that the message is about, where it is about one.
    package let claim: UniqueID?
    /// The state that the message tells of.
    package let state: PaymentState
    package let createdAt: Timestamp
    package var standing: Standing
    /// How often it was tried, or fetched.
    package var attempts: Int
    /// When it is to be tried next, or may be fetched; `nil` once it has been given up.
    package var dueAt: Timestamp?

    package init(
        id: UniqueID,
        kind: Kind,
        destination: ParticipantID,
        target: Target? = nil,
        payment: PaymentID,
        refund: RefundID?,
        claim: UniqueID? = nil,
        state: PaymentState,
        createdAt: Timestamp,
        standing: Standing = .sending,
        attempts: Int = 0,
        dueAt: Timestamp?
    ) {
        self.id = id
        self.kind = kind
        self.destination = destination
        self.target = target
        self.payment = payment
        self.refund = refund
        self.claim = claim
        self.state = state
        self.createdAt = createdAt
        self.standing = standing
        self.attempts = attempts
        self.dueAt = dueAt
    }
}

/// Something that must happen at a time, whoever is there to do it.
package struct TimerKey: Sendable, WordHashed {
    package enum Kind: Int, Sendable, Hashable, CaseIterable {
        /// The destination's time to promise is over.
        case decisionDeadline = 1
        /// An outcome has been unknown for so long that it is to be reversed.
        case unresolved = 2
        /// A reversal has been asked for so long that people decide.
        case reversalOverdue = 3
        /// The time to answer a recall is over.
        case recallAnswer = 4
        /// The time to freeze what was paid by fraud is over.
        case recallFreeze = 5
        /// The time of the bank whose turn it is in a dispute is over.
        case disputeDeadline = 6
    }

    package let kind: Kind
    package let payment: PaymentID

    package var hashWords: (high: UInt64, low: UInt64) {
        (payment.value.high, payment.value.low ^ UInt64(kind.rawValue))
    }

    package init(kind: Kind, payment: PaymentID) {
        self.kind = kind
        self.payment = payment
    }
}
