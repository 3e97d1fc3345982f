import KizunaLedger
package import KizunaMoney
package import KizunaPayments

/// Kizuna's own values out of a request's members.
extension JSONFields {
    /// The id of a thing, such as a quote's.
    package mutating func identifier<Subject>(_ name: String) throws(Problem) -> Identifier<Subject> {
        guard let id: Identifier<Subject> = try optionalIdentifier(name) else { throw missing(name) }
        return id
    }

    package mutating func optionalIdentifier<Subject>(_ name: String) throws(Problem) -> Identifier<Subject>? {
        guard let text = try optionalString(name, maximum: 64) else { return nil }
        guard let id = Identifier<Subject>(text) else { throw invalid(name, "must be a UUID") }
        return id
    }

    /// A UETR: a UUID of version 4, as ISO 20022 has it.
    package mutating func uetr(_ name: String) throws(Problem) -> UETR {
        guard let uetr = try optionalUETR(name) else { throw missing(name) }
        return uetr
    }

    package mutating func optionalUETR(_ name: String) throws(Problem) -> UETR? {
        guard let text = try optionalString(name, maximum: 64) else { return nil }
        guard let uetr = UETR(text) else { throw invalid(name, "must be a UUID") }
        guard uetr.value.version == 4, uetr.value.low >> 62 == 0b10 else {
            throw invalid(name, "must be a UUID of version 4")
        }
        return uetr
    }

    /// A moment of RFC 3339, in UTC.
    package mutating func optionalTimestamp(_ name: String) throws(Problem) -> Timestamp? {
        guard let text = try optionalString(name, maximum: 64) else { return nil }
        guard let moment = Timestamp(rfc3339: text) else {
            throw invalid(name, "must be a time in UTC, such as 2026-01-31T09:30:00Z")
        }
        return moment
    }

    /// A currency by its code.
    ///
    /// - Throws: ``RefusalCode/currencyNotSupported`` for a code that ISO 4217 does not list.
    package mutating func currency(_ name: String) throws(Problem) -> Currency {
        guard let currency = Currency(code: try string(name, maximum: 64)) else {
            throw Problem(
                .refusal(.currencyNotSupported),
                "\"\(name)\" must be a currency of ISO 4217 in capitals, such as JPY, KHR or USD.",
                at: .pointer(place(name))
            )
        }
        return currency
    }

    /// An amount that can be paid: `{"value": "1980", "currency": "JPY"}`.
    ///
    /// - Throws: ``RefusalCode/amountInvalid`` with what is wrong with the value,
    ///   ``RefusalCode/currencyNotSupported``.
    package mutating func money(_ name: String) throws(Problem) -> Money {
        guard let money = try optionalMoney(name) else { throw missing(name) }
        return money
    }

    package mutating func optionalMoney(_ name: String) throws(Problem) -> Money? {
        guard var fields = try optionalObject(name) else { return nil }
        let currency = try fields.currency("currency")
        let money = try fields.amount("value", in: currency)
        try fields.finish()
        return money
    }

    private mutating func amount(_ name: String, in currency: Currency) throws(Problem) -> Money {
        let place = Problem.Place.pointer(place(name))
        guard let value = take(name) else { throw missing(name) }
        guard case .string(let text) = value else {
            throw Problem(
                .refusal(.amountInvalid),
                "Send the amount as text, such as \"1980\": a JSON number may lose digits on its way.",
                at: place
            )
        }
        let money: Money
        do throws(MoneyError) {
            money = try Money(majorUnits: text, currency: currency)
        } catch {
            throw Problem(.refusal(.amountInvalid), error.sentence(about: text, in: currency), at: place)
        }
        guard !money.isZero else {
            throw Problem(
                .refusal(.amountInvalid),
                "The amount must be more than zero.",
                at: place,
                isoReason: "AM01"
            )
        }
        guard money.isPayable else {
            throw Problem(.refusal(.amountInvalid), "\(currency) is paid in whole units.", at: place)
        }
        return money
    }
}

extension MoneyError {
    /// What is wrong with the text of an amount. Does not repeat the text.
    fileprivate func sentence(about text: String, in currency: Currency) -> String {
        switch self {
        case .notANumber where text.hasPrefix("-"), .notPositive:
            "The amount must be more than zero."
        case .notANumber, .currencyMismatch:
            "An amount is digits with at most one point between them, such as 1980 or 13.32."
        case .tooManyDecimals where currency.customerUnitMinorUnits == currency.minorUnitsPerMajor:
            "\(currency) is paid in whole units."
        case .tooManyDecimals:
            "\(currency) has at most \(currency.exponent) decimals."
        case .overflow, .tooManyDigits:
            "The amount is too large."
        }
    }
}
