import KizunaLedger
import KizunaPayments

extension Submission {
    /// The records that a step is sure to read, as far as the submission alone tells: a group fetches them in one go,
    /// and only what they refer to takes another.
    var firstRecords: [RecordKey] {
        var keys = command.firstRecords
        if case .participant(let id) = caller { keys.append(.participant(id)) }
        if let idempotency { keys.append(.idempotency(idempotency.key)) }
        return keys
    }
}

extension Submission {
    /// How many references ``nextRecords(in:)`` follows one after the other.
    static let deepestReference = 2

    /// The records that those already there refer to and the step is sure to read: one reference further at each call.
    func nextRecords(in transaction: Transaction) -> [RecordKey] {
        switch command {
        case .submit(let command):
            guard let quote = transaction.quotes[command.quote] else { return [] }
            guard let resolution = transaction.resolutions[quote.resolution] else {
                return [.resolution(quote.resolution)]
            }
            return whatIsPaid(by: quote, resolution)
        case .delivered(_, let payment, let outcome):
            return outcome.decides ? transaction.whatIsMovedAndTold(of: payment) : []
        case .destinationAnswered(let payment, _): return transaction.whatIsMovedAndTold(of: payment)
        case .timerDue(let key): return transaction.whatIsMovedAndTold(of: key.payment)
        case .resolve, .quote, .refund, .recall, .answerRecall, .reportFreeze, .openDispute, .actOnDispute,
            .addEvidence, .registerMerchant, .publishRates, .recordFees, .joinParticipant, .setParticipantStatus,
            .addAPIKey, .revokeAPIKey, .replayMessages, .hastenMessages, .fetchInbox, .acknowledge, .addWebhook,
            .rotateWebhookSecret, .removeWebhook, .webhookAnswered, .addOperatorKey, .proposeDecision,
            .withdrawProposal, .approveProposal, .bakong:
            return []
        }
    }
}

extension Transaction {
    /// The accounts of a payment, and who is told of its end.
    fileprivate func whatIsMovedAndTold(of id: PaymentID) -> [RecordKey] {
        guard let payment = payments[id] else { return [] }
        return PaymentSides(of: payment).all.map { .account($0) } + payment.roundingKeys + payment.announcementRecords
    }
}

extension Command {
    fileprivate var firstRecords: [RecordKey] {
        switch self {
        case .resolve, .joinParticipant: []
        case .quote(let command): [.resolution(command.resolution)] + (command.payer.map { [.payer($0)] } ?? [])
        case .submit(let command): [.quote(command.quote), .uetr(command.uetr), .payer(command.payer)]
        case .refund(let command): [.payment(command.payment), .uetr(command.uetr)]
        case .recall(let command): [.payment(command.payment), .openClaims(command.payment)]
        case .answerRecall(let id, _), .reportFreeze(let id, _): [.recall(id)]
        case .openDispute(let command): [.payment(command.payment), .openClaims(command.payment)]
        case .actOnDispute(let command): [.dispute(command.dispute)]
        case .addEvidence(let command): [.dispute(command.dispute)]
        case .registerMerchant(let command): [.merchant(command.key)]
        case .publishRates(let rates): rates.map { .rateBoard($0.pair) }
        case .recordFees(let fees): Set(fees.map(\.corridor)).map { .feeTable($0) }
        case .delivered(let message, let payment, let outcome):
            [.message(message)] + (outcome.decides ? payment.withHolds : [.payment(payment)])
        case .destinationAnswered(let payment, _): payment.withHolds
        case .timerDue(let key):
            key.payment.withHolds + (key.kind == .decisionDeadline ? [] : [.exceptionCase(key.payment)])
        case .setParticipantStatus(let id, _), .addAPIKey(let id, _): [.participant(id)]
        case .revokeAPIKey(let id): [.apiKey(id)]
        case .replayMessages(let ids), .hastenMessages(let ids), .fetchInbox(let ids), .acknowledge(let ids):
            ids.map { .message($0) }
        case .addWebhook, .rotateWebhookSecret, .removeWebhook: []
        case .webhookAnswered(let report):
            [.webhooks(report.participant)] + (report.message.map { [.message($0)] } ?? [])
        case .addOperatorKey: []
        case .proposeDecision(let command): [.payment(command.payment), .exceptionCase(command.payment)]
        case .withdrawProposal(let payment): [.payment(payment), .exceptionCase(payment)]
        case .approveProposal(let command): [.payment(command.payment), .exceptionCase(command.payment)]
        case .bakong(let command): command.firstRecords
        }
    }
}

extension PaymentID {
    /// A payment and the holds that its end will end.
    fileprivate var withHolds: [RecordKey] {
        [
            .payment(self), .hold(HoldID(transaction: value, leg: PaymentLeg.payerSide)),
            .hold(HoldID(transaction: value, leg: PaymentLeg.merchantSide)),
        ]
    }
}
