/// Reads RFC 8259 strictly, in one pass, within limits, and says at which byte it stopped.
struct JSONParser {
    /// Our deepest body has four levels.
    static let deepest = 16
    /// Our longest body, a hundred rates, has about five hundred values.
    static let mostItems = 2_000
    /// Our widest object has about thirty members.
    static let mostMembers = 64
    /// Room for as many is made at once.
    private static let commonMembers = 8

    private let bytes: [UInt8]
    private var position = 0
    private var depth = 0
    private var items = 0

    private init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// Reads one value and nothing behind it.
    static func parse(_ bytes: [UInt8]) throws(JSONFault) -> JSON {
        if let position = firstInvalidUTF8(in: bytes) { throw JSONFault(code: .invalidUTF8, position: position) }
        var parser = JSONParser(bytes)
        parser.skipBlanks()
        guard parser.byte != nil else { throw JSONFault(code: .empty, position: nil) }
        let value = try parser.value()
        parser.skipBlanks()
        guard parser.byte == nil else { throw parser.fault(.syntax) }
        return value
    }

    private var byte: UInt8? { position < bytes.count ? bytes[position] : nil }

    private func fault(_ code: JSONFault.Code) -> JSONFault { JSONFault(code: code, position: position) }

    // MARK: Structure

    private mutating func value() throws(JSONFault) -> JSON {
        items += 1
        guard items <= JSONParser.mostItems else { throw fault(.tooManyItems) }
        switch byte {
        case UInt8(ascii: "{"):
            let members = try nested { parser throws(JSONFault) in try parser.members() }
            return .object(members)
        case UInt8(ascii: "["):
            let items = try nested { parser throws(JSONFault) in try parser.elements() }
            return .array(items)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try literal("true", .bool(true))
        case UInt8(ascii: "f"): return try literal("false", .bool(false))
        case UInt8(ascii: "n"): return try literal("null", .null)
        default: return try number()
        }
    }

    private mutating func nested<Content>(
        _ read: (inout JSONParser) throws(JSONFault) -> Content
    ) throws(JSONFault) -> Content {
        guard depth < JSONParser.deepest else { throw fault(.tooDeep) }
        depth += 1
        position += 1
        let content = try read(&self)
        depth -= 1
        return content
    }

    private mutating func members() throws(JSONFault) -> [JSON.Member] {
        var members: [JSON.Member] = []
        if take("}") { return members }
        members.reserveCapacity(JSONParser.commonMembers)
        repeat {
            skipBlanks()
            let start = position
            let name = try string()
            guard members.count < JSONParser.mostMembers else {
                throw JSONFault(code: .tooManyItems, position: start)
            }
            guard !members.contains(where: { $0.name.hasSameBytes(as: name) }) else {
                throw JSONFault(code: .repeatedMember(name.isPlainName ? name : ""), position: start)
            }
            guard take(":") else { throw fault(.syntax) }
            skipBlanks()
            members.append(JSON.Member(name: name, value: try value()))
        } while take(",")
        guard take("}") else { throw fault(.syntax) }
        return members
    }

    private mutating func elements() throws(JSONFault) -> [JSON] {
        var elements: [JSON] = []
        if take("]") { return elements }
        repeat {
            skipBlanks()
            elements.append(try value())
        } while take(",")
        guard take("]") else { throw fault(.syntax) }
        return elements
    }

    private mutating func take(_ mark: Unicode.Scalar) -> Bool {
        skipBlanks()
        guard byte == UInt8(ascii: mark) else { return false }
        position += 1
        return true
    }

    private mutating func skipBlanks() {
        while let byte, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
    }

    // MARK: Tokens

    private mutating func literal(_ word: StaticString, _ value: JSON) throws(JSONFault) -> JSON {
        guard bytes[position...].starts(with: word.description.utf8) else { throw fault(.syntax) }
        position += word.utf8CodeUnitCount
        return value
    }

    /// A number by the grammar of RFC 8259, section 6; it stays text.
    private mutating func number() throws(JSONFault) -> JSON {
        let start = position
        if byte == UInt8(ascii: "-") { position += 1 }
        if byte == UInt8(ascii: "0") { position += 1 } else { try passDigits() }
        if byte == UInt8(ascii: ".") {
            position += 1
            try passDigits()
        }
        if byte == UInt8(ascii: "e") || byte == UInt8(ascii: "E") {
            position += 1
            if byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") { position += 1 }
            try passDigits()
        }
        return .number(String(decoding: bytes[start..<position], as: UTF8.self))
    }

    private mutating func passDigits() throws(JSONFault) {
        let start = position
        while let byte, UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte { position += 1 }
        guard position > start else { throw fault(.syntax) }
    }

    private mutating func string() throws(JSONFault) -> String {
        guard byte == UInt8(ascii: "\"") else { throw fault(.syntax) }
        position += 1
        let start = position
        var end = start
        while end < bytes.count, bytes[end] >= 0x20 {
            switch bytes[end] {
            case UInt8(ascii: "\""):
                position = end + 1
                return String(decoding: bytes[start..<end], as: UTF8.self)
            case UInt8(ascii: "\\"):
                position = end
                return try stringWithEscapes(from: start)
            default: end += 1
            }
        }
        position = end
        throw fault(.syntax)
    }

    private mutating func stringWithEscapes(from start: Int) throws(JSONFault) -> String {
        var text = Array(bytes[start..<position])
        while let byte, byte >= 0x20 {
            position += 1
            switch byte {
            case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
            case UInt8(ascii: "\\"): try escape(into: &text)
            default: text.append(byte)
            }
        }
        throw fault(.syntax)
    }

    private mutating func escape(into text: inout [UInt8]) throws(JSONFault) {
        guard let byte else { throw fault(.syntax) }
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "u"):
            position += 1
            text += String(Character(try scalar())).utf8
            return
        default: throw fault(.syntax)
        }
        position += 1
    }

    /// The scalar of one `\u` escape, or of the two of a surrogate pair; half a pair is refused.
    private mutating func scalar() throws(JSONFault) -> Unicode.Scalar {
        let first = try codeUnit()
        if let scalar = Unicode.Scalar(first) { return scalar }
        guard 0xD800...0xDBFF ~= first, bytes[position...].starts(with: "\\u".utf8) else { throw fault(.syntax) }
        position += 2
        let second = try codeUnit()
        guard 0xDC00...0xDFFF ~= second,
            let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
        else { throw fault(.syntax) }
        return scalar
    }

    private mutating func codeUnit() throws(JSONFault) -> UInt32 {
        var unit: UInt32 = 0
        for _ in 0..<4 {
            guard let byte, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { throw fault(.syntax) }
            unit = unit << 4 | UInt32(digit)
            position += 1
        }
        return unit
    }

    // MARK: UTF-8

    private static func firstInvalidUTF8(in bytes: [UInt8]) -> Int? {
        guard let firstNonASCII = bytes.firstIndex(where: { $0 >= 0x80 }) else { return nil }
        var position = firstNonASCII
        var rest = bytes[firstNonASCII...].makeIterator()
        var parser = Unicode.UTF8.ForwardParser()
        while true {
            switch parser.parseScalar(from: &rest) {
            case .valid(let scalar): position += scalar.count
            case .error: return position
            case .emptyInput: return nil
            }
        }
    }
}

extension String {
    /// By bytes: texts that only look alike are two names.
    fileprivate func hasSameBytes(as other: String) -> Bool {
        utf8.count == other.utf8.count && utf8.elementsEqual(other.utf8)
    }

    /// Whether the text may be repeated in an error: it looks like the name of a field and not like what a person
    /// might have typed into one.
    var isPlainName: Bool {
        1...40 ~= utf8.count
            && utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."):
                    true
                default: false
                }
            }
    }
}
