/// Takes the percent-encoding off a part of a URL (RFC 3986), strictly.
package enum PercentEncoding {
    /// `nil` for a percent sign without two hexadecimal digits, for what is not UTF-8, and for control characters.
    package static func decode(_ text: Substring) -> String? {
        guard text.utf8.contains(UInt8(ascii: "%")) else { return plain(text) }
        return bytes(text).flatMap { String(validating: $0, as: UTF8.self) }.flatMap { plain($0[...]) }
    }

    /// The same for a form's field (URL Standard, section 5), in which a blank is a plus sign and lines may break.
    package static func decodeForm(_ text: Substring) -> String? {
        bytes(text.replacing("+", with: " ")[...]).flatMap { String(validating: $0, as: UTF8.self) }
    }

    private static func bytes(_ text: Substring) -> [UInt8]? {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard let high = rest.popFirst().flatMap(value), let low = rest.popFirst().flatMap(value) else {
                return nil
            }
            bytes.append(high << 4 | low)
        }
        return bytes
    }

    private static func plain(_ text: Substring) -> String? {
        text.utf8.contains { $0 < 0x20 || $0 == 0x7F } ? nil : String(text)
    }

    /// The text with everything but unreserved characters (section 2.3) encoded.
    package static func encode(_ text: String) -> String {
        text.utf8.reduce(into: "") { encoded, byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                encoded.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                encoded += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
        }
    }

    private static func value(ofDigit byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        default: nil
        }
    }
}
