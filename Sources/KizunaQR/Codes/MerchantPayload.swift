public import KizunaMoney

/// A merchant-presented payload that was read and found right: its text, and every field on demand.
///
/// Fields become strings only when they are asked for. Copies share one piece of memory. Descriptions leave the text
/// out, for it holds names and numbers of people.
public struct MerchantPayload: Sendable {
    private let storage: Storage

    private final class Storage: Sendable {
        let bytes: [UInt8]
        let index: QRIndex

        init(bytes: [UInt8], index: QRIndex) {
            self.bytes = bytes
            self.index = index
        }
    }

    /// Reads the UTF-8 of a payload.
    ///
    /// - Parameter now: the moment as of which expiry is judged; nil leaves it unjudged.
    /// - Throws: ``QRFault``, as ``QRReader/inspect(_:at:)`` does.
    public init(utf8 bytes: [UInt8], at now: Timestamp?) throws(QRFault) {
        let index = try QRReader.inspect(bytes.span, at: now)
        storage = Storage(bytes: bytes, index: index)
    }

    /// The places of the fields.
    public var index: QRIndex { storage.index }
    /// The payload's UTF-8, exactly as it was read.
    public var utf8: [UInt8] { storage.bytes }
    /// The payload's text, exactly as it was read.
    public var text: String { String(decoding: storage.bytes, as: UTF8.self) }

    /// The scheme whose rules the payload keeps.
    public var scheme: QRScheme { index.scheme }
    /// Whose code it is, when it is neither a KHQR nor a JPQR.
    public var network: Network? { index.network }
    /// Whether the code is for one payment: 01 is 12, or 01 is missing and there is an amount.
    public var isDynamic: Bool { index.isDynamic }
    /// The currency (53); nil when it is none that ISO 4217 gives a minor unit.
    public var currency: Currency? { index.currency }

    /// The amount that the code asks for; nil when the payer types it.
    public var amount: Money? {
        guard let currency = index.currency, let units = index.amountMinorUnits else { return nil }
        return Money(minorUnits: units, currency: currency)
    }

    /// What tag 01 says.
    public var initiation: Initiation {
        guard let text = self[RootTag.initiation] else { return .absent }
        return text == "12" ? .dynamic : .static
    }

    /// The merchant category code (52), four digits of ISO 18245.
    public var category: String? { self[RootTag.category] }
    /// The amount as it stands in the text (54).
    public var amountText: String? { self[RootTag.amount] }
    /// The country (58), ISO 3166 alpha-2.
    public var country: String? { self[RootTag.country] }
    /// The merchant's name (59).
    public var name: String? { self[RootTag.name] }
    /// The merchant's city (60).
    public var city: String? { self[RootTag.city] }
    /// The postal code (61).
    public var postalCode: String? { self[RootTag.postalCode] }
    /// The merchant's name in local script (64.01).
    public var localName: String? { text(of: index.language[1]) }
    /// The merchant's city in local script (64.02).
    public var localCity: String? { text(of: index.language[2]) }
    /// The language of the local script (64.00), ISO 639 alpha-2 as it stands.
    public var localLanguage: String? { text(of: index.language[0]) }
    /// The name to show: local script where there is one, else Latin.
    public var displayName: String? { localName ?? name }

    /// The value of a root object, or nil when its tag is not there.
    public subscript(tag: UInt8) -> String? { tag < 100 ? text(of: index.root[tag]) : nil }

    /// A field of the additional data (62), or nil when it is not there.
    public func additional(_ field: AdditionalField) -> String? { text(of: index.additional[field.rawValue]) }

    /// Every field of the additional data (62) that is there.
    public var additionalFields: [AdditionalField: String] {
        guard index.additional.present != 0 else { return [:] }
        var fields: [AdditionalField: String] = [:]
        fields.reserveCapacity(index.additional.present.nonzeroBitCount)
        for field in AdditionalField.allCases where index.additional[field.rawValue].isPresent {
            fields[field] = additional(field)
        }
        return fields
    }

    /// A sub-field, 0 to 9, of the template that names the payee.
    func accountField(_ sub: UInt8) -> String? { text(of: index.account[sub]) }

    func text(of slot: Slot) -> String? {
        slot.isPresent ? String(decoding: storage.bytes[slot.start..<slot.end], as: UTF8.self) : nil
    }
}

extension MerchantPayload: Hashable {
    public static func == (left: MerchantPayload, right: MerchantPayload) -> Bool {
        left.storage.bytes == right.storage.bytes
    }
    public func hash(into hasher: inout Hasher) { hasher.combine(storage.bytes) }
}

extension MerchantPayload: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "\(scheme.rawValue), \(utf8.count) bytes" }
    public var debugDescription: String { description }
    /// Empty, so that dumps show nothing of the text.
    public var customMirror: Mirror { Mirror(self, children: []) }
}

/// The point of initiation (01, EMVCo MPM 4.7.2).
public enum Initiation: String, Sendable, Hashable {
    /// The same code serves many payments: `11`.
    case `static`
    /// The code is for one payment: `12`.
    case dynamic
    /// Tag 01 is missing.
    case absent
}

/// The fields of the additional data template (62, EMVCo MPM 4.8), each at most 25 characters.
public enum AdditionalField: UInt8, Sendable, Hashable, CaseIterable {
    case billNumber = 1
    case mobileNumber = 2
    case storeLabel = 3
    case loyaltyNumber = 4
    case referenceLabel = 5
    case customerLabel = 6
    case terminalLabel = 7
    case purpose = 8
    case consumerDataRequest = 9
}
