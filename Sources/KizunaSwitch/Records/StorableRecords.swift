import KizunaMoney
package import KizunaPayments

// What every store checks before it writes: a row names each of its currencies once, and cannot say the rest.

extension Price {
    /// Two currencies, and a bridge in a third.
    ///
    /// - Throws: ``StoreError`` with `constraint`, as all of these.
    package func requireItsCurrencies() throws(StoreError) {
        guard issuerFee.currency == interbankAmount.currency, merchantDiscount.currency == merchantAmount.currency,
            interchange.currency == merchantAmount.currency, switchFee.currency == merchantAmount.currency
        else { throw .brokenRule("A price is in two currencies") }
        guard let bridge = route.bridge?.amount.currency else { return }
        guard bridge != interbankAmount.currency, bridge != merchantAmount.currency else {
            throw .brokenRule("A bridge is in a third currency")
        }
    }
}

extension Payment {
    package func requireItsQuote(_ quote: Quote?) throws(StoreError) {
        guard quote?.usedBy == id, quote?.price == price else {
            throw .brokenRule("A payment uses its quote, at its price")
        }
    }
}

extension Refund {
    package func requireItsCurrencies() throws(StoreError) {
        guard issuerFeeReturned.currency == payerAmount.currency else {
            throw .brokenRule("A refund is in two currencies")
        }
    }
}

extension Resolution {
    package func requireItsCurrency() throws(StoreError) {
        guard fixedAmount.map({ $0.currency == currency }) ?? true else {
            throw .brokenRule("A resolution is in one currency")
        }
    }
}

extension FeeTable {
    /// The lines that a tariff has gained, each with its number, the first being 1.
    package func gains(over stored: FeeTable?) throws(StoreError) -> [(number: Int, rule: FeeRule)] {
        let known = stored?.rules ?? []
        guard rules.starts(with: known) else { throw .brokenRule("A line of a tariff never changes") }
        let gained = rules.enumerated().dropFirst(known.count)
        for (_, rule) in gained {
            guard rule.terms?.flat.map({ $0.currency == rule.scope.currency }) ?? true else {
                throw .brokenRule("A flat fee is in the line's currency")
            }
        }
        return gained.map { (number: $0.offset + 1, rule: $0.element) }
    }
}

extension StoredAnswer {
    /// How rows tell answers apart. The numbers stay: databases are copied into each other.
    package enum Kind: Int {
        case resolution = 1
        case quote = 2
        case payment = 3
        case refund = 4
        case merchant = 5
        case ratesPublished = 6
        case refused = 7
        case recall = 8
        case dispute = 9
        case disputeEvent = 10
        case evidence = 11
        case webhook = 20
        case paymentReport = 21
    }

    package var kind: Kind {
        switch self {
        case .resolution: .resolution
        case .quote: .quote
        case .payment: .payment
        case .refund: .refund
        case .merchant: .merchant
        case .ratesPublished: .ratesPublished
        case .refused: .refused
        case .recall: .recall
        case .dispute: .dispute
        case .disputeEvent: .disputeEvent
        case .evidence: .evidence
        case .webhook: .webhook
        case .paymentReport: .paymentReport
        }
    }
}
