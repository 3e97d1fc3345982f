package import KizunaLedger
package import KizunaMoney
package import KizunaPayments

/// Which payments somebody looks for: those to which all of it applies.
///
/// Payments are ordered by their ids, and so by time, and every search goes back from the latest. It looks at so many
/// and no more: whoever wants to know what lies behind them goes on from there. So no search takes long, and none needs
/// an index that each payment would pay for.
package struct PaymentSearch: Sendable, Hashable {
    /// How many payments a search looks at; some tens of milliseconds.
    package static let usualSpan = 10_000

    /// Only those with smaller ids: where the search before ended.
    package var before: PaymentID?
    /// Only those submitted from this moment on.
    package var from: Timestamp?
    /// Only those submitted before this moment.
    package var until: Timestamp?
    package var state: PaymentState?
    /// Who takes part, as issuer, acquirer or provider.
    package var participant: ParticipantID?
    package var merchant: MerchantID?
    package var code: CodeDigest?
    /// What the shop gets, what the payer pays, or what the payer's bank pays.
    package var amount: Money?
    /// How the payer's account ends, such as a phone's last digits.
    package var accountEnding: String?
    /// The shop's or its bank's reference, as the code bore it.
    package var reference: String?
    /// At most so many are found.
    package var limit: Int
    /// At most so many are looked at.
    package var span: Int

    package init(limit: Int = 50, span: Int = usualSpan) {
        self.limit = limit
        self.span = span
    }

    /// The ids that come into question, without the upper end.
    package var ids: (lowest: UniqueID, end: UniqueID) {
        let lowest = from.map { UniqueID.version7(before: $0) } ?? UniqueID(high: 0, low: 0)
        let end = UniqueID(high: .max, low: .max)
        return (lowest, min(before?.value ?? end, until.map { UniqueID.version7(before: $0) } ?? end))
    }

    /// Whether a payment that waits has a timer, by which it is found however many came after it.
    package var isAmongTimers: Bool {
        switch state {
        case .sent, .unknown, .reversing: true
        case .exception, nil, .resolved, .quoted, .submitted, .reserved, .accepted, .completed, .partiallyRefunded,
            .refunded, .rejected, .reversed, .expired:
            false
        }
    }

    /// Whether payments are found by the cases that people have been called to.
    package var isAmongCases: Bool { state == .exception }
}

/// What a search has found.
package struct PaymentFindings: Sendable, Hashable {
    /// The latest first.
    package let payments: [Payment]
    /// Behind which payment the search goes on; `nil` when everything has been looked at.
    package let next: PaymentID?

    package init(payments: [Payment], next: PaymentID?) {
        self.payments = payments
        self.next = next
    }

    /// - Parameter floor: the last payment that was looked at; `nil` when there was none behind it.
    package init(_ payments: [Payment], limit: Int, floor: PaymentID?) {
        self.init(payments: payments, next: payments.count >= max(1, limit) ? payments.last?.id : floor)
    }
}
