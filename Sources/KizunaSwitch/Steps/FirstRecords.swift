import KizunaLedger
import KizunaPayments

extension Submission {
    /// Names the records that a step is sure to read, as far as the submission alone tells: a group fetches them in one
    /// go, and only what they refer to takes another.
    func addFirstRecords(to keys: inout [RecordKey]) {
        command.addFirstRecords(to: &keys)
        if case .participant(let id) = caller { keys.append(.participant(id)) }
        if let idempotency { keys.append(.idempotency(idempotency.key)) }
    }
}

extension Submission {
    /// How many references ``addNextRecords(to:in:)`` follows one after the other.
    static let deepestReference = 2

    /// Names the records that those already there refer to and the step is sure to read: one reference further at each
    /// call.
    func addNextRecords(to keys: inout [RecordKey], in transaction: borrowing Transaction) {
        switch command {
        case .submit(let command):
            guard let quote = transaction.quotes[command.quote] else { return }
            guard let resolution = transaction.resolutions[quote.resolution] else {
                return keys.append(.resolution(quote.resolution))
            }
            keys.addWhatIsPaid(by: quote, resolution)
        case .delivered(_, let payment, let outcome):
            if outcome.decides { keys.addWhatIsMovedAndTold(of: transaction.payments[payment]) }
        case .destinationAnswered(let payment, _): keys.addWhatIsMovedAndTold(of: transaction.payments[payment])
        case .timerDue(let key): keys.addWhatIsMovedAndTold(of: transaction.payments[key.payment])
        case .resolve, .quote, .refund, .recall, .answerRecall, .reportFreeze, .openDispute, .actOnDispute,
            .decideDispute, .addEvidence, .registerMerchant, .publishRates, .recordFees, .joinParticipant,
            .setParticipantStatus,
            .addAPIKey, .revokeAPIKey, .replayMessages, .hastenMessages, .fetchInbox, .acknowledge, .addWebhook,
            .rotateWebhookSecret, .removeWebhook, .webhookAnswered, .noteKeyUses, .proposeDecision,
            .withdrawProposal, .approveProposal, .bakong, .people, .console, .access:
            return
        }
    }
}

extension [RecordKey] {
    mutating func addAccounts(of sides: PaymentSides) { append(contentsOf: sides.all.lazy.map { .account($0) }) }

    mutating func addAccounts(of payment: Payment) { addAccounts(of: PaymentSides(of: payment)) }

    /// The holds of a payment that all payments have.
    mutating func addHolds(of payment: PaymentID) {
        append(.hold(HoldID(transaction: payment.value, leg: PaymentLeg.payerSide)))
        append(.hold(HoldID(transaction: payment.value, leg: PaymentLeg.merchantSide)))
    }

    /// What booking a payment's gains reads.
    mutating func addRoundingRests(of payment: Payment) {
        append(contentsOf: payment.price.exchanges(by: payment.provider).lazy.map { .roundingRest($0.rounding) })
    }

    /// What has to be there before a payment's end can be announced.
    mutating func addWebhooks(of payment: Payment) {
        append(.webhooks(payment.issuer))
        append(.webhooks(payment.acquirer))
    }

    /// Everything that a payment on a quote touches.
    mutating func addWhatIsPaid(by quote: Quote, _ resolution: Resolution) {
        append(.merchant(resolution.merchantKey))
        append(.participant(resolution.acquirer))
        append(.pace(resolution.merchantID))
        if resolution.isSingleUse { append(.codeClaim(resolution.code)) }
        addAccounts(
            of: PaymentSides(
                issuer: quote.issuer,
                provider: quote.provider,
                acquirer: resolution.acquirer,
                price: quote.price
            )
        )
    }

    /// The accounts of a payment, and who is told of its end.
    fileprivate mutating func addWhatIsMovedAndTold(of payment: Payment?) {
        guard let payment else { return }
        addAccounts(of: payment)
        addRoundingRests(of: payment)
        addWebhooks(of: payment)
    }
}

extension Command {
    fileprivate func addFirstRecords(to keys: inout [RecordKey]) {
        switch self {
        case .submit(let command):
            keys.append(.quote(command.quote))
            keys.append(.uetr(command.uetr))
            keys.append(.payer(command.payer))
        case .delivered(let message, let payment, let outcome):
            keys.append(.message(message))
            keys.append(.payment(payment))
            if outcome.decides { keys.addHolds(of: payment) }
        default: keys += rareRecords
        }
    }

    /// The same of what is not every payment's.
    private var rareRecords: [RecordKey] {
        switch self {
        case .submit, .delivered, .resolve, .joinParticipant: []
        case .quote(let command): [.resolution(command.resolution)] + (command.payer.map { [.payer($0)] } ?? [])
        case .refund(let command): [.payment(command.payment), .uetr(command.uetr)]
        case .recall(let command): [.payment(command.payment), .openClaims(command.payment)]
        case .answerRecall(let id, _), .reportFreeze(let id, _): [.recall(id)]
        case .openDispute(let command): [.payment(command.payment), .openClaims(command.payment)]
        case .actOnDispute(let command): [.dispute(command.dispute)]
        case .decideDispute(let command): [.dispute(command.dispute)]
        case .addEvidence(let command): [.dispute(command.dispute)]
        case .registerMerchant(let command): [.merchant(command.key)]
        case .publishRates(let rates): rates.map { .rateBoard($0.pair) }
        case .recordFees(let fees): Set(fees.map(\.corridor)).map { .feeTable($0) }
        case .destinationAnswered(let payment, _): payment.withHolds
        case .timerDue(let key):
            key.payment.withHolds + (key.kind == .decisionDeadline ? [] : [.exceptionCase(key.payment)])
        case .setParticipantStatus(let id, _): [.participant(id)]
        case .addAPIKey: []
        case .noteKeyUses(let uses): uses.keys.map { .apiKey($0) }
        case .revokeAPIKey(let id): [.apiKey(id)]
        case .replayMessages(let ids), .hastenMessages(let ids), .fetchInbox(let ids), .acknowledge(let ids):
            ids.map { .message($0) }
        case .addWebhook, .rotateWebhookSecret, .removeWebhook: []
        case .webhookAnswered(let report):
            [.webhooks(report.participant)] + (report.message.map { [.message($0)] } ?? [])
        case .proposeDecision(let command): [.payment(command.payment), .exceptionCase(command.payment)]
        case .withdrawProposal(let payment): [.payment(payment), .exceptionCase(payment)]
        case .approveProposal(let command): [.payment(command.payment), .exceptionCase(command.payment)]
        case .bakong(let command): command.firstRecords
        case .people(let command): [command.firstRecord]
        case .console(let command): command.firstRecords
        case .access(let command): [command.firstRecord]
        }
    }
}

extension PaymentID {
    /// A payment and the holds that its end will end.
    fileprivate var withHolds: [RecordKey] {
        var keys: [RecordKey] = [.payment(self)]
        keys.addHolds(of: self)
        return keys
    }
}
