extension QRFinding {
    /// A sentence for people: what is wrong, where, and what would be right. It quotes nothing of the payload.
    public var message: String {
        switch kind {
        case .empty: "There is nothing to read: give the text of a payment code."
        case .tooLong(let found, let limit, let unit): Self.tooLong(found, limit, unit)
        case .notEMV(let network): Self.notEMV(network)
        case .tlvMalformed(let reason): Self.malformed(reason)
        case .tlvOverrun(let declared, let available):
            "A length says \(declared) characters, but only \(available) are left."
        case .tlvAmbiguous:
            "A character beyond U+FFFF makes the fields depend on how characters are counted; leave it out."
        case .crcMissing, .crcLength, .crcNotHex, .crcNotLast, .crcMismatch: checksumMessage
        case .tagDuplicate(let path): "Tag \(path) stands twice; each may stand once."
        case .subtagDuplicate(let path): "Sub-tag \(path) stands twice; each may stand once in its template."
        case .templateMalformed(let path):
            "The inside of template \(path) is not a row of data objects; its lengths do not add up."
        case .accountMissing, .accountConflict, .guidMissing, .consumerWithoutApplication: accountMessage
        case .fieldMissing(let path): "\(Self.named(path)) is missing."
        case .fieldLength(let path, let found, let allowed): Self.length(path, found, allowed)
        case .fieldValue(let path, let rule): "\(Self.named(path)) \(rule.requirement)."
        case .fieldUnexpected(let path): "\(Self.named(path)) must not be there."
        case .currencyUnsupported: "The currency (53) must be 116 (riel) or 840 (US dollar) in a KHQR."
        case .unionPayWithDollars: "A UnionPay account (15) goes with riel only; the currency (53) is US dollar."
        case .amountMissingDynamic: "A dynamic code (01 is 12) must carry its amount (54)."
        case .expiryLength(let found): "The expiry (99.01) has \(found) characters; it must have 13 digits."
        case .expired: "The code has expired; ask the shop for a fresh one."
        case .timestampInvalid(let path): "The time in \(path) must be 13 digits: milliseconds since 1970."
        }
    }

    private var checksumMessage: String {
        switch kind {
        case .crcLength(let found): "The checksum (63) has \(found) characters; it must have 4."
        case .crcNotHex: "The checksum (63) must be four hexadecimal digits."
        case .crcNotLast: "The checksum (63) must be the last object; something follows it."
        case .crcMismatch(let computed):
            "The checksum (63) does not fit the text before it, which gives \(CRC16.text(computed)): "
                + "a character was changed, added or lost."
        default: "The checksum is missing: the text must end with 6304 and four hexadecimal digits."
        }
    }

    private var accountMessage: String {
        switch kind {
        case .accountConflict: "The code names more than one account to pay; a code must name one."
        case .guidMissing: "The code is from Japan but holds no JPQR identifier (jp.or.paymentsjapan in 26 to 51)."
        case .consumerWithoutApplication: "The consumer's code holds no application template (61)."
        default: "The code names no account to pay (02 to 51; in a KHQR, a Bakong account in 29 or 30)."
        }
    }

    private static func tooLong(_ found: Int, _ limit: Int, _ unit: LengthUnit) -> String {
        "The text has \(found) \(unit == .bytes ? "bytes" : "characters"); a payment code has at most \(limit)."
    }

    private static func notEMV(_ network: Network?) -> String {
        guard let network else { return "This is not a payment code: it does not begin with 0002 and end with 6304." }
        return "This is not a payment code of the EMVCo form; it looks like \(network.title)."
    }

    private static func malformed(_ reason: Malformation) -> String {
        switch reason {
        case .tagOrLengthNotDigits: "A tag and a length are expected here: four digits, 0 to 9."
        case .leftOver: "Too few characters are left for a tag and a length; the lengths before do not add up."
        case .invalidUTF8: "The bytes are not valid UTF-8."
        case .controlCharacter: "A control character stands here; payment codes hold printable text only."
        case .invalidBase64: "The text is not valid base64."
        case .invalidLengthOfLength: "A length is written in a form that payment codes do not use."
        }
    }

    private static func length(_ path: TagPath, _ found: Int, _ allowed: ClosedRange<Int>) -> String {
        let limit =
            if allowed.lowerBound == allowed.upperBound {
                "it must have \(allowed.upperBound)"
            } else if found < allowed.lowerBound {
                "it must have at least \(allowed.lowerBound)"
            } else {
                "at most \(allowed.upperBound) are allowed"
            }
        return "\(named(path)) has \(found) characters; \(limit)."
    }

    private static func named(_ path: TagPath) -> String {
        guard let title = FieldCatalogue.title(of: path) else { return "Field \(path)" }
        return "\(title) (\(path))"
    }
}

extension QRFinding.ValueRule {
    /// The end of a sentence that begins with the field's name.
    var requirement: String {
        switch self {
        case .exactly(let text): "must be \(text)"
        case .oneOf(let texts): "must be \(texts.joined(separator: " or "))"
        case .digits: "must be digits only"
        case .alphanumeric: "must be ASCII letters and digits only"
        case .ascii: "must be printable ASCII; local script belongs in the language template (64)"
        case .latin: "must be Latin text; local script belongs in the language template (64)"
        case .basicPlane: "must not hold characters beyond U+FFFF, which readers count differently"
        case .composed: "must be in composed form (NFC)"
        case .bakongAccount: "must be a Bakong account of the form name@bank"
        case .amountDigits: "must be digits with at most one point after the first digit"
        case .amountNotZero: "must be more than zero; leave it out to let the payer type it"
        case .amountDecimals(0): "must be whole: this currency is paid without decimals"
        case .amountDecimals(let allowed): "must have at most \(allowed) decimals in this currency"
        case .amountTooLarge: "is larger than any amount that can be paid"
        case .noBidirectionalControls: "must not hold marks that turn the direction of text"
        case .noControlCharacters: "must not hold control characters"
        case .later(let path): "must be later than \(path)"
        case .hexadecimalTag: "must be a tag in hexadecimal"
        }
    }
}
