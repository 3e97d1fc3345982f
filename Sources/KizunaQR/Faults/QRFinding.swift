/// One thing that is wrong with a payload, and where.
public struct QRFinding: Sendable, Hashable {
    /// What is wrong.
    public let kind: Kind
    /// The place in the payload, in Unicode scalars from 0; nil when the fault is that something is not there.
    public let position: Int?

    public init(_ kind: Kind, position: Int? = nil) {
        self.kind = kind
        self.position = position
    }

    /// The faults that the reader and the writer tell apart.
    public enum Kind: Sendable, Hashable {
        /// Nothing was given.
        case empty
        /// More than the standard lets a reader expect (EMVCo MPM 4.1), or than this reader looks at.
        case tooLong(found: Int, limit: Int, unit: LengthUnit)
        /// Not a row of data objects; what it looks like instead, if that can be told.
        case notEMV(Network?)
        case crcMissing
        case crcLength(found: Int)
        case crcNotHex
        case crcNotLast
        /// The checksum differs from the one that the text before it gives (EMVCo MPM 4.7.3).
        case crcMismatch(computed: UInt16)
        case tlvMalformed(Malformation)
        /// A length that reaches past the end of the payload or its template.
        case tlvOverrun(declared: Int, available: Int)
        /// Readers that count UTF-16 units would read other fields.
        case tlvAmbiguous
        case tagDuplicate(TagPath)
        case subtagDuplicate(TagPath)
        case templateMalformed(TagPath)
        case accountMissing
        case accountConflict
        case fieldMissing(TagPath)
        case fieldLength(TagPath, found: Int, allowed: ClosedRange<Int>)
        case fieldValue(TagPath, ValueRule)
        case fieldUnexpected(TagPath)
        case currencyUnsupported
        /// UnionPay accounts in a KHQR take riel only.
        case unionPayWithDollars
        case amountMissingDynamic
        case expiryLength(found: Int)
        case expired
        case timestampInvalid(TagPath)
        /// A Japanese code without the JPQR identifier.
        case guidMissing
        case consumerWithoutApplication
    }

    /// What a length counts.
    public enum LengthUnit: Sendable, Hashable { case characters, bytes }

    /// Why a row of data objects cannot be read on.
    public enum Malformation: Sendable, Hashable {
        case tagOrLengthNotDigits
        case leftOver
        case invalidUTF8
        case controlCharacter
        case invalidBase64
        case invalidLengthOfLength
    }

    /// What a value must be, where its length is not the matter.
    public enum ValueRule: Sendable, Hashable {
        case exactly(String)
        case oneOf([String])
        case digits
        case alphanumeric
        case ascii
        case latin
        case basicPlane
        case composed
        case bakongAccount
        case amountDigits
        case amountNotZero
        case amountDecimals(allowed: Int)
        case amountTooLarge
        case noBidirectionalControls
        case noControlCharacters
        case later(than: TagPath)
        case hexadecimalTag
    }
}

extension QRFinding {
    /// The stable name for programs, such as `field-length:59`.
    public var name: String { namedPath.map { "\(kind.title):\($0)" } ?? kind.title }

    /// Whether two findings have the same name, without writing it out.
    func isNamed(like other: QRFinding) -> Bool { kind.title == other.kind.title && namedPath == other.namedPath }

    /// The path that belongs to the name: that of faults which many objects can have.
    private var namedPath: TagPath? {
        switch kind {
        case .tagDuplicate(let path), .subtagDuplicate(let path), .templateMalformed(let path),
            .fieldMissing(let path), .fieldLength(let path, _, _), .fieldValue(let path, _),
            .fieldUnexpected(let path):
            path
        case .empty, .tooLong, .notEMV, .crcMissing, .crcLength, .crcNotHex, .crcNotLast, .crcMismatch,
            .tlvMalformed, .tlvOverrun, .tlvAmbiguous, .accountMissing, .accountConflict, .currencyUnsupported,
            .unionPayWithDollars, .amountMissingDynamic, .expiryLength, .expired, .timestampInvalid, .guidMissing,
            .consumerWithoutApplication:
            nil
        }
    }

    /// The data object that the fault is about, where it is about one.
    public var path: TagPath? {
        switch kind {
        case .crcMissing, .crcLength, .crcNotHex, .crcNotLast, .crcMismatch: TagPath(63)
        case .currencyUnsupported: TagPath(53)
        case .unionPayWithDollars: TagPath(15)
        case .amountMissingDynamic: TagPath(54)
        case .expiryLength, .expired: TagPath(99, 01)
        case .timestampInvalid(let path): path
        default: namedPath
        }
    }
}

extension QRFinding.Kind {
    /// The stable name without a path.
    fileprivate var title: String {
        switch self {
        case .empty: "empty"
        case .tooLong: "too-long"
        case .notEMV: "not-emv"
        case .crcMissing: "crc-missing"
        case .crcLength: "crc-length"
        case .crcNotHex: "crc-not-hex"
        case .crcNotLast: "crc-not-last"
        case .crcMismatch: "crc-mismatch"
        case .tlvMalformed: "tlv-malformed"
        case .tlvOverrun: "tlv-overrun"
        case .tlvAmbiguous: "tlv-ambiguous"
        case .tagDuplicate: "tag-duplicate"
        case .subtagDuplicate: "subtag-duplicate"
        case .templateMalformed: "template-malformed"
        case .accountMissing: "account-missing"
        case .accountConflict: "account-conflict"
        case .fieldMissing: "field-missing"
        case .fieldLength: "field-length"
        case .fieldValue: "field-value"
        case .fieldUnexpected: "field-unexpected"
        case .currencyUnsupported: "currency-unsupported"
        case .unionPayWithDollars: "upi-usd"
        case .amountMissingDynamic: "amount-missing-dynamic"
        case .expiryLength: "expiry-length"
        case .expired: "expired"
        case .timestampInvalid: "timestamp-invalid"
        case .guidMissing: "guid-missing"
        case .consumerWithoutApplication: "cpm-no-application"
        }
    }
}
