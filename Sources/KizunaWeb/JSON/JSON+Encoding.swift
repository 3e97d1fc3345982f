extension JSON {
    /// The value as UTF-8 text without blanks, members in their own order: the same value always gives the same bytes.
    package var encoded: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(512)
        append(to: &bytes)
        return bytes
    }

    private func append(to bytes: inout [UInt8]) {
        switch self {
        case .null: bytes += "null".utf8
        case .bool(let truth): bytes += (truth ? "true" : "false").utf8
        case .number(let text): bytes += text.utf8
        case .string(let text): JSON.append(text, to: &bytes)
        case .array(let items):
            JSON.append(items, between: ("[", "]"), to: &bytes) { item, bytes in item.append(to: &bytes) }
        case .object(let members):
            JSON.append(members, between: ("{", "}"), to: &bytes) { member, bytes in
                JSON.append(member.name, to: &bytes)
                bytes.append(UInt8(ascii: ":"))
                member.value.append(to: &bytes)
            }
        }
    }

    private static func append<Item>(
        _ items: [Item],
        between brackets: (open: Unicode.Scalar, close: Unicode.Scalar),
        to bytes: inout [UInt8],
        _ append: (Item, inout [UInt8]) -> Void
    ) {
        bytes.append(UInt8(ascii: brackets.open))
        for (index, item) in items.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            append(item, &bytes)
        }
        bytes.append(UInt8(ascii: brackets.close))
    }

    private static func append(_ text: String, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        var text = text
        text.withUTF8 { utf8 in
            var plainFrom = 0
            for (index, byte) in utf8.enumerated() where mustEscape(byte, at: index, of: utf8) {
                bytes.append(contentsOf: utf8[plainFrom..<index])
                let (escape, length) = escape(byte, at: index, of: utf8)
                bytes += escape.utf8
                plainFrom = index + length
            }
            bytes.append(contentsOf: utf8[plainFrom...])
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private static func mustEscape(_ byte: UInt8, at index: Int, of text: UnsafeBufferPointer<UInt8>) -> Bool {
        switch byte {
        case 0..<0x20, UInt8(ascii: "\""), UInt8(ascii: "\\"), 0x7F: true
        case 0xE2: isLineSeparator(at: index, of: text)
        default: false
        }
    }

    /// U+2028 and U+2029: allowed by RFC 8259, but line ends to JavaScript and to some log readers.
    private static func isLineSeparator(at index: Int, of text: UnsafeBufferPointer<UInt8>) -> Bool {
        index + 2 < text.count && text[index + 1] == 0x80 && 0xA8...0xA9 ~= text[index + 2]
    }

    /// What stands for a character that must not stand for itself, and how many bytes that character has.
    private static func escape(
        _ byte: UInt8,
        at index: Int,
        of text: UnsafeBufferPointer<UInt8>
    ) -> (escape: String, length: Int) {
        switch byte {
        case UInt8(ascii: "\""): ("\\\"", 1)
        case UInt8(ascii: "\\"): ("\\\\", 1)
        case UInt8(ascii: "\n"): ("\\n", 1)
        case UInt8(ascii: "\r"): ("\\r", 1)
        case UInt8(ascii: "\t"): ("\\t", 1)
        case 0xE2: (text[index + 2] == 0xA8 ? "\\u2028" : "\\u2029", 3)
        default: ("\\u00" + (byte < 0x10 ? "0" : "") + String(byte, radix: 16), 1)
        }
    }
}
