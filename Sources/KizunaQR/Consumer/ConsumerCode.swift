/// A code that a consumer's wallet shows: EMVCo CPM, or JPQR's own of the same build.
///
/// Whoever holds its text can spend with it. A switch routes by the operator, passes the rest on untouched and never
/// writes it down; descriptions of this type therefore hold nothing of it.
public struct ConsumerCode: Sendable, Hashable {
    /// What the format indicator (85) says.
    public enum Format: String, Sendable, Hashable {
        case emvco = "CPV01"
        case jpqr = "JPQR1"
    }

    /// Whose form the code has.
    public let format: Format
    /// The application templates (61): one or two.
    public let applications: [ConsumerTemplate]
    /// The common data template (62).
    public let common: ConsumerTemplate?
    /// Objects of the root that readers pass over.
    public let others: [BERObject]

    /// The longest text that is looked at: base64 of 512 bytes (EMVCo CPM 4.1) and some room.
    public static let longestCharacters = 1_024

    /// Whether a text is base64 of something that begins with object 85 of five bytes.
    static func looksLikeOne(_ text: [UInt8]) -> Bool {
        guard text.count >= 3, let first = Base64.value(of: text[0]), let second = Base64.value(of: text[1]),
            let third = Base64.value(of: text[2])
        else { return false }
        let bits = UInt32(first) << 12 | UInt32(second) << 6 | UInt32(third)
        return bits >> 2 == 0x8505
    }

    /// The scheme that goes with the form.
    public var scheme: QRScheme { format == .jpqr ? .jpqrConsumer : .emvcoConsumer }

    /// The eight digits of the Japanese operator whose wallet shows the code, by which a switch routes it.
    ///
    /// JPQR's own codes carry it in 4F; in EMVCo's it begins the track data (57) or the account number (5A) of an
    /// application of the association.
    public var operatorCode: String? {
        let digits: String? =
            switch format {
            case .jpqr: applications.first?[0x4F].flatMap { String(validating: $0, as: UTF8.self) }
            case .emvco: (applications.first?[0x57] ?? applications.first?[0x5A]).map(hexadecimalText)
            }
        guard let code = digits?.prefix(8), code.utf8.count == 8, code.utf8.allSatisfy(isDigit) else { return nil }
        return String(code)
    }
}

/// A template of a consumer-presented code, with its transparent template opened.
public struct ConsumerTemplate: Sendable, Hashable {
    /// The objects in their order, the transparent template left out.
    public let objects: [BERObject]
    /// The tag of the transparent template: 63 in an application template, 64 in the common one.
    public let transparentTag: UInt16
    /// The objects inside the transparent template; nil when there is none.
    public let transparent: [BERObject]?

    /// The value of an object, or nil when its tag is not there.
    public subscript(tag: UInt16) -> [UInt8]? { objects.first { $0.tag == tag }?.value }
}

extension ConsumerCode: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { scheme.rawValue }
    public var debugDescription: String { description }
    /// Empty, so that dumps show nothing of the code.
    public var customMirror: Mirror { Mirror(self, children: []) }
}

/// Bytes in hexadecimal capitals.
func hexadecimalText(_ bytes: [UInt8]) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count * 2)
    for byte in bytes {
        text.append(digits[Int(byte >> 4)])
        text.append(digits[Int(byte & 0xF)])
    }
    return String(decoding: text, as: UTF8.self)
}
