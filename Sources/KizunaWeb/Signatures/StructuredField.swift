import KizunaSwitch

/// The part of a dictionary of RFC 8941 that message signatures use: members that are byte sequences, or lists of texts
/// with parameters. Everything else is no value here.
struct StructuredField {
    enum Value: Hashable {
        case bytes([UInt8])
        case list([String], [Parameter])
    }

    /// Behind a list: `;created=1618884473`.
    struct Parameter: Hashable {
        enum Value: Hashable {
            case integer(Int64)
            case text(String)
        }

        let name: String
        let value: Value
    }

    struct Member {
        let name: String
        let value: Value
        /// The value as it was written.
        let text: String
    }

    /// The most members of a dictionary, items of a list and parameters behind it.
    private static let most = 16

    let members: [Member]

    /// `nil` for everything but such a dictionary, and for one that names a member twice.
    init?(_ text: String) {
        var reader = FieldReader(text)
        var members: [Member] = []
        repeat {
            reader.skipSpaces()
            guard members.count < StructuredField.most, let name = reader.key(), reader.take("="),
                !members.contains(where: { $0.name == name })
            else { return nil }
            let start = reader.position
            guard let value = StructuredField.value(&reader) else { return nil }
            members.append(Member(name: name, value: value, text: reader.text(from: start)))
            reader.skipSpaces()
        } while reader.take(",")
        guard reader.isAtEnd else { return nil }
        self.members = members
    }

    private static func value(_ reader: inout FieldReader) -> Value? {
        if let bytes = reader.byteSequence() { return .bytes(bytes) }
        guard reader.take("(") else { return nil }
        var items: [String] = []
        reader.skipSpaces()
        while !reader.take(")") {
            guard items.count < most, let item = reader.quotedText() else { return nil }
            items.append(item)
            reader.skipSpaces()
        }
        guard let parameters = parameters(&reader) else { return nil }
        return .list(items, parameters)
    }

    private static func parameters(_ reader: inout FieldReader) -> [Parameter]? {
        var parameters: [Parameter] = []
        while reader.take(";") {
            reader.skipSpaces()
            guard parameters.count < most, let name = reader.key(), reader.take("="),
                !parameters.contains(where: { $0.name == name })
            else { return nil }
            if let number = reader.integer() {
                parameters.append(Parameter(name: name, value: .integer(number)))
            } else if let text = reader.quotedText() {
                parameters.append(Parameter(name: name, value: .text(text)))
            } else {
                return nil
            }
        }
        return parameters
    }
}

/// Takes a field's text apart from its start on.
private struct FieldReader {
    private let bytes: [UInt8]
    private(set) var position = 0

    init(_ text: String) { bytes = Array(text.utf8) }

    var isAtEnd: Bool { position == bytes.count }

    func text(from start: Int) -> String { String(decoding: bytes[start..<position], as: UTF8.self) }

    mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard next == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    mutating func skipSpaces() { while take(" ") || take("\t") {} }

    /// Lower-case letters, digits and `_-.*`, the first a letter or a star.
    mutating func key() -> String? {
        guard let first = next, FieldReader.isLower(first) || first == UInt8(ascii: "*") else { return nil }
        return run { FieldReader.isLower($0) || FieldReader.isDigit($0) || "_-.*".utf8.contains($0) }
    }

    /// At most 15 digits, as the standard has it.
    mutating func integer() -> Int64? {
        guard let first = next, FieldReader.isDigit(first) else { return nil }
        let digits = run(FieldReader.isDigit)
        return digits.utf8.count <= 15 ? Int64(digits) : nil
    }

    /// Printable ASCII between quotes, without escapes: what we take apart has none.
    mutating func quotedText() -> String? {
        guard take("\"") else { return nil }
        let text = run { 0x20..<0x7F ~= $0 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }
        return take("\"") ? text : nil
    }

    /// Base64 between colons.
    mutating func byteSequence() -> [UInt8]? {
        guard take(":") else { return nil }
        let text = run { $0 != UInt8(ascii: ":") }
        return take(":") ? Base64.standard.decode(text) : nil
    }

    private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func run(_ isPart: (UInt8) -> Bool) -> String {
        let start = position
        while let byte = next, isPart(byte) { position += 1 }
        return text(from: start)
    }

    private static func isLower(_ byte: UInt8) -> Bool { UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte }
    private static func isDigit(_ byte: UInt8) -> Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte }
}
