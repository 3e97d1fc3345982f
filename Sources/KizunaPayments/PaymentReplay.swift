public import KizunaLedger
public import KizunaMoney

/// A payment's life run once more, from what was kept of it, through the machine and the posting rules on fresh books.
///
/// Whatever then differs from what is stored is a fault: in the program that wrote it, or in what has become of it since.
public struct PaymentReplay: Sendable {
    /// One event with what it wrote into the books.
    public struct Step: Sendable, Hashable {
        public let event: PaymentHistory.Event
        public let lines: [Transfer]
    }

    /// The first thing that is not as it is stored.
    public enum Difference: Error, Sendable, Hashable {
        /// The packed history makes no sense.
        case unreadableHistory
        /// The machine does not take this from where the payment stood.
        case outOfOrder(event: Int, from: PaymentState)
        /// It leads to another state than the stored one.
        case state(event: Int, replayed: PaymentState)
        /// The books refuse it.
        case books(event: Int, LedgerError)
        /// A refund is missing, there is one too many, or it comes out at other amounts.
        case refund(part: Int)
        /// A line of the journal; `nil` where one side has none.
        case line(number: Int, stored: Transfer?, replayed: Transfer?)
        /// What the payment itself says in the end.
        case payment(field: String)
    }

    public private(set) var steps: [Step] = []
    /// `nil` when everything is as it is stored.
    public private(set) var difference: Difference?
    /// What the payment has moved in the end, by account, in the order of the accounts; those that it left as they were
    /// are not here.
    public var positions: [(account: AccountID, minorUnits: Int64)] {
        books.accounts.values.filter { $0.positionMinorUnits != 0 }.sorted { $0.id < $1.id }
            .map { ($0.id, $0.positionMinorUnits) }
    }
    private var books: Ledger
    private var payment: Payment

    /// - Parameters:
    ///   - refunds: the payment's refunds, in the order of their parts.
    ///   - lines: the journal's lines of the payment, then those of each refund.
    public init(of stored: Payment, refunds: [Refund], lines: [Transfer]) {
        payment = stored.asBegun
        let accounts = PaymentSides(of: stored).all + stored.movements.map { .suspense($0.amount.currency) }
        books = Ledger(accounts: Set(accounts).map { Account(id: $0) })
        do throws(Difference) {
            try run(stored, refunds)
            try compare(lines, of: [stored.id.value] + refunds.map(\.id.value))
            try compare(with: stored)
        } catch {
            difference = error
        }
    }

    private mutating func run(_ stored: Payment, _ refunds: [Refund]) throws(Difference) {
        guard let events = stored.events else { throw .unreadableHistory }
        var refunds = refunds[...]
        for (number, event) in events.enumerated() {
            let written = books.journal.count
            switch event.trigger {
            case .submitted: break  // It is where the replay begins.
            case .refundedInPart, .refundedInFull: try refund(refunds.popFirst(), number, event)
            case .quoteIssued, .lapsed, .checksPassed, .checksFailed, .handedToLink, .abandoned, .destinationAccepted,
                .destinationRefused, .decisionDeadlinePassed, .commitRecorded, .unresolvedTooLong, .reversalConfirmed,
                .reversalRefused, .reversalOverdue, .contradictedAgain, .operatorHonoured, .operatorReversed:
                try take(event, number, reason: stored.reason)
            }
            guard payment.state == event.state else { throw .state(event: number, replayed: payment.state) }
            steps.append(Step(event: event, lines: Array(books.journal[written...])))
        }
        if let left = refunds.first { throw .refund(part: left.part) }
    }

    private mutating func take(
        _ event: PaymentHistory.Event,
        _ number: Int,
        reason: RefusalCode?
    ) throws(Difference) {
        let from = payment.state
        let effects: [PaymentMachine.Effect]
        do throws(PaymentMachine.OutOfOrder) {
            effects = try payment.handle(event.trigger, by: event.actor, reason: reason, at: event.at)
        } catch {
            throw .outOfOrder(event: number, from: from)
        }
        do throws(LedgerError) {
            for effect in effects { try books.post(effect, for: payment, at: event.at) }
        } catch {
            throw .books(event: number, error)
        }
    }

    private mutating func refund(
        _ stored: Refund?,
        _ number: Int,
        _ event: PaymentHistory.Event
    ) throws(Difference) {
        guard let stored else { throw .refund(part: payment.refunded.parts + 1) }
        let replayed: Refund
        do throws(Refusal) {
            replayed = try payment.refund(
                stored.merchantAmount,
                id: stored.id,
                uetr: stored.uetr,
                reason: stored.reason,
                at: event.at
            )
        } catch {
            throw .refund(part: stored.part)
        }
        guard replayed == stored else { throw .refund(part: stored.part) }
        do throws(LedgerError) {
            try books.postRefund(stored, of: payment, at: event.at)
        } catch {
            throw .books(event: number, error)
        }
    }

    /// Compares line by line, the payment's own first and then each refund's, as they are stored.
    private func compare(_ stored: [Transfer], of transactions: [UniqueID]) throws(Difference) {
        let replayed = transactions.flatMap { id in books.journal.filter { $0.transaction == id } }
        for number in 0..<max(stored.count, replayed.count) {
            let pair = (
                stored: stored.indices.contains(number) ? stored[number] : nil,
                replayed: replayed.indices.contains(number) ? replayed[number] : nil
            )
            guard pair.stored == pair.replayed else {
                throw .line(number: number, stored: pair.stored, replayed: pair.replayed)
            }
        }
    }

    private func compare(with stored: Payment) throws(Difference) {
        if payment.reason != stored.reason { throw .payment(field: "reason") }
        if payment.changedAt != stored.changedAt { throw .payment(field: "changedAt") }
        if payment.refunded != stored.refunded { throw .payment(field: "refunded") }
        if payment != stored { throw .payment(field: "another field than its state") }
    }
}

extension Books {
    /// Does what an effect does to the books; nothing for those that do nothing to them.
    public mutating func post(
        _ effect: PaymentMachine.Effect,
        for payment: Payment,
        at now: Timestamp
    ) throws(Failure) {
        switch effect {
        case .placeHolds: try placeHolds(for: payment, at: now)
        case .postHolds: try postHolds(for: payment, at: now)
        case .voidHolds: try voidHolds(for: payment, at: now)
        case .suspendHolds: try suspendHolds(for: payment, at: now)
        case .paySuspended: try paySuspended(for: payment, at: now)
        case .returnSuspended: try returnSuspended(for: payment, at: now)
        case .payAnew: try payAnew(payment, at: now)
        case .start, .stop, .requestCredit, .queryStatus, .requestReversal, .tellDestination, .tellIssuer,
            .callOperator, .dismissOperator:
            break
        }
    }
}
