import KizunaMoney

/// The few words of a stand, in the languages of those who stand before it.
struct StandWords {
    let stand: Stand

    /// What to do, in the shop's language first.
    var instructions: [String] {
        let khmer = stand.amount == nil ? "ស្កេន រួចបញ្ចូលចំនួនទឹកប្រាក់" : "ស្កេន ហើយពិនិត្យឈ្មោះ និងចំនួនទឹកប្រាក់"
        let japanese = stand.amount == nil ? "スキャンして金額を入力してください" : "スキャンして店名と金額をご確認ください"
        let english = stand.amount == nil ? "Scan, then enter the amount" : "Scan, then check the name and the amount"
        return stand.scheme == .khqr ? [khmer, english, japanese] : [japanese, english, khmer]
    }

    /// What stands in the empty place for the scheme's mark, which only the scheme may hand out.
    var markPlace: (name: String, hint: String) { (stand.scheme.rawValue, "place for the official mark") }

    /// The amount as a price tag shows it: `¥1,980`, `៛ 42,000`, `$12.50`.
    var amount: String? {
        guard let amount = stand.amount else { return nil }
        let digits = amount.majorUnits.split(separator: ".", maxSplits: 1)
        let whole = digits.first.map(Self.grouped) ?? "0"
        let text = digits.count > 1 ? "\(whole).\(digits[1])" : whole
        return Self.sign(of: amount.currency).map { $0 + text } ?? "\(text) \(amount.currency.code)"
    }

    static let fold = "Fold  ·  បត់  ·  山折り"
    static let glue = "Glue  ·  បិទកាវ  ·  のりしろ"

    private static func sign(of currency: Currency) -> String? {
        switch currency {
        // The sign is as wide as its space: a thin one keeps it off the digits.
        case .khr: "៛\u{2009}"
        case .jpy: "¥"
        case .usd: "$"
        default: nil
        }
    }

    /// Digits with a comma before each three.
    private static func grouped(_ digits: Substring) -> String {
        var text = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index).isMultiple(of: 3) { text.append(",") }
            text.append(digit)
        }
        return text
    }
}
