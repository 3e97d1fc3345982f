import KizunaMoney

/// The answers of the strict verifier that banks' SDKs share, by their numbers (National Bank of Cambodia's SDK; the
/// npm line's order of checks).
///
/// Only those are listed that a payload can earn which ``QRReader`` lets pass: the reader refuses the others outright.
public enum KHQRStrictError: Int, Sendable, Hashable, CaseIterable {
    case billNumberLength = 10
    case storeLabelLength = 11
    case terminalLabelLength = 12
    case mobileNumberLength = 34
    case languageLength = 38
    case localCityLength = 41
    case purposeLength = 42
    case expiryMissing = 45
    case expired = 46
    case expiryLength = 49
    case expiryBeforeCreation = 50

    /// A sentence for people.
    public var message: String {
        switch self {
        case .billNumberLength: "The bill number (62.01) is empty."
        case .storeLabelLength: "The store label (62.03) is empty."
        case .terminalLabelLength: "The terminal label (62.07) is empty."
        case .mobileNumberLength: "The mobile number (62.02) is empty."
        case .languageLength: "The language template (64) holds no language."
        case .localCityLength: "The city in local script (64.02) is empty."
        case .purposeLength: "The purpose (62.08) is empty."
        case .expiryMissing: "The code carries an amount but no expiry (99.01)."
        case .expired: "The code has expired (99.01)."
        case .expiryLength: "The expiry (99.01) is no moment of our time."
        case .expiryBeforeCreation: "The expiry (99.01) is before the creation (99.00)."
        }
    }
}

/// Strict verification of a KHQR that the reader let pass.
enum KHQRStrictCheck {
    /// The number of the first error in the order in which the fields stand, or 0.
    static func code(for index: QRIndex, in bytes: Span<UInt8>, at now: Timestamp?) -> UInt8 {
        let isMarkedDynamic = Ascii.equals("12", index.root[RootTag.initiation], in: bytes)
        let timestamps = index.root[RootTag.timestamps]
        if isMarkedDynamic || index.root.contains(RootTag.amount), !timestamps.isPresent { return 45 }
        var first = (offset: Int.max, code: UInt8(0))
        func consider(_ tag: UInt8, _ code: UInt8) {
            let offset = index.root[tag].start
            if code != 0, offset < first.offset { first = (offset: offset, code: code) }
        }
        consider(RootTag.additional, additionalCode(index.additional))
        if index.root.contains(RootTag.language) { consider(RootTag.language, languageCode(index.language)) }
        // The line's verifier knows a code as dynamic only from 01 on.
        if isMarkedDynamic, index.root[RootTag.initiation].start < timestamps.start {
            consider(RootTag.timestamps, expiryCode(index, in: bytes, at: now))
        }
        return first.code
    }

    /// Labels of 62, in the verifier's order: bill, mobile, store, terminal, purpose.
    private static func additionalCode(_ template: TemplateIndex) -> UInt8 {
        if template.present == 0 { return 0 }
        if isEmpty(template[1]) { return 10 }
        if isEmpty(template[2]) { return 34 }
        if isEmpty(template[3]) { return 11 }
        if isEmpty(template[7]) { return 12 }
        return isEmpty(template[8]) ? 42 : 0
    }

    private static func languageCode(_ template: TemplateIndex) -> UInt8 {
        if template[0].byteCount == 0 { return 38 }
        return isEmpty(template[2]) ? 41 : 0
    }

    /// The verifier reads 99 as numbers whatever a bank has put there: words are no number.
    private static func expiryCode(_ index: QRIndex, in bytes: Span<UInt8>, at now: Timestamp?) -> UInt8 {
        var (created, expires) = (index.created, index.expires)
        if !index.hasTimestamps {
            let template = TemplateIndex(index.root[RootTag.timestamps], in: bytes, isASCII: index.isASCII)
            created = TimestampText.number(template[0], in: bytes)
            expires = TimestampText.number(template[1], in: bytes)
        }
        guard let expires, expires.milliseconds > 0 else { return 45 }
        // Leading zeros vanish when the verifier reads a number, and with them the thirteenth digit.
        if !(1_000_000_000_000...9_999_999_999_999 ~= expires.milliseconds) { return 49 }
        if let created, expires < created { return 50 }
        if let now, expires < now { return 46 }
        return 0
    }

    private static func isEmpty(_ slot: Slot) -> Bool { slot.isPresent && slot.byteCount == 0 }
}
