extension JSON {
    /// How long a line may be before its container is broken up.
    private static let longestLine = 76

    /// The value as text for people: what fits on a line stays on it.
    package func pretty(indent: String = "") -> String {
        let line = String(decoding: encoded, as: UTF8.self)
        guard line.unicodeScalars.count + indent.count > JSON.longestLine else { return spaced }
        let inner = indent + "  "
        switch self {
        case .array(let items) where !items.isEmpty:
            let lines = items.map { inner + $0.pretty(indent: inner) }
            return "[\n\(lines.joined(separator: ",\n"))\n\(indent)]"
        case .object(let members) where !members.isEmpty:
            let lines = members.map { "\(inner)\"\($0.name)\": \($0.value.pretty(indent: inner))" }
            return "{\n\(lines.joined(separator: ",\n"))\n\(indent)}"
        default: return line
        }
    }

    /// The value on one line, with blanks behind marks.
    private var spaced: String {
        switch self {
        case .array(let items): "[\(items.map(\.spaced).joined(separator: ", "))]"
        case .object(let members):
            "{\(members.map { "\"\($0.name)\": \($0.value.spaced)" }.joined(separator: ", "))}"
        case .null, .bool, .number, .string: String(decoding: encoded, as: UTF8.self)
        }
    }
}
