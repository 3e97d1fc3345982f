package import KizunaMoney

extension Money {
    /// The amount as a price tag shows it: `¥1,980`, `៛53,642`, `$13.39`; another currency behind its number, as
    /// `1,980 THB`.
    package var priced: String {
        let amount = isNegative ? "−" + grouped : grouped
        guard let sign = currency.sign else { return "\(amount) \(currency.code)" }
        return isNegative ? "−" + sign + grouped : sign + grouped
    }

    /// The digits with a comma before each three, without a sign.
    package var grouped: String {
        let text = isNegative ? majorUnits.dropFirst() : majorUnits[...]
        let parts = text.split(separator: ".", maxSplits: 1)
        let whole = parts.first ?? "0"
        let groups = whole.enumerated().reduce(into: "") { groups, digit in
            if digit.offset > 0, (whole.count - digit.offset).isMultiple(of: 3) { groups.append(",") }
            groups.append(digit.element)
        }
        return parts.count > 1 ? "\(groups).\(parts[1])" : groups
    }

    private var isNegative: Bool { minorUnits < 0 }

    /// The amount on a page, which programs can read too.
    package var markup: Markup { "<data class=\"money\" value=\"\(description)\">\(priced)</data>" }

    /// The same for the amount that a page is about.
    package var largeMarkup: Markup { "<data class=\"money large\" value=\"\(description)\">\(priced)</data>" }
}

extension Currency {
    /// The sign that stands before an amount, for the currencies of the two countries.
    package var sign: String? {
        switch self {
        case .jpy: "¥"
        case .khr: "៛"
        case .usd: "$"
        default: nil
        }
    }
}
