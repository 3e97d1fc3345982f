/// Why bytes are not JSON.
package struct JSONError: Error, Sendable, Equatable {
    /// The place, in bytes from 0.
    package let offset: Int
}

extension JSON {
    /// How deep arrays and objects may nest: no input of ours goes past three.
    package static let deepestNesting = 32

    /// Reads one value and nothing behind it.
    ///
    /// - Throws: ``JSONError`` for anything that RFC 8259 does not allow, for a name that stands twice in an object, and
    ///   for nesting past ``deepestNesting``.
    package init(utf8 bytes: [UInt8]) throws(JSONError) {
        var parser = JSONParser(bytes: bytes)
        self = try parser.document()
    }
}

private struct JSONParser {
    let bytes: [UInt8]
    var offset = 0
    var depth = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    private var byte: UInt8? { offset < bytes.count ? bytes[offset] : nil }
    private var error: JSONError { JSONError(offset: offset) }

    mutating func document() throws(JSONError) -> JSON {
        let value = try value()
        skipBlanks()
        guard byte == nil else { throw error }
        return value
    }

    private mutating func value() throws(JSONError) -> JSON {
        skipBlanks()
        switch byte {
        case UInt8(ascii: "{"): return try nested { parser throws(JSONError) in try parser.object() }
        case UInt8(ascii: "["): return try nested { parser throws(JSONError) in try parser.array() }
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try literal("true", .bool(true))
        case UInt8(ascii: "f"): return try literal("false", .bool(false))
        case UInt8(ascii: "n"): return try literal("null", .null)
        default: return try number()
        }
    }

    private mutating func nested(
        _ read: (inout JSONParser) throws(JSONError) -> JSON
    ) throws(JSONError) -> JSON {
        guard depth < JSON.deepestNesting else { throw error }
        depth += 1
        defer { depth -= 1 }
        offset += 1
        return try read(&self)
    }

    private mutating func object() throws(JSONError) -> JSON {
        var members: [JSON.Member] = []
        if take("}") { return .object(members) }
        while true {
            skipBlanks()
            let name = try string()
            guard !members.contains(where: { $0.name == name }), take(":") else { throw error }
            members.append(JSON.Member(name, try value()))
            if take("}") { return .object(members) }
            guard take(",") else { throw error }
        }
    }

    private mutating func array() throws(JSONError) -> JSON {
        var values: [JSON] = []
        if take("]") { return .array(values) }
        while true {
            values.append(try value())
            if take("]") { return .array(values) }
            guard take(",") else { throw error }
        }
    }

    private mutating func literal(_ word: StaticString, _ value: JSON) throws(JSONError) -> JSON {
        guard bytes[offset...].starts(with: word.description.utf8) else { throw error }
        offset += word.utf8CodeUnitCount
        return value
    }

    /// A number by the grammar of RFC 8259, section 6.
    private mutating func number() throws(JSONError) -> JSON {
        let start = offset
        if byte == UInt8(ascii: "-") { offset += 1 }
        if byte == UInt8(ascii: "0") { offset += 1 } else { try digits() }
        if byte == UInt8(ascii: ".") {
            offset += 1
            try digits()
        }
        if byte == UInt8(ascii: "e") || byte == UInt8(ascii: "E") {
            offset += 1
            if byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") { offset += 1 }
            try digits()
        }
        return .number(String(decoding: bytes[start..<offset], as: UTF8.self))
    }

    private mutating func digits() throws(JSONError) {
        let start = offset
        while let byte, UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte { offset += 1 }
        guard offset > start else { throw error }
    }

    private mutating func take(_ mark: Unicode.Scalar) -> Bool {
        skipBlanks()
        guard byte == UInt8(ascii: mark) else { return false }
        offset += 1
        return true
    }

    private mutating func skipBlanks() {
        while let byte, [0x20, 0x09, 0x0A, 0x0D].contains(byte) { offset += 1 }
    }
}

extension JSONParser {
    private mutating func string() throws(JSONError) -> String {
        guard byte == UInt8(ascii: "\"") else { throw error }
        offset += 1
        var text: [UInt8] = []
        while let byte {
            offset += 1
            switch byte {
            case UInt8(ascii: "\""):
                guard let string = String(validating: text, as: UTF8.self) else { throw error }
                return string
            case UInt8(ascii: "\\"): try escape(into: &text)
            case 0..<0x20: throw error
            default: text.append(byte)
            }
        }
        throw error
    }

    private mutating func escape(into text: inout [UInt8]) throws(JSONError) {
        guard let byte else { throw error }
        offset += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "u"): text += String(Character(try scalar())).utf8
        default: throw error
        }
    }

    /// A scalar from one `\u` escape, or from the two of a surrogate pair; half a pair is refused.
    private mutating func scalar() throws(JSONError) -> Unicode.Scalar {
        let first = try unit()
        if let scalar = Unicode.Scalar(first) { return scalar }
        guard 0xD800...0xDBFF ~= first, bytes[offset...].starts(with: "\\u".utf8) else { throw error }
        offset += 2
        let second = try unit()
        let code = 0x10000 + (first - 0xD800) << 10 + (second &- 0xDC00)
        guard 0xDC00...0xDFFF ~= second, let scalar = Unicode.Scalar(code) else { throw error }
        return scalar
    }

    private mutating func unit() throws(JSONError) -> UInt32 {
        var unit: UInt32 = 0
        for _ in 0..<4 {
            guard let byte, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { throw error }
            unit = unit << 4 | UInt32(digit)
            offset += 1
        }
        return unit
    }
}
