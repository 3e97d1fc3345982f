package import KizunaMoney

/// How Kizuna's own values look in JSON.
extension JSON {
    /// `{"value": "1980", "currency": "JPY"}`.
    package init(_ money: Money) {
        self = ["value": .string(money.majorUnits), "currency": .string(money.currency.code)]
    }

    package init(_ money: Money?) { self = money.map { JSON($0) } ?? .null }

    /// RFC 3339 in UTC.
    package init(_ moment: Timestamp) { self = .string(moment.rfc3339) }

    /// Text that names a thing: an id, a rate, a currency, a country.
    package init(name: some CustomStringConvertible) { self = .string(name.description) }
}
