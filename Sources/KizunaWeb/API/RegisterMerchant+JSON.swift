import KizunaPayments
package import KizunaSwitch

extension RegisterMerchant {
    /// Reads what an acquirer says about a shop. The lengths are those of the codes (`qr.md` 2, 3 and 4); the name in
    /// the shop's own script may be longer, since Khmer needs several scalars for a syllable.
    package init(_ body: JSON) throws(Problem) {
        var fields = try JSONFields(body)
        var code = try fields.object("code")
        let key = try code.merchantKey()
        try code.finish()
        let name = try fields.latin("name", maximum: 25)
        let localName = try fields.optionalString("localName", maximum: 50)
        let city = try fields.latin("city", maximum: 15)
        let categoryCode = try fields.string("categoryCode", maximum: 4)
        guard categoryCode.utf8.count == 4, categoryCode.utf8.allSatisfy(\.isDigit) else {
            throw fields.invalid("categoryCode", "must be four digits")
        }
        let acceptsForeignPayers = try fields.boolean("acceptsForeignPayers")
        try fields.finish()
        self.init(
            key: key,
            name: name,
            localName: localName,
            city: city,
            categoryCode: categoryCode,
            acceptsForeignPayers: acceptsForeignPayers
        )
    }
}

extension JSONFields {
    fileprivate mutating func merchantKey() throws(Problem) -> MerchantKey {
        switch try string("scheme", maximum: 16) {
        case "khqr":
            return .khqr(account: try bakongAccount("account"), merchantID: try khqrMerchantID("merchantId"))
        case "jpqr":
            return .jpqr(levels: [
                try level("storeId", length: 13), try level("level2", length: 4), try level("level3", length: 6),
                try level("level4", length: 6),
            ])
        default:
            throw invalid("scheme", "must be khqr or jpqr")
        }
    }

    /// `name@bank`, at most 32 characters (tags 29.00 and 30.00).
    private mutating func bakongAccount(_ name: String) throws(Problem) -> String {
        let account = try string(name, maximum: 32)
        let parts = account.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty }),
            account.utf8.allSatisfy({ 0x21...0x7E ~= $0 && $0 != UInt8(ascii: "/") })
        else { throw invalid(name, "must be a Bakong account, such as name@bank") }
        return account
    }

    /// Tag 30.01.
    private mutating func khqrMerchantID(_ name: String) throws(Problem) -> String? {
        guard let id = try optionalString(name, maximum: 32) else { return nil }
        guard id.utf8.allSatisfy({ 0x20...0x7E ~= $0 }) else { throw invalid(name, "must be ASCII text") }
        return id
    }

    /// One level of the unified store identifier (tag 26 of JPQR): so many letters and digits, no fewer.
    private mutating func level(_ name: String, length: Int) throws(Problem) -> String {
        let level = try string(name, maximum: length)
        guard level.utf8.count == length, level.utf8.allSatisfy({ $0.isDigit || $0.isLetter }) else {
            throw invalid(name, "must be \(length) digits or letters")
        }
        return level
    }

    /// Text in Latin script, as a foreign payer can read it.
    fileprivate mutating func latin(_ name: String, maximum: Int) throws(Problem) -> String {
        let text = try string(name, maximum: maximum)
        guard text.unicodeScalars.allSatisfy(\.isLatinText), text.contains(where: { $0 != " " }) else {
            throw invalid(name, "must be written in Latin letters; other scripts belong into \"localName\"")
        }
        return text
    }
}

extension UInt8 {
    fileprivate var isDigit: Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= self }
    fileprivate var isLetter: Bool {
        UInt8(ascii: "A")...UInt8(ascii: "Z") ~= self || UInt8(ascii: "a")...UInt8(ascii: "z") ~= self
    }
}

extension Unicode.Scalar {
    /// ASCII that can be seen, and the accented letters of Latin-1, Latin Extended and Vietnamese.
    fileprivate var isLatinText: Bool {
        switch value {
        case 0x20...0x7E, 0xC0...0x24F, 0x1E00...0x1EFF: true
        default: false
        }
    }
}

extension Schema {
    /// What `RegisterMerchant` reads.
    static let merchantRequest = request([
        "code": .choice([jpqrCode(request), khqrCode(request)]),
        "name": .latin(1...25, "KIZUNA SHOTEN"),
        "localName": .text(1...50, "きずな商店").optional,
        "city": .latin(1...15, "Tokyo"),
        "categoryCode": .categoryCode,
        "acceptsForeignPayers": .boolean(true),
    ])
    .named("MerchantRequest", "A shop to register.")

    private static func latin(_ length: ClosedRange<Int>, _ example: String) -> Schema {
        let letters = #"\u00C0-\u024F\u1E00-\u1EFF"#
        return text(matching: "^ *[!-~\(letters)][ -~\(letters)]*$", length: length, example)
            .saying("In Latin letters.")
    }
}
