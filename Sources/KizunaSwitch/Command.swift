package import KizunaLedger
package import KizunaMoney
package import KizunaPayments

/// Something that the switch is asked to do: a value, nothing has happened yet.
package enum Command: Sendable {
    case resolve(Resolve)
    case quote(RequestQuote)
    case submit(SubmitPayment)
    case refund(RequestRefund)
    case recall(RequestRecall)
    case answerRecall(RecallID, RecallAnswer)
    /// What an acquirer holds fast of what was paid by fraud; `nil` when nothing is there any more.
    case reportFreeze(RecallID, frozen: Money?)
    case openDispute(OpenDispute)
    case actOnDispute(ActOnDispute)
    case decideDispute(DecideDispute)
    case addEvidence(AddEvidence)
    case registerMerchant(RegisterMerchant)
    case publishRates([PublishRate])
    case recordFees([RecordFee])
    /// The courier reports on a message.
    case delivered(message: UniqueID, about: PaymentID, DeliveryOutcome)
    /// A destination answers on its own, not to a message.
    case destinationAnswered(payment: PaymentID, DeliveryOutcome)
    case timerDue(TimerKey)
    case joinParticipant(Participant, netDebitCaps: [Currency: Int64])
    case setParticipantStatus(ParticipantID, Participant.Status)
    case addAPIKey(AddAPIKey)
    case revokeAPIKey(UniqueID)
    /// Keys have been used, each last at a time.
    case noteKeyUses([UniqueID: Timestamp])
    /// Messages are to be sent again from the beginning.
    case replayMessages([UniqueID])
    /// Messages that wait for their next attempt are to be sent at once.
    case hastenMessages([UniqueID])
    /// A participant that cannot be called takes messages out of its inbox, for a while.
    case fetchInbox([UniqueID])
    /// It has dealt with them.
    case acknowledge([UniqueID])
    case addWebhook(AddWebhook)
    case rotateWebhookSecret(UniqueID)
    case removeWebhook(UniqueID)
    /// The courier reports on a message to a webhook, or on a trial.
    case webhookAnswered(WebhookReport)
    case proposeDecision(ProposeDecision)
    case withdrawProposal(payment: PaymentID)
    case approveProposal(ApproveProposal)
    case bakong(BakongCommand)
    case people(PersonCommand)
    case console(ConsoleCommand)
    case access(AccessCommand)
}

/// Who asks.
package enum Caller: Sendable, Hashable {
    case participant(ParticipantID)
    /// The command line on the switch's own machine, without a name.
    case operations
    /// A person who works for the switch, known by a key.
    case person(OperatorID)
    /// The switch's own courier and timers.
    case system
}

/// A command with who asks it and under which idempotency key.
package struct Submission: Sendable {
    package let caller: Caller
    package let command: Command
    package let idempotency: IdempotencyToken?

    package init(caller: Caller, command: Command, idempotency: IdempotencyToken? = nil) {
        self.caller = caller
        self.command = command
        self.idempotency = idempotency
    }
}

/// The key that a caller gave, and what it was given for.
package struct IdempotencyToken: Sendable, Hashable {
    package let key: IdempotencyKey
    package let fingerprint: UniqueID

    package init(key: IdempotencyKey, fingerprint: UniqueID) {
        self.key = key
        self.fingerprint = fingerprint
    }
}

/// Asks what a scanned code is and whether it can be paid.
package struct Resolve: Sendable {
    /// The text of the code, exactly as scanned.
    package let payload: String
    package let code: CodeDigest

    package init(payload: String, code: CodeDigest) {
        self.payload = payload
        self.code = code
    }
}

package struct RequestQuote: Sendable {
    package let resolution: ResolutionID
    package let payerCurrency: Currency
    /// The merchant amount that the payer typed; `nil` when the code fixes it.
    package let amount: Money?
    /// Who will pay, when the asker says it: limits and repetitions then show in the quote already.
    package let payer: PayerKey?

    package init(resolution: ResolutionID, payerCurrency: Currency, amount: Money?, payer: PayerKey? = nil) {
        self.resolution = resolution
        self.payerCurrency = payerCurrency
        self.amount = amount
        self.payer = payer
    }
}

package struct SubmitPayment: Sendable {
    package let quote: QuoteID
    package let uetr: UETR
    /// What the issuer believes the quote to say; refused when it differs.
    package let merchantAmount: Money
    package let payerDebit: Money
    package let payer: PayerKey
    package let payerName: String
    package let payerAccount: String
    /// When the payer agreed; too old is refused (`flows.md` 4.5).
    package let acceptedAt: Timestamp?

    package init(
        quote: QuoteID,
        uetr: UETR,
        merchantAmount: Money,
        payerDebit: Money,
        payer: PayerKey,
        payerName: String,
        payerAccount: String,
        acceptedAt: Timestamp?
    ) {
        self.quote = quote
        self.uetr = uetr
        self.merchantAmount = merchantAmount
        self.payerDebit = payerDebit
        self.payer = payer
        self.payerName = payerName
        self.payerAccount = payerAccount
        self.acceptedAt = acceptedAt
    }
}

package struct RequestRefund: Sendable {
    package let payment: PaymentID
    package let uetr: UETR
    /// `nil` for all that is left.
    package let amount: Money?
    package let reason: Refund.Reason

    package init(payment: PaymentID, uetr: UETR, amount: Money?, reason: Refund.Reason) {
        self.payment = payment
        self.uetr = uetr
        self.amount = amount
        self.reason = reason
    }
}

package struct RegisterMerchant: Sendable {
    package let key: MerchantKey
    package let name: String
    package let localName: String?
    package let city: String
    package let categoryCode: String
    package let acceptsForeignPayers: Bool

    package init(
        key: MerchantKey,
        name: String,
        localName: String?,
        city: String,
        categoryCode: String,
        acceptsForeignPayers: Bool
    ) {
        self.key = key
        self.name = name
        self.localName = localName
        self.city = city
        self.categoryCode = categoryCode
        self.acceptsForeignPayers = acceptsForeignPayers
    }
}

package struct PublishRate: Sendable {
    package let pair: CurrencyPair
    package let mid: Rate
    package let spreadBasisPoints: Int64
    package let tiers: [ProviderRate.Tier]
    package let improvements: [ProviderRate.Improvement]

    package init(
        pair: CurrencyPair,
        mid: Rate,
        spreadBasisPoints: Int64,
        tiers: [ProviderRate.Tier] = [],
        improvements: [ProviderRate.Improvement] = []
    ) {
        self.pair = pair
        self.mid = mid
        self.spreadBasisPoints = spreadBasisPoints
        self.tiers = tiers
        self.improvements = improvements
    }
}

/// A line for a corridor's tariff.
package struct RecordFee: Sendable, Hashable {
    package let corridor: CorridorID
    package let scope: FeeRule.Scope
    /// `nil` to end what the scope had.
    package let terms: FeeTerms?
    /// `nil` for the moment at which it is recorded.
    package let effectiveFrom: Timestamp?
    /// Where it stands in the file that it came from, for refusals.
    package let line: Int?

    package init(
        corridor: CorridorID,
        scope: FeeRule.Scope,
        terms: FeeTerms?,
        effectiveFrom: Timestamp? = nil,
        line: Int? = nil
    ) {
        self.corridor = corridor
        self.scope = scope
        self.terms = terms
        self.effectiveFrom = effectiveFrom
        self.line = line
    }
}

package struct AddWebhook: Sendable {
    /// An address that has been checked.
    package let url: String
    package let events: Set<Webhook.Event>
    /// The shop that it is for; `nil` for all.
    package let merchant: MerchantKey?

    package init(url: String, events: Set<Webhook.Event>, merchant: MerchantKey?) {
        self.url = url
        self.events = events
        self.merchant = merchant
    }
}

/// What a webhook answered.
package struct WebhookReport: Sendable, Hashable {
    package let participant: ParticipantID
    package let webhook: UniqueID
    /// What it was told; `nil` for a trial.
    package let message: UniqueID?
    /// The status of the answer; `nil` when there was none.
    package let status: Int?

    package init(participant: ParticipantID, webhook: UniqueID, message: UniqueID?, status: Int?) {
        self.participant = participant
        self.webhook = webhook
        self.message = message
        self.status = status
    }

    /// Whether the receiver has taken it: any status of success says so.
    package var isTaken: Bool { status.map { 200..<300 ~= $0 } ?? false }
}

/// One person's wish what shall become of a payment that people were called to.
package struct ProposeDecision: Sendable {
    package let payment: PaymentID
    package let decision: ExceptionCase.Decision
    /// At most ``ExceptionCase/longestNote`` characters.
    package let note: String

    package init(payment: PaymentID, decision: ExceptionCase.Decision, note: String) {
        self.payment = payment
        self.decision = decision
        self.note = note
    }
}

/// Another person's consent to exactly that proposal.
package struct ApproveProposal: Sendable {
    package let payment: PaymentID
    package let proposal: UniqueID

    package init(payment: PaymentID, proposal: UniqueID) {
        self.payment = payment
        self.proposal = proposal
    }
}
