public import KizunaMoney

extension Payment {
    /// When the payment was committed and became final, which is from when refunds, recalls and disputes count their
    /// time; when it was submitted, while it has not been.
    public var paidAt: Timestamp { events?.first { $0.state == .completed }?.at ?? submittedAt }

    /// What of the merchant amount has not gone back yet.
    public var left: Money {
        Money(
            minorUnits: price.merchantAmount.minorUnits - refunded.merchantMinorUnits,
            currency: price.merchantAmount.currency
        )
    }

    /// How much is to go back when somebody asks for an amount, or for all that is left.
    ///
    /// - Throws: ``RefusalCode/currencyNotSupported``, ``RefusalCode/amountInvalid``, ``RefusalCode/amountMismatch``
    ///   (more than is left).
    func amountBack(_ amount: Money?) throws(Refusal) -> Money {
        let left = left
        guard let amount else { return left }
        guard amount.currency == left.currency else {
            throw Refusal(.currencyNotSupported, "This payment is refunded in \(left.currency).")
        }
        guard amount.isPositive, amount.isPayable else {
            throw Refusal(.amountInvalid, "A refund is more than zero, in whole units of \(left.currency).")
        }
        guard amount.minorUnits <= left.minorUnits else {
            throw Refusal(.amountMismatch, "Only \(left) of this payment is left to refund.")
        }
        return amount
    }

    /// Whether somebody may claim money back now.
    ///
    /// - Throws: a refusal with the code of the claim: not final yet, never paid, nothing left, or too late.
    func checkClaim(_ code: RefusalCode, within window: Duration, at now: Timestamp) throws(Refusal) {
        switch state {
        case .completed, .partiallyRefunded: break
        case .refunded:
            throw Refusal(code, "All of it has gone back already; look at the payment's refunds.")
        case .rejected, .reversed, .expired, .resolved, .quoted:
            throw Refusal(code, "The payment was never paid (\(state.name)); let the payer's hold go.")
        case .submitted, .reserved, .sent, .accepted, .unknown, .reversing, .exception:
            throw Refusal(
                code,
                "The payment is not final yet (\(state.name)); ask for its status, and come again once it is COMPLETED."
            )
        }
        guard now.since(paidAt) <= window else {
            throw Refusal(code, "This is possible for \(window.components.seconds / 86_400) days after the payment.")
        }
    }
}
