import KizunaPayments

/// Reads a request's object member by member, and refuses what nobody asked for.
///
/// Each accessor takes one member and throws the first fault with its place. ``finish()`` comes last: it refuses
/// members that were not taken, by name, with the one that may have been meant.
package struct JSONFields {
    private let members: [JSON.Member]
    /// Where the object itself is: a JSON pointer (RFC 6901), empty for the body.
    private let pointer: String
    private var taken: [String] = []

    /// - Throws: ``RequestFault/fieldInvalid`` for anything but an object.
    package init(_ json: JSON, at pointer: String = "") throws(Problem) {
        guard case .object(let members) = json else {
            throw Problem(.fieldInvalid, "A JSON object belongs here.", at: .pointer(pointer))
        }
        self.members = members
        self.pointer = pointer
    }

    // MARK: Plain values

    /// Text of at least one and at most so many characters, without control characters.
    package mutating func string(_ name: String, maximum: Int) throws(Problem) -> String {
        guard let text = try optionalString(name, maximum: maximum) else { throw missing(name) }
        return text
    }

    package mutating func optionalString(_ name: String, maximum: Int) throws(Problem) -> String? {
        guard let value = take(name) else { return nil }
        guard case .string(let text) = value else { throw invalid(name, "must be text") }
        guard !text.isEmpty else { throw invalid(name, "must not be empty") }
        guard text.unicodeScalars.count <= maximum else {
            throw invalid(name, "has at most \(maximum) characters")
        }
        guard text.unicodeScalars.allSatisfy({ !$0.isControl }) else {
            throw invalid(name, "must not hold control characters")
        }
        return text
    }

    package mutating func integer(_ name: String, in range: ClosedRange<Int64>) throws(Problem) -> Int64 {
        guard let value = take(name) else { throw missing(name) }
        guard case .number(let text) = value, let number = Int64(text), range.contains(number) else {
            throw invalid(name, "must be a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    package mutating func boolean(_ name: String) throws(Problem) -> Bool {
        guard let truth = try optionalBoolean(name) else { throw missing(name) }
        return truth
    }

    package mutating func optionalBoolean(_ name: String) throws(Problem) -> Bool? {
        guard let value = take(name) else { return nil }
        guard case .bool(let truth) = value else { throw invalid(name, "must be true or false") }
        return truth
    }

    // MARK: Containers

    package mutating func object(_ name: String) throws(Problem) -> JSONFields {
        guard let object = try optionalObject(name) else { throw missing(name) }
        return object
    }

    package mutating func optionalObject(_ name: String) throws(Problem) -> JSONFields? {
        guard let value = take(name) else { return nil }
        return try JSONFields(value, at: place(name))
    }

    /// A list of objects.
    package mutating func objects(_ name: String, count: ClosedRange<Int>) throws(Problem) -> [JSONFields] {
        guard let value = take(name) else { throw missing(name) }
        return try objects(value, of: name, count: count)
    }

    /// A list of objects that may be left out.
    package mutating func optionalObjects(_ name: String, count: ClosedRange<Int>) throws(Problem) -> [JSONFields] {
        guard let value = take(name) else { return [] }
        return try objects(value, of: name, count: count)
    }

    private func objects(_ value: JSON, of name: String, count: ClosedRange<Int>) throws(Problem) -> [JSONFields] {
        guard case .array(let items) = value, count.contains(items.count) else {
            throw invalid(name, "must be a list of \(count.lowerBound) to \(count.upperBound) objects")
        }
        var objects: [JSONFields] = []
        for (index, item) in items.enumerated() {
            objects.append(try JSONFields(item, at: "\(place(name))/\(index)"))
        }
        return objects
    }

    /// A list of texts; none when it is absent.
    package mutating func optionalStrings(_ name: String, most: Int) throws(Problem) -> [String] {
        guard let value = take(name) else { return [] }
        guard case .array(let items) = value, items.count <= most, items.allSatisfy({ $0.text != nil }) else {
            throw invalid(name, "must be a list of at most \(most) texts")
        }
        return items.compactMap(\.text)
    }

    // MARK: Faults

    /// Refuses every member that has not been taken.
    package func finish() throws(Problem) {
        guard let unknown = members.first(where: { !taken.contains($0.name) })?.name else { return }
        guard unknown.isPlainName else {
            throw Problem(.unknownField, "One field here is not known; \(fieldList).", at: .pointer(pointer))
        }
        let hint = NearestName.of(unknown, among: taken).map { "did you mean \"\($0)\"?" } ?? "\(fieldList)."
        throw Problem(.unknownField, "\"\(unknown)\" is not a field here; \(hint)", at: .pointer(place(unknown)))
    }

    private var fieldList: String { "there are \(taken.map { "\"\($0)\"" }.joined(separator: ", "))" }

    /// What to throw when a member's value is not as it must be.
    package func invalid(_ name: String, _ sentence: String) -> Problem {
        Problem(.fieldInvalid, "\"\(name)\" \(sentence).", at: .pointer(place(name)))
    }

    /// What to throw when a member that must be there is not.
    package func missing(_ name: String) -> Problem {
        let untaken = members.map(\.name).filter { !taken.contains($0) && $0.isPlainName }
        let hint = NearestName.of(name, among: untaken).map { "; did you mean it by \"\($0)\"?" } ?? "."
        return Problem(.refusal(.missingData), "\"\(name)\" is missing\(hint)", at: .pointer(place(name)))
    }

    /// Where a member is, or would be. Its name needs no escaping: ours and plain ones have no `~` and no `/`.
    package func place(_ name: String) -> String { "\(pointer)/\(name)" }

    /// The value of a member; `nil` for none, and for null.
    package mutating func take(_ name: String) -> JSON? {
        taken.append(name)
        let value = members.first { $0.name == name }?.value
        return value == .null ? nil : value
    }
}

extension Unicode.Scalar {
    /// Whether it is one of the general category Cc, which is fixed for ever: C0, DEL and C1.
    fileprivate var isControl: Bool { value < 0x20 || 0x7F...0x9F ~= value }
}
