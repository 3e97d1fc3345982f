public import KizunaMoney

/// What a merchant's code asks for.
public enum QRPrice: Sendable, Hashable {
    /// The payer types the amount: a static code, paid many times.
    case payerTypes(Currency)
    /// One amount: a dynamic code, paid once.
    case fixed(Money)

    /// The currency in which the payer pays.
    public var currency: Currency {
        switch self {
        case .payerTypes(let currency): currency
        case .fixed(let amount): amount.currency
        }
    }

    /// The amount asked for; nil when the payer types it.
    public var amount: Money? {
        if case .fixed(let amount) = self { amount } else { nil }
    }
}

extension PayloadWriter {
    /// Tag 53, and tag 54 in the one form that we write: whole riel and yen; dollars without decimals when whole, else
    /// with two.
    mutating func add(_ price: QRPrice) {
        let numeric = String(price.currency.numeric)
        add(RootTag.currency, String(repeating: "0", count: 3 - numeric.utf8.count) + numeric, 3...3)
        guard let amount = price.amount else { return }
        let path = TagPath(tag: RootTag.amount)
        guard amount.isPositive else { return refuse(.fieldValue(path, .amountNotZero)) }
        guard amount.isPayable else { return refuse(.fieldValue(path, .amountDecimals(allowed: 0))) }
        let unitsPerMajor = amount.currency.minorUnitsPerMajor
        let isWhole = amount.minorUnits % unitsPerMajor == 0
        add(RootTag.amount, isWhole ? String(amount.minorUnits / unitsPerMajor) : amount.majorUnits, 1...13)
    }
}
